"""Who may be tried, and a tour of two minutes: for the terminal and for the sign-in page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app

from app.accounts.actor import Actor
from app.core.errors import N_
from app.core.mail import link
from app.core.settings import load_settings
from app.core.web.converters import slugged
from app.demo.material import read
from app.demo.moving_in import FILLING, READY, timeline_of_newest
from app.demo.people import PASSWORD, email_of, people


@dataclass(frozen=True)
class Guide:
    """Somebody whose eyes are worth borrowing."""

    name: str
    role: str


GUIDES = (
    Guide("KatjaK", N_("Customer, with a question that was answered")),
    Guide("Tux_im_Turm", N_("Customer, invited to become a super user")),
    Guide("Gretel_58", N_("Super user")),
    Guide("Mira", N_("Service team")),
    Guide("Kerstin", N_("Moderation")),
    Guide("Ole", N_("Administration")),
)
_WIDTH = 16


def accounts() -> list[tuple[Guide, str]]:
    """Each with the address to sign in with; PASSWORD fits all."""
    emails = {person["name"]: email_of(person) for person in people()}
    return [(guide, emails[guide.name]) for guide in GUIDES]


def sign_in_accounts(_viewer: Actor, things: Sequence[Any]) -> Mapping[int, Any]:
    """For the slot of the sign-in page; nothing but in a demo forum in local mode."""
    config = current_app.extensions["helferkreis.config"]
    if config.is_production or load_settings().demo != READY:
        return {}
    lines = [
        {"name": guide.name, "role": guide.role, "email": email} for guide, email in accounts()
    ]
    return {0: {"accounts": lines, "password": PASSWORD}}


class Greeter:
    """What the supervisor says in the terminal, each thing once."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._said: str | None = None

    def news(self) -> str | None:
        """Something new to say about the demo; asked four times a second."""
        with self._app.app_context():
            state = load_settings().demo
            if state == self._said or not state:
                return None
            self._said = state
            return _moving_in() if state == FILLING else greeting()


def _moving_in() -> str:
    return "The demo community is moving in beside; that takes about a minute."


def greeting() -> str:
    lines = ["", "Accounts to try, besides looking around as a guest:"]
    for guide, email in accounts():
        lines.append(f"  {guide.name:{_WIDTH}}{email:26}{guide.role}")
    lines += [f"  Everybody's password: {PASSWORD}", "", "A tour of two minutes:"]
    lines += [f"  {number}. {step}" for number, step in enumerate(_tour(), 1)]
    return "\n".join(lines)


def _tour() -> list[str]:
    """Eight steps, each with the whole address."""
    addresses = {"sign_in": link("accounts.login"), **_topics()}
    pages = {
        "ask": link("forum.ask"),
        "desk": link("desk.inbox"),
        "programme": link("superusers.programme"),
        "suggestions": link("knowledge_staff.suggestions"),
        "queue": link("casework.appeals"),
        "admin": link("administration.overview"),
    }
    return [str(step).format(**addresses, **pages) for step in read("tour.json")]


def _topics() -> dict[str, str]:
    """Addresses of the topics that the tour visits, by their key in data/."""
    world = timeline_of_newest().world()
    keys = ("t076", "s063", "t025")
    return {
        key: link("forum.topic", id=slugged(world.topic(key), world.title(key))) for key in keys
    }
