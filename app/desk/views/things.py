"""One thing that waits: who is in charge and was before; the team's notes about a topic."""

from __future__ import annotations

from collections.abc import Callable

from flask import make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import staff
from app.core.db import transaction
from app.core.errors import NotFound
from app.core.text import render
from app.core.web.idempotency import once
from app.core.web.limits import limited
from app.core.web.policy import policy
from app.desk import actions, queries
from app.desk.forms import NoteForm
from app.desk.limits import DESK_WORK
from app.desk.models import THINGS
from app.desk.views.blueprint import bp
from app.forum import queries as forum
from app.forum.display import topic_url

ID_DIGITS = 18


@bp.get("/<kind>/<id:id>")
@policy(staff)
def thing(kind: str, id: int) -> str:
    found = queries.waiting_or_404(_known(kind), id, current_user)
    return render_template(
        "desk/thing.html",
        thing=found,
        url=_url_of(found),
        in_charge=queries.assignments_of([(kind, id)]).get((kind, id)),
        history=queries.history_of(kind, id),
        colleagues=queries.colleagues(),
    )


@bp.post("/<kind>/<id:id>/take")
@policy(staff)
@limited(DESK_WORK)
def take(kind: str, id: int) -> Response:
    return _act(kind, id, lambda: actions.take(current_user, kind=kind, thing_id=id), "taken")


@bp.post("/<kind>/<id:id>/release")
@policy(staff)
@limited(DESK_WORK)
def release(kind: str, id: int) -> Response:
    return _act(kind, id, lambda: actions.release(current_user, kind=kind, thing_id=id), "released")


@bp.post("/<kind>/<id:id>/assign")
@policy(staff)
@limited(DESK_WORK)
def assign(kind: str, id: int) -> Response:
    account_id = _number(request.form.get("account", ""))
    return _act(
        kind,
        id,
        lambda: actions.assign(current_user, kind=kind, thing_id=id, account_id=account_id),
        "assigned",
    )


@bp.get("/topics/<id:id>/notes")
@policy(staff)
def notes(id: int) -> str:
    return _notes_page(id, NoteForm())


@bp.post("/topics/<id:id>/notes")
@policy(staff)
@limited(DESK_WORK)
def write_note(id: int) -> Response:
    topic = forum.topic_or_404(id, current_user)
    form = NoteForm()
    if not form.validate():
        return make_response(_notes_page(id, form), 422)
    text = (form.text.data or "").strip()
    html = render(text)

    def write() -> str:
        actions.write_note(current_user, topic_id=id, text=text, html=html)
        return f"{topic_url(topic.id, topic.title)}?done=noted"

    return redirect(once(write), 303)


def _notes_page(topic_id: int, form: NoteForm) -> str:
    topic = forum.topic_or_404(topic_id, current_user)
    return render_template(
        "desk/notes.html",
        topic=topic,
        url=topic_url(topic.id, topic.title),
        notes=queries.notes_of(topic_id, queries.NOTES_SHOWN),
        form=form,
    )


def _act(kind: str, thing_id: int, act: Callable[[], None], done: str) -> Response:
    """Carry it out and go back: to the topic if its strip was used, else to the inbox."""
    _known(kind)
    with transaction():
        act()
    if kind == "topic" and request.form.get("back") == "topic":
        topic = forum.topic_or_404(thing_id, current_user)
        return redirect(f"{topic_url(topic.id, topic.title)}?done={done}", 303)
    return redirect(url_for("desk.inbox", kind=request.form.get("filter") or None, done=done), 303)


def _url_of(found: queries.Waiting) -> str:
    return found.item.url if found.item is not None else topic_url(found.id, found.title)


def _known(kind: str) -> str:
    if kind not in THINGS.values():
        raise NotFound()
    return kind


def _number(typed: str) -> int:
    """0, which is nobody, for nonsense."""
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= ID_DIGITS
    return int(typed) if is_number else 0
