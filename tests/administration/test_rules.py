"""Who sets up the forum."""

from __future__ import annotations

import pytest

from app.accounts.actor import GUEST, Actor
from app.administration import rules

PEOPLE = {
    "guest": GUEST,
    "customer": Actor(id=1, role="customer"),
    "superuser": Actor(id=2, role="superuser", grants=frozenset({("moderate", "*")})),
    "agent": Actor(id=3, role="agent"),
    "moderator": Actor(id=4, role="moderator"),
    "admin": Actor(id=5, role="admin"),
    "suspended admin": Actor(id=6, role="admin", state="suspended"),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_only_administrators_set_up_the_forum(who: str) -> None:
    assert bool(rules.can_administer(PEOPLE[who])) == (who == "admin")
