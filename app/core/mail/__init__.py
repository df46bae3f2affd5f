"""Mail: one letter at a time, from a job, by SMTP or as an .eml file."""

from __future__ import annotations

from flask import current_app

from app.core.db import db
from app.core.mail.faults import answer_of, fault_of
from app.core.mail.letter import Letter, compose, link, one_line, sender_address
from app.core.mail.outbox import keep
from app.core.mail.smtp import MailServer, Undeliverable, send

__all__ = [
    "Letter",
    "MailServer",
    "Undeliverable",
    "answer_of",
    "fault_of",
    "link",
    "one_line",
    "post",
    "sender_address",
]


def post(letter: Letter) -> None:
    """Render the letter in the recipient's language and hand it over; call it from a job marked
    @outside.

    Raises Undeliverable (a GiveUp) where the recipient's server says no for good; every other
    error means: try again. Ends the open reading transaction, because a mail server may be slow.
    """
    config = current_app.extensions["helferkreis.config"]
    message = compose(letter, encoding="quoted-printable" if config.mail_url else "8bit")
    db.session.rollback()
    if config.mail_url:
        send(message, config.mail_url)
    else:
        keep(message, config.instance / "outbox")
