"""Anybody gives notice of illegal content, with or without an account (Art. 16 DSA)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from flask import current_app

from app.accounts.actor import Actor
from app.core import clock
from app.core.db import db
from app.core.errors import N_, Refused
from app.core.events import record
from app.core.tokens import hash_of
from app.moderation import queries
from app.moderation.actions.opening import case_about
from app.moderation.events import NoticeReceived
from app.moderation.models import Notice

TOKEN_BYTES = 16
NONCE_BYTES = 16


def give_notice(
    actor: Actor,
    *,
    post_id: int,
    url: str,
    category: str,
    reasons: str,
    name: str | None,
    email: str | None,
    anonymous_ground: bool,
    language: str,
) -> Notice:
    """Record the notice and open the item's case. Who could not read the post cannot name it.

    The form has checked that the sender acts in good faith and named themselves where the law asks
    for it. Raises NotFound for a post that the actor may not see, Refused for one that is hidden.
    """
    item = queries.item_to_change(post_id, actor)
    if item.state != "visible":
        raise Refused(N_("This post is already hidden, so others cannot see it."), field="url")
    case = case_about(item, origin="notice")
    nonce = secrets.token_hex(NONCE_BYTES)
    notice = Notice(
        case_id=case.id,
        url=url,
        category=category,
        reasons=reasons,
        name=name,
        email=email,
        bona_fide=True,
        anonymous_ground=anonymous_ground,
        language=language,
        nonce=nonce,
        token_hash=hash_of(_secret(nonce)),
        received_at=clock.now(),
    )
    db.session.add(notice)
    case.notices_count += 1
    db.session.flush()
    record(NoticeReceived(notice_id=notice.id, case_id=case.id, post_id=post_id))
    return notice


def notice_token(notice: Notice) -> str:
    """The secret of the status link: 128 bits that the database alone does not hold."""
    return _secret(notice.nonce)


def _secret(nonce: str) -> str:
    """Derived, so that receipt, outcome and page can name the same link though none is stored."""
    key = f"notice:{current_app.secret_key!s}".encode()
    digest = hmac.new(key, nonce.encode(), hashlib.sha256).digest()[:TOKEN_BYTES]
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
