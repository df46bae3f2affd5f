"""A form sent twice does its work once: the key and the answer are kept with the change itself."""

from __future__ import annotations

import hmac
import json
import re
import secrets
from collections.abc import Callable
from datetime import datetime

from flask import Flask, current_app, request
from flask_login import current_user
from sqlalchemy import UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.cache import personal
from app.core.db import Base, Bounded, UtcDateTime, db, id_column, insert_once, transaction
from app.core.errors import N_, Refused
from app.core.web.programs import is_for_programs
from app.core.web.protection import FIELD as TOKEN_FIELD

FIELD = "idempotency_key"
HEADER = "Idempotency-Key"  # for programs
KEEP_HOURS = 24
KEY_PATTERN = re.compile(r"[A-Za-z0-9_.:-]{8,64}")
LOCATION_LENGTH = 1_000
DAMAGED_KEY = N_(
    "The hidden key of this form is damaged. Please reload the page and send it again."
)
OTHER_TEXT = N_(
    "This form was already sent with another text. Please reload the page and send it again."
)
DAMAGED_HEADER = N_("An Idempotency-Key has 8 to 64 letters, digits, dots, colons or hyphens.")
OTHER_REQUEST = N_("This Idempotency-Key was used for another request. Please take a new one.")


class SentForm(Base):
    """One submitted form: who, which key, which body, and where the answer led."""

    __tablename__ = "sent_form"
    __table_args__ = (UniqueConstraint("owner", "key"), {"sqlite_autoincrement": True})

    id: Mapped[int] = id_column()
    owner: Mapped[str] = mapped_column(Bounded(40))
    key: Mapped[str] = mapped_column(Bounded(64))
    fingerprint: Mapped[str] = mapped_column(Bounded(64))
    location: Mapped[str] = mapped_column(Bounded(LOCATION_LENGTH), default="")
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def init_idempotency(app: Flask) -> None:
    app.jinja_env.globals["new_key"] = new_key


def new_key() -> str:
    personal()
    return secrets.token_urlsafe(16)


def once(act: Callable[[], str]) -> str:
    """Run `act` in a transaction and return the location it gives.

    The same key with the same body gives the first location again and changes nothing; the same
    key with another body raises Refused. A request without a key is simply carried out.
    """
    key = _key()
    if not key:
        with transaction():
            return act()
    if not KEY_PATTERN.fullmatch(key):
        raise Refused(DAMAGED_HEADER if is_for_programs() else DAMAGED_KEY)
    with transaction():
        return _first_answer(key, act)


def _first_answer(key: str, act: Callable[[], str]) -> str:
    owner, print_ = _owner(), _fingerprint()
    mine = {"owner": owner, "key": key}
    # The row goes in first: on PostgreSQL the second of two equal requests waits here.
    if insert_once(SentForm, **mine, fingerprint=print_, location="", sent_at=clock.now()):
        location = act()
        db.session.execute(update(SentForm).filter_by(**mine).values(location=location))
        return location
    sent = db.session.execute(
        select(SentForm.fingerprint, SentForm.location).filter_by(**mine)
    ).one()
    if sent.fingerprint != print_:
        raise Refused(OTHER_REQUEST if is_for_programs() else OTHER_TEXT)
    return str(sent.location)


def _key() -> str:
    """The header may come in quotes, as the standard has it."""
    if is_for_programs():
        return request.headers.get(HEADER, "").strip('"')
    return request.form.get(FIELD, "")


def _owner() -> str:
    return f"account:{current_user.id}" if current_user.is_authenticated else "guest"


def _fingerprint() -> str:
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in (FIELD, TOKEN_FIELD)
    ]
    body = json.dumps([request.path, sorted(fields)]).encode("utf-8", "surrogatepass")
    if is_for_programs():
        body += request.get_data()
    # Keyed: the body may hold a password, and a plain hash of it could be guessed at leisure.
    return hmac.new((current_app.secret_key or "").encode(), body, "sha256").hexdigest()  # type: ignore[union-attr]
