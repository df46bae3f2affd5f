"""Every route says who may use it; one that does not keeps the app from starting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from flask import Flask, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.core.errors import N_, AppError
from app.core.rules import Verdict, require
from app.core.web.programs import is_for_programs

View = TypeVar("View", bound=Callable[..., Any])


class Policy(Protocol):
    """May this actor use the route at all? What they may do there is decided by the rules."""

    def __call__(self, actor: Any) -> Verdict: ...


class SignInNeeded(AppError):
    """A guest sent something that only members may send; the page keeps what was typed."""

    status = 401
    title = N_("Please sign in")


def policy(check: Policy) -> Callable[[View], View]:
    """Declare who may use a view. Stands below the route decorator."""

    def mark(view: View) -> View:
        view.policy = check  # type: ignore[attr-defined]
        return view

    return mark


def policy_of(app: Flask, endpoint: str) -> Policy | None:
    return getattr(app.view_functions[endpoint], "policy", None)


def init_policies(app: Flask) -> None:
    app.before_request(_enforce)


def check_policies(app: Flask) -> None:
    """Raise RuntimeError naming the routes that declare no policy; create_app calls it last."""
    bare = sorted({r.endpoint for r in app.url_map.iter_rules() if not policy_of(app, r.endpoint)})
    if bare:
        raise RuntimeError(f"These routes declare no policy: {', '.join(bare)}")


def _enforce() -> Response | None:
    if request.endpoint is None:
        return None
    check = policy_of(current_app, request.endpoint)
    if check is None:
        raise RuntimeError(f"{request.endpoint} declares no policy")
    verdict = check(current_user)
    if verdict or current_user.is_authenticated:
        require(verdict)
        return None
    return _ask_to_sign_in(verdict)


def _ask_to_sign_in(verdict: Verdict) -> Response:
    if request.method in ("GET", "HEAD") and not is_for_programs():
        here = request.full_path.rstrip("?")
        return redirect(url_for("accounts.login", next=here), 303)
    raise SignInNeeded(verdict.message, **verdict.values)
