"""Programs sign in with `Authorization: Bearer TOKEN`, and with nothing else."""

from __future__ import annotations

from flask import Request, g, request
from flask_login import current_user
from sqlalchemy import update
from werkzeug.wrappers import Response

from app.accounts import queries
from app.accounts.actor import Actor
from app.accounts.models import ApiToken
from app.core import clock
from app.core.db import db, transaction
from app.core.errors import N_, AppError
from app.core.tokens import hash_of
from app.core.web.limits import Budget, client_network, spend
from app.core.web.programs import is_for_programs

HEADER = "Authorization"
WRONG_TOKENS = Budget("wrong_tokens", 60, 60)  # per network


class NoValidToken(AppError):
    status = 401
    title = N_("Please sign in")

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This access token is unknown, revoked or expired, or its account is not active. "
                "Please send a valid one as “Authorization: Bearer TOKEN”, or none for what guests "
                "may read."
            )
        )


def actor_of(request: Request) -> Actor | None:
    scheme, _, secret = request.headers.get(HEADER, "").partition(" ")
    if scheme.lower() != "bearer" or not secret:
        return None
    found = queries.actor_by_token(hash_of(secret.strip()))
    if found is None:
        return None
    actor, token = found
    g.token_use = (token.token_id, token.used_at)
    return actor


def refuse_bad_token() -> None:
    """Whoever shows a token means to be somebody: a bad one is never treated as a guest."""
    if is_for_programs() and HEADER in request.headers and not current_user.is_authenticated:
        spend(WRONG_TOKENS, client_network())
        raise NoValidToken()


def note_use(actor: Actor) -> None:
    """Once a day, and only for requests that mean to write and may."""
    token_id, used_at = g.token_use
    is_new = used_at is None or used_at.date() < clock.now().date()
    if is_new and actor.has_scope("write"):
        with transaction():
            db.session.execute(
                update(ApiToken).where(ApiToken.id == token_id).values(used_at=clock.now())
            )


def keep_from_caches(response: Response) -> Response:
    if is_for_programs():
        response.vary.add(HEADER)
        if HEADER in request.headers or request.cookies:
            response.headers["Cache-Control"] = "no-store"
    return response
