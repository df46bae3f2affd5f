"""What accounts throw away when its time has come, and public texts rendered anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import and_, delete, exists, or_

from app.accounts.models import Account, ApiToken, Document, Invitation, MailToken, SignedInSession
from app.core import clock
from app.core.db import db
from app.core.renewal import renew
from app.core.text import render

INVITATION_DAYS = (
    30  # until an address that nobody answered for, or that was answered, is forgotten
)
TOKEN_DAYS = 1  # a used or expired link says for so long what is wrong with it
UNCONFIRMED_DAYS = 7


def forget_expired() -> None:
    """Sessions and links whose time is over, and accounts that nobody ever confirmed.

    Nothing hangs on such an account but its consent and links, which go with it; name and address
    are free again. While a link to confirm it is still good, it stays.
    """
    moment = clock.now()
    old = moment - timedelta(days=TOKEN_DAYS)
    _forget(SignedInSession, SignedInSession.expires_at < moment)
    _forget(ApiToken, or_(ApiToken.expires_at < old, ApiToken.revoked_at < old))
    _forget(MailToken, or_(MailToken.expires_at < old, MailToken.used_at < old))
    _forget(Invitation, Invitation.expires_at < moment - timedelta(days=INVITATION_DAYS))
    link = exists().where(MailToken.account_id == Account.id, MailToken.expires_at >= moment)
    _forget(
        Account,
        and_(
            Account.state == "pending",
            Account.confirmed_at.is_(None),
            Account.source.is_(None),
            Account.created_at < moment - timedelta(days=UNCONFIRMED_DAYS),
            ~link,
        ),
    )


def _forget(model: Any, which: Any) -> None:
    db.session.execute(delete(model).where(which).execution_options(synchronize_session=False))


def render_documents() -> int:
    """Public texts stand under their own heading; returns how many changed."""
    return renew(Document, lambda row: {"html": render(row.text, headings_lower_by=0)})
