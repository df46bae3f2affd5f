"""The first page of administration: the guide until everything is set up, then what there is."""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.actor import Actor
from app.accounts.policies import staff
from app.administration import actions
from app.administration.guide import Step, step_by_key
from app.administration.limits import SETTING_UP
from app.administration.views.blueprint import bp
from app.core.db import transaction
from app.core.errors import NotFound
from app.core.web.limits import limited
from app.core.web.policy import policy


@bp.get("")
@policy(staff)
def overview() -> str:
    return render_template("administration/overview.html")


@bp.post("/steps/<step>/settle")
@policy(staff)
@limited(SETTING_UP)
def settle_step(step: str) -> Response:
    return _change(step, actions.settle_step, "step_settled")


@bp.post("/steps/<step>/reopen")
@policy(staff)
@limited(SETTING_UP)
def reopen_step(step: str) -> Response:
    return _change(step, actions.reopen_step, "step_reopened")


def _change(key: str, change: Callable[[Actor, str], None], done: str) -> Response:
    found = _step_or_404(key)
    with transaction():
        change(current_user, found.key)
    return redirect(url_for("administration.overview", done=done), 303)


def _step_or_404(key: str) -> Step:
    """Only steps that may be right as they are."""
    found = step_by_key(key)
    if found is None or not found.settling:
        raise NotFound
    return found
