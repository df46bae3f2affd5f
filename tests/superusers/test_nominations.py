"""Nominations, invitations and terms: decided once, by the right people, with what follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.accounts.actions import set_role
from app.accounts.models import Consent
from app.core import clock
from app.core.db import db, transaction
from app.core.errors import Forbidden, NotFound, Refused
from app.superusers import actions, inbox
from app.superusers.models import Nomination, Term
from app.superusers.rules import TERM_PRIVILEGES
from tests import cast
from tests.superusers.conftest import (
    ask_for,
    confirm,
    events,
    make_superuser,
    move_end,
    nominate,
    review,
    vote,
)

pytestmark = pytest.mark.usefixtures("app", "ladder")

ALL = (
    *("NominationOpened", "NominationConfirmed", "NominationDeclined", "InvitationWithdrawn"),
    *("InvitationRefused", "SuperUserBegan", "TermRenewed", "SuperUserEnded", "RoleChanged"),
)


def decide(verb: Callable[..., None], name: str, nomination: Nomination, **more: str) -> None:
    person = cast.actor(name)
    with transaction():
        verb(person, nomination.id, **more)


def state_of(row: Nomination) -> str:
    db.session.rollback()
    return str(db.session.get_one(Nomination, row.id, populate_existing=True).state)


def test_confirming_twice_is_once() -> None:
    nomination = nominate()
    confirm(nomination)
    confirm(nomination)
    assert (state_of(nomination), events(*ALL)) == ("confirmed", ["NominationConfirmed"])


def test_a_decision_is_not_overturned_by_the_next_colleague() -> None:
    nomination = nominate()
    confirm(nomination)
    with pytest.raises(Forbidden):
        decide(actions.decline_nomination, "Mo", nomination, reason="Nein.")
    assert state_of(nomination) == "confirmed"


@pytest.mark.parametrize("name", ["guest", "Tom", "Karin", "Uwe"])
def test_only_the_team_knows_of_nominations(name: str) -> None:
    nomination = nominate()
    for verb in (
        actions.confirm_nomination,
        actions.decline_nomination,
        actions.withdraw_invitation,
    ):
        with pytest.raises(NotFound):
            decide(verb, name, nomination, reason="Ja.")
    assert (state_of(nomination), events(*ALL)) == ("open", [])


def test_nobody_decides_about_a_nomination_of_the_own() -> None:
    nomination = nominate("Anna")
    with pytest.raises(Forbidden):
        decide(actions.confirm_nomination, "Anna", nomination)
    assert (state_of(nomination), events(*ALL)) == ("open", [])


def test_declining_keeps_the_reason() -> None:
    nomination = nominate()
    for _ in range(2):
        decide(actions.decline_nomination, "Anna", nomination, reason="Noch zu neu.")
    row = db.session.get_one(Nomination, nomination.id, populate_existing=True)
    assert (row.state, row.reason, row.decided_by) == (
        *("declined", "Noch zu neu."),
        cast.account("Anna").id,
    )
    assert events(*ALL) == ["NominationDeclined"]


def test_two_nominations_of_one_person_cannot_be_open() -> None:
    nominate()
    with pytest.raises(IntegrityError):
        nominate()


def test_who_was_declined_is_nominated_again_after_a_year() -> None:
    ask_for("superuser", points=1)
    vote("Nele", cast.make_post(cast.make_topic(), author="Tom"))
    review("Tom")
    nomination = db.session.query(Nomination).one()
    decide(actions.decline_nomination, "Anna", nomination, reason="Noch nicht.")
    review("Tom")
    assert db.session.query(Nomination).count() == 1
    with transaction():
        db.session.get_one(Nomination, nomination.id).decided_at = clock.now() - timedelta(days=365)
    review("Tom")
    review("Tom")
    assert db.session.query(Nomination).count() == 2


def test_an_unanswered_invitation_keeps_the_next_nomination_away() -> None:
    ask_for("superuser", points=1)
    vote("Nele", cast.make_post(cast.make_topic(), author="Tom"))
    confirm(nominate())
    with transaction():
        row = db.session.query(Nomination).one()
        row.decided_at = clock.now() - timedelta(days=900)
    review("Tom")
    assert db.session.query(Nomination).count() == 1


def test_accepting_the_charter_begins_a_term_with_role_grants_and_consent() -> None:
    term = make_superuser()
    tom = cast.actor("Tom")
    assert tom.role == "superuser"
    assert tom.grants == {(privilege, "*") for privilege in TERM_PRIVILEGES}
    assert 364 <= (term.ends_at - term.begins_at).days <= 366
    consent = db.session.query(Consent).filter_by(kind="charter").one()
    assert (consent.account_id, consent.version) == (tom.id, 1)
    with transaction():
        actions.accept_charter(tom, version=1)
    assert db.session.query(Term).count() == 1
    assert events(*ALL) == ["NominationConfirmed", "RoleChanged", "SuperUserBegan"]


def test_another_charter_than_the_one_read_is_not_accepted() -> None:
    confirm(nominate())
    tom = cast.actor("Tom")
    with pytest.raises(Refused), transaction():
        actions.accept_charter(tom, version=2)
    assert (cast.actor("Tom").role, events(*ALL)) == ("customer", ["NominationConfirmed"])


@pytest.mark.parametrize("name", ["Karin", "Bert", "Anna"])
def test_nobody_becomes_a_super_user_uninvited(name: str) -> None:
    confirm(nominate())
    person = cast.actor(name)
    with pytest.raises(Forbidden), transaction():
        actions.accept_charter(person, version=1)
    assert (cast.actor(name).role, events("SuperUserBegan")) == (person.role, [])


def test_an_invitation_that_was_taken_back_is_worth_nothing() -> None:
    nomination = nominate()
    confirm(nomination)
    for _ in range(2):
        decide(actions.withdraw_invitation, "Mo", nomination, reason="Ein Versehen.")
    tom = cast.actor("Tom")
    with pytest.raises(Forbidden), transaction():
        actions.accept_charter(tom, version=1)
    assert events(*ALL) == ["NominationConfirmed", "InvitationWithdrawn"]


def test_refusing_twice_is_once() -> None:
    confirm(nominate())
    tom = cast.actor("Tom")
    for _ in range(2):
        with transaction():
            actions.refuse_invitation(tom)
    assert (events("InvitationRefused"), cast.actor("Tom").role) == (
        ["InvitationRefused"],
        "customer",
    )


# Terms


def test_ending_a_term_takes_role_and_privileges() -> None:
    term = make_superuser()
    cast.grant("Tom", "moderate", "board:1")
    anna = cast.actor("Anna")
    with transaction():
        actions.end_term(anna, term.id, reason="Regel gebrochen.")
    tom = cast.actor("Tom")
    assert (tom.role, tom.grants) == ("customer", {("moderate", "board:1")})
    with pytest.raises(Forbidden), transaction():
        actions.end_term(anna, term.id, reason="Noch einmal.")
    assert events("SuperUserEnded") == ["SuperUserEnded"]


@pytest.mark.parametrize("name", ["Tom", "Uwe", "Karin"])
def test_only_the_team_ends_terms(name: str) -> None:
    term, person = make_superuser(), cast.actor(name)
    with pytest.raises(NotFound), transaction():
        actions.end_term(person, term.id, reason="Schluss.")
    assert cast.actor("Tom").role == "superuser"


def test_a_term_ends_by_itself_when_its_time_is_over() -> None:
    term = make_superuser()
    for days, role in [(1, "superuser"), (-1, "customer"), (-1, "customer")]:
        if role != cast.actor("Tom").role or days > 0:
            move_end(term, days=days)
        with transaction():
            actions.end_due_terms()
        assert cast.actor("Tom").role == role
    assert events("SuperUserEnded") == ["SuperUserEnded"]


def test_who_joined_the_team_meanwhile_stays_there() -> None:
    term = make_superuser()
    tom = cast.account("Tom")
    with transaction():
        tom.role = "agent"
    move_end(term, days=-1)
    with transaction():
        actions.end_due_terms()
    assert (cast.actor("Tom").role, cast.actor("Tom").grants) == ("agent", frozenset())


def test_who_joined_the_team_and_left_it_can_become_a_super_user_anew() -> None:
    make_superuser()
    ada, tom = cast.actor("Ada"), cast.account("Tom").id
    for role in ("agent", "customer"):
        with transaction():
            set_role(ada, tom, role)
    assert db.session.query(Term).filter_by(ended_at=None).count() == 0
    assert not cast.actor("Tom").grants & {(privilege, "*") for privilege in TERM_PRIVILEGES}
    assert events("SuperUserEnded") == ["SuperUserEnded"]
    make_superuser()
    assert cast.actor("Tom").role == "superuser"


def test_renewing_adds_a_year_and_keeps_role_and_privileges() -> None:
    term, anna = make_superuser(), cast.actor("Anna")
    move_end(term, days=20)
    with transaction():
        actions.renew_term(anna, term.id)
    following = db.session.query(Term).filter_by(ended_at=None).one()
    assert (following.ends_at - following.begins_at).days in (365, 366)
    tom = cast.actor("Tom")
    assert (tom.role, len(tom.grants)) == ("superuser", len(TERM_PRIVILEGES))
    assert events("TermRenewed", "SuperUserEnded") == ["TermRenewed"]


# The desk


@pytest.mark.parametrize(
    ("name", "seen"), [("guest", 0), ("Tom", 0), ("Uwe", 0), ("Anna", 2), ("Mo", 2), ("Ada", 2)]
)
def test_open_nominations_reach_the_teams_inbox(app: Flask, name: str, seen: int) -> None:
    first, second, third = nominate(), nominate("Karin"), nominate("Nele")
    confirm(third)
    viewer = cast.actor(name)
    with app.test_request_context():
        items = inbox.inbox_items(viewer, 10)
    assert [item.thing_id for item in items] == [first.id, second.id][:seen]
    if seen:
        assert items[0].url == f"/superusers/nominations/{first.id}"
        assert (items[0].kind, items[0].since) == ("nomination", first.opened_at)
        with app.test_request_context():
            assert len(inbox.inbox_items(viewer, 1)) == 1
