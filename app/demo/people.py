"""How the people of data/people.json came here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from typing import Any

from app.accounts import actions, queries
from app.accounts.actor import GUEST
from app.accounts.addresses import address_key
from app.accounts.models import TEAM
from app.core.db import db
from app.core.hashing import hash_password
from app.core.web.converters import slugify
from app.demo.material import Calendar, chance, read
from app.demo.steps import Step
from app.demo.world import World

#: Everybody's; it stands on the sign-in page and in the terminal.
PASSWORD = "Kabel-Kaffee-Kiosk-Katze"  # noqa: S105 — a secret of nobody


def people() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read("people.json")
    return found


def email_of(person: dict[str, Any]) -> str:
    """Addresses to which nothing can be delivered (RFC 2606)."""
    house = "talfunk.example" if person["role"] in TEAM else "demo.example"
    return str(person.get("email") or f"{slugify(person['name'])}@{house}")


@cache
def password_hash() -> str:
    """One for all: hashing is made to be slow. Call it before the transaction."""
    return hash_password(PASSWORD)


def joined_at(person: dict[str, Any], calendar: Calendar) -> datetime:
    if "days_ago" in person:
        return calendar.past(person)
    minutes = 8 * 60 + chance("joined", person["name"]) % (12 * 60)
    day = datetime.combine(date.fromisoformat(person["since"]), time(), calendar.zone)
    return day + timedelta(minutes=minutes)


def steps(calendar: Calendar) -> Iterator[Step]:
    for person in people():
        arrive = _hire if person["role"] in TEAM else _register
        yield Step(joined_at(person, calendar), partial(arrive, person))


def _hire(person: dict[str, Any], world: World) -> None:
    actions.create_account(
        name=person["name"],
        email=email_of(person),
        password_hash=password_hash(),
        role=person["role"],
        locale="de",
    )
    _introduce(person, world)


def _register(person: dict[str, Any], world: World) -> None:
    """Register, and follow the link of the mail that nobody reads."""
    email = email_of(person)
    locale = person.get("locale", "de")
    actions.register(
        GUEST, name=person["name"], email=email, password_hash=password_hash(), locale=locale
    )
    account = queries.account_by_address(address_key(email))
    assert account is not None
    secret = actions.make_token(account, "confirm")
    db.session.flush()
    actions.confirm_address(secret)
    _introduce(person, world)


def _introduce(person: dict[str, Any], world: World) -> None:
    db.session.flush()
    if person["about"]:
        actions.save_settings(
            world.actor(person["name"]),
            about=person["about"],
            locale=person.get("locale", "de"),
            mail_answer=True,
            mail_mention=True,
            mail_acceptance=True,
            mail_standing=True,
        )
