"""What waits for the team, by kind; and the counts alone, which pages ask for again and again."""

from __future__ import annotations

from typing import Any

from flask import make_response, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import staff
from app.core.web.policy import policy
from app.desk import display
from app.desk.queries import LIMIT
from app.desk.views.blueprint import bp

SHOWN = 50  # rows at first; the others by one press


@bp.get("")
@policy(staff)
def inbox() -> str:
    """Where nothing is open yet, the answer times stand beside the list."""
    times = display.recent_answer_times(current_user)
    return desk_page("desk/inbox.html", display.inbox(current_user), opened=None, times=times)


@bp.get("/counts")
@policy(staff)
def counts() -> Response:
    """A fragment: the header's number, or with `?for=tabs` the filter of the inbox."""
    found, kind = display.inbox(current_user), chosen_kind()
    is_tabs = request.args.get("for") == "tabs"
    template = "desk/_tabs.html" if is_tabs else "desk/_count.html"
    response = make_response(render_template(template, **_tabs(found, kind)))
    response.headers["Cache-Control"] = "no-store"
    return response


def desk_page(template: str, found: display.Inbox, **values: Any) -> str:
    """The list, and beside it what `values` say about the thing that is opened."""
    kind = chosen_kind()
    lines = found.of(kind)
    shown = lines if "all" in request.args else lines[:SHOWN]
    return render_template(
        template,
        lines=shown,
        more=len(lines) - len(shown),
        limit=LIMIT,
        **_tabs(found, kind),
        **values,
    )


def chosen_kind() -> str:
    """The filter: `kind` of the inbox, `filter` beside a thing. An unknown one is all of them."""
    wanted = request.args.get("kind") or request.values.get("filter") or ""
    return wanted if wanted in (*display.KINDS, display.MINE) else ""


def _tabs(found: display.Inbox, kind: str) -> dict[str, object]:
    """The kinds of which there are some, and the one that is chosen."""
    number = found.counts()
    return {
        "kind": kind,
        "total": found.total,
        "mine": found.mine,
        "complete": found.complete,
        "tabs": [
            (name, url_for("desk.inbox", kind=name), number[name])
            for name in display.KINDS
            if number[name] or name == kind
        ],
    }
