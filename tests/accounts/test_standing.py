"""Roles, grants and ranks: who may change them, and that they hold from the next request on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.accounts import actions, rules
from app.accounts.actor import Actor
from app.accounts.models import ROLES, Account, Consent, Grant
from app.core.db import db, transaction
from app.core.errors import Forbidden, NotFound
from app.core.events import EventRow
from tests import cast
from tests.surfer import Surfer

pytestmark = pytest.mark.usefixtures("app")

TEAM_ONLY = "Only the service team decides what a member may do here."
OWN = "Nobody decides about their own account. Please ask a colleague."
ABOVE = (
    "This person has the same role as you or a higher one. Please ask somebody whose "
    "role is higher."
)
LOWER = "You can give only roles below your own."


def events() -> list[str]:
    return list(db.session.scalars(select(EventRow.name).order_by(EventRow.id)))


def role_of(name: str) -> str:
    db.session.rollback()
    return db.session.execute(select(Account.role).filter_by(name=name)).scalar_one()


def set_role(by: str | None, name: str, role: str) -> None:
    person, account_id = cast.actor(by) if by else None, cast.account(name).id
    with transaction():
        actions.set_role(person, account_id, role)


@pytest.mark.parametrize(
    ("by", "name", "role", "sentence"),
    [
        ("guest", "Tom", "superuser", TEAM_ONLY),
        ("Tom", "Karin", "superuser", TEAM_ONLY),
        ("Tom", "Tom", "superuser", TEAM_ONLY),
        ("Uwe", "Tom", "superuser", TEAM_ONLY),
        ("Bert", "Tom", "superuser", TEAM_ONLY),
        ("Anna", "Anna", "admin", OWN),
        ("Anna", "Anna", "customer", OWN),
        ("Ada", "Ada", "customer", OWN),
        ("Anna", "Mo", "customer", ABOVE),
        ("Anna", "Ada", "customer", ABOVE),
        ("Mo", "Ada", "customer", ABOVE),
        ("Anna", "Tom", "agent", LOWER),
        ("Anna", "Tom", "admin", LOWER),
        ("Mo", "Tom", "moderator", LOWER),
        ("Anna", "Tom", "superuser", ""),
        ("Anna", "Uwe", "customer", ""),
        ("Mo", "Anna", "customer", ""),
        ("Ada", "Mo", "agent", ""),
        ("Ada", "Mo", "admin", ""),
    ],
)
def test_who_gives_which_role(by: str, name: str, role: str, sentence: str) -> None:
    verdict = rules.can_set_role(cast.actor(by), cast.actor(name), role)
    assert (verdict.message, bool(verdict)) == (sentence, not sentence)


def test_equals_never_act_on_each_other() -> None:
    for role in ROLES:
        first, second = Actor(id=1, role=role), Actor(id=2, role=role)
        assert not rules.can_act_on_member(first, second), role


def test_a_suspended_agent_decides_nothing() -> None:
    anna = cast.account("Anna")
    with transaction():
        anna.state = "suspended"
    assert (
        rules.can_set_role(cast.actor("Anna"), cast.actor("Tom"), "superuser").message == TEAM_ONLY
    )


def test_a_role_is_given_once_and_recorded_once() -> None:
    set_role("Anna", "Tom", "superuser")
    set_role("Anna", "Tom", "superuser")
    assert role_of("Tom") == "superuser"
    assert events() == ["RoleChanged"]


def test_what_is_refused_leaves_no_trace() -> None:
    for by, name, role in [("Tom", "Tom", "admin"), ("Anna", "Mo", "customer")]:
        with pytest.raises(Forbidden):
            set_role(by, name, role)
    assert (role_of("Tom"), role_of("Mo"), events()) == ("customer", "moderator", [])


def test_the_house_acts_without_a_person() -> None:
    set_role(None, "Tom", "superuser")
    assert role_of("Tom") == "superuser"


def test_nobody_is_changed_who_does_not_exist() -> None:
    with pytest.raises(NotFound), transaction():
        actions.set_role(None, 12345, "superuser")


def test_grants_come_and_go_once() -> None:
    anna, tom_id = cast.actor("Anna"), cast.account("Tom").id
    for _ in range(2):
        with transaction():
            actions.grant(anna, tom_id, "moderate")
            actions.grant(anna, tom_id, "moderate", "board:1")
    assert cast.actor("Tom").grants == {("moderate", "*"), ("moderate", "board:1")}
    for _ in range(2):
        with transaction():
            actions.revoke(anna, tom_id, "moderate", "board:1")
    assert cast.actor("Tom").grants == {("moderate", "*")}
    for _ in range(2):
        with transaction():
            actions.revoke_all(anna, tom_id)
    assert db.session.scalars(select(Grant.id)).all() == []
    assert events() == ["GrantGiven", "GrantGiven", "GrantRevoked", "GrantRevoked"]


@pytest.mark.parametrize("by", ["Tom", "Uwe", "guest"])
def test_nobody_grants_to_himself_or_others_without_being_asked_to(by: str) -> None:
    person, tom_id = cast.actor(by), cast.account("Tom").id
    for act in (actions.grant, actions.revoke):
        with pytest.raises(Forbidden), transaction():
            act(person, tom_id, "moderate")
    assert events() == []


def test_a_consent_is_kept_once() -> None:
    tom = cast.actor("Tom")
    for _ in range(2):
        with transaction():
            actions.give_consent(tom, "charter", 1)
    kept = db.session.execute(select(Consent.kind, Consent.version)).all()
    assert [tuple(row) for row in kept] == [("charter", 1)]


def test_a_rank_is_laid_once_and_its_name_stays() -> None:
    for name in ("Helfer", "Anders"):
        with transaction():
            rank_id = actions.lay_rank("helper", name_de=name, name_en="Helper", position=1)
    tom_id = cast.account("Tom").id
    for _ in range(2):
        with transaction():
            actions.set_rank(tom_id, rank_id)
    assert events() == ["RankChanged"]
    assert cast.account("Tom").rank_id == rank_id


def test_losing_a_role_ends_it_with_the_next_request(client_as: Callable[..., Surfer]) -> None:
    topic = cast.make_topic("Nur für uns", author="Uwe", board_slug="lounge")
    browser, address = client_as("Uwe"), f"/topics/{topic.id}"
    assert browser.get(address, follow_redirects=True).status_code == 200
    set_role("Anna", "Uwe", "customer")
    assert browser.get(address, follow_redirects=True).status_code == 404
    set_role("Anna", "Uwe", "superuser")
    assert browser.get(address, follow_redirects=True).status_code == 200
