"""Members, and the public documents that hold for all of them."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask_login import current_user

from app.accounts import queries
from app.accounts.display import Activity, Person, person
from app.accounts.models import NAME_LENGTH, Document
from app.accounts.names import name_key
from app.accounts.policies import everyone
from app.accounts.views.blueprint import bp
from app.core import slots
from app.core.cache import cached
from app.core.errors import NotFound
from app.core.locale import current_language
from app.core.numbers import whole
from app.core.web.paging import Page, cursor_from_request, cursor_text
from app.core.web.policy import policy

FILTERS = ("topics", "answers")
MEMBERS_A_PAGE = 30


@bp.get("/members")
@policy(everyone)
@cached("people", query=("after",))
def members() -> str:
    rows = queries.members_page(current_user, after=cursor_from_request(), size=MEMBERS_A_PAGE)
    shown = rows[:MEMBERS_A_PAGE]
    following = None
    if len(rows) > len(shown):
        last = shown[-1]
        after = cursor_text((last.solutions_count, last.id))
        following = url_for("accounts.members", after=after)
    first = url_for("accounts.members") if "after" in request.args else None
    page = Page([shown_member(row) for row in shown], next=following, previous=first)
    return render_template("accounts/members.html", page=page)


@bp.get("/members/<path:name>")
@policy(everyone)
@cached("lists", "people", query=("filter", "after"))
def member(name: str) -> str:
    """Imported names may hold a slash, hence the path."""
    if len(name) > NAME_LENGTH or "\0" in name:
        raise NotFound
    found = queries.member_or_404(name_key(name), current_user)
    wanted = request.args.get("filter", "")
    chosen = wanted if wanted in FILTERS else FILTERS[0]
    activity = Activity(found.id, found.name, chosen, cursor_from_request())
    pages = slots.fill("member.activity", current_user, [activity]).get(found.id)
    return render_template(
        "accounts/member.html",
        member=shown_member(found),
        filter=chosen,
        page=pages[0] if pages else Page(()),
        aside=slots.fill("member.aside", current_user, [activity]).get(found.id, []),
    )


@bp.get("/netiquette")
@policy(everyone)
@cached(query=("version",))
def document() -> str:
    """The version in force, or with `?version=` an older one."""
    found = _wanted_version(queries.NETIQUETTE, request.args.get("version", ""))
    if found is None:
        raise NotFound
    parts = slots.fill("document.body", current_user, [found]).get(found.id, [])
    return render_template("accounts/document.html", document=found, slots=parts)


def _wanted_version(kind: str, wanted: str) -> Document | None:
    if not wanted:
        return queries.document(kind, current_language())
    version = whole(wanted)
    return queries.document_version(kind, version, current_language()) if version else None


def shown_member(row: queries.AnyRow) -> dict[str, Any]:
    """A member as the page about them shows it."""
    shown: Person = person(
        row.name,
        role=row.role,
        state=row.state,
        name_de=row.rank_de,
        name_en=row.rank_en,
        solutions=row.solutions_count,
    )
    return shown.with_more(
        about=row.about,
        created_at=row.created_at,
        posts_count=row.posts_count,
        solutions_count=row.solutions_count,
    )
