"""One thing that waits: what it is, who is in charge and was before; taking and handing over."""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import staff
from app.core.db import transaction
from app.core.errors import NotFound
from app.core.numbers import ID_DIGITS, whole
from app.core.web.limits import limited
from app.core.web.policy import policy
from app.desk import actions, display
from app.desk.forms import TeamAnswerForm
from app.desk.limits import DESK_WORK
from app.desk.models import THINGS
from app.desk.views.blueprint import bp
from app.desk.views.inbox import chosen_kind, desk_page
from app.forum import queries as forum
from app.forum.display import topic_url


@bp.get("/<kind>/<id:id>")
@policy(staff)
def thing(kind: str, id: int) -> str:
    return thing_page(kind, id, TeamAnswerForm())


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
    account_id = whole(request.form.get("account"), ID_DIGITS) or 0  # which is nobody
    return _act(
        kind,
        id,
        lambda: actions.assign(current_user, kind=kind, thing_id=id, account_id=account_id),
        "assigned",
    )


def thing_page(kind: str, thing_id: int, form: TeamAnswerForm, preview: str | None = None) -> str:
    """The thing beside the list; `form` is the answer, where the thing is a topic."""
    found = display.inbox(current_user, also=(_known(kind), thing_id))
    opened = display.open_thing(current_user, found, kind, thing_id)
    return desk_page("desk/thing.html", found, opened=opened, form=form, preview=preview)


def _act(kind: str, thing_id: int, act: Callable[[], None], done: str) -> Response:
    _known(kind)
    with transaction():
        act()
    return redirect(back_to(kind, thing_id, done), 303)


def back_to(kind: str, thing_id: int, done: str) -> str:
    """The topic in the forum if its strip was used, else the thing at the desk."""
    if kind == "topic" and request.form.get("back") == "topic":
        topic = forum.topic_or_404(thing_id, current_user)
        return f"{topic_url(topic.id, topic.title)}?done={done}"
    return thing_url(kind, thing_id, done)


def thing_url(kind: str, thing_id: int, done: str) -> str:
    """Its page, with the filter from which it was opened."""
    filter_ = chosen_kind() or None
    return url_for("desk.thing", kind=kind, id=thing_id, filter=filter_, done=done)


def _known(kind: str) -> str:
    if kind not in THINGS.values():
        raise NotFound()
    return kind
