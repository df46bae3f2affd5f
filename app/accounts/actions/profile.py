"""What people say about themselves and how they want to be told."""

from __future__ import annotations

from app.accounts import queries
from app.accounts.actor import Actor
from app.accounts.rules import can_change_profile
from app.core.rules import require


def save_settings(
    actor: Actor,
    *,
    about: str,
    locale: str,
    mail_answer: bool,
    mail_mention: bool,
    mail_acceptance: bool,
    mail_standing: bool,
) -> None:
    account = queries.own_account(actor)
    require(can_change_profile(actor, account_id=account.id))
    account.about, account.locale = about, locale
    account.mail_answer = mail_answer
    account.mail_mention = mail_mention
    account.mail_acceptance = mail_acceptance
    account.mail_standing = mail_standing


def choose_language(actor: Actor, language: str) -> None:
    account = queries.own_account(actor)
    require(can_change_profile(actor, account_id=account.id))
    account.locale = language
