"""Invitations into the team (T-08, S10, S46): one use, one address, one role, a short life."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from app.accounts import actions
from app.accounts.actions.inviting import INVITATION_HOURS
from app.accounts.models import Account, Consent, Invitation, SignedInSession
from app.accounts.session import hash_of
from app.core import clock
from app.core.db import db, transaction
from app.core.errors import Forbidden, Gone, NotFound, Refused
from app.core.jobs.runner import Runner
from tests import cast
from tests.accounts.conftest import GOOD, carry_session, count, happened
from tests.surfer import Surfer

pytestmark = pytest.mark.usefixtures("app", "netiquette")

ADDRESS = "ines@example.org"
FORM = {"name": "Ines", "password": GOOD, "netiquette": "y"}


def invite(by: str = "Ada", **values: Any) -> int:
    actor = cast.actor(by)
    with transaction():
        wanted = {"email": ADDRESS, "role": "agent", "locale": "de", **values}
        return actions.invite_to_team(actor, **wanted).id


@pytest.fixture
def invited(link: Callable[[], str]) -> str:
    """Ines is invited as an agent; the path of the link in her mail."""
    invite()
    return link()


def newest() -> int:
    db.session.rollback()
    return int(db.session.scalar(select(func.max(Invitation.id))) or 0)


def account(name: str = "Ines") -> Account | None:
    db.session.rollback()
    return db.session.scalars(select(Account).filter_by(name=name)).first()


def gone(surfer: Surfer, path: str) -> bool:
    looked, used = surfer.get(path), surfer.submit(path, **FORM)
    return looked.status_code == used.status_code == 410


def test_the_invited_person_joins_with_name_and_password_and_lands_at_the_desk(client, invited):
    page = client.get(invited)
    assert page.status_code == 200
    assert ADDRESS in page.text
    joined = client.submit(invited, **FORM)
    assert joined.location == "/desk?done=joined_team"
    carry_session(client)
    assert "Willkommen im Team" in client.get(joined.location).text
    ines = account()
    assert ines is not None
    assert (ines.role, ines.state, ines.email) == ("agent", "active", ADDRESS)
    assert ines.confirmed_at is not None
    assert ines.signed_in_at is not None
    assert count(Consent) == 1, "the netiquette was accepted"
    assert [e for e in happened() if e.startswith("Team")] == [
        "TeamInvitationSent",
        "TeamInvitationAccepted",
    ]


def test_the_letter_names_the_inviter_and_speaks_the_chosen_language(mails):
    invite(locale="en", role="moderator")
    letter = mails()[-1]
    text = letter.get_body(("plain",)).get_content()
    assert letter["To"] == ADDRESS
    assert "Ada invites you" in letter["Subject"]
    assert "Ada would like to have you in the team: Moderation." in text
    invite(locale="de")
    assert "Ada lädt Sie ins Team" in mails()[-1]["Subject"]


def test_the_inviter_hears_of_it(client, invited, mails):
    client.submit(invited, **FORM)
    told = mails()[-1]
    assert told["To"] == "ada@example.org"
    assert "Ines" in told["Subject"]


def test_s46_a_link_works_once(client, invited):
    client.submit(invited, **FORM)
    other = client.application.test_client()
    assert gone(other, invited)
    assert count(Account) == 2


def test_a_link_is_not_used_up_by_looking_or_by_mistakes(client, invited):
    for _ in range(3):
        assert client.get(invited).status_code == 200
    cast.account("Karin")
    for wrong in ({"password": "kurz"}, {"name": "Karin"}, {"name": "x"}, {"netiquette": ""}):
        refused = client.submit(invited, **{**FORM, **wrong})
        assert refused.status_code == 422
        assert f'id="{next(iter(wrong))}-error"' in refused.text
    assert client.submit(invited, **FORM).status_code == 303


def test_s46_a_link_lives_three_days(client, invited):
    with time_machine.travel(clock.now() + timedelta(hours=INVITATION_HOURS - 1)):
        assert client.get(invited).status_code == 200
    with time_machine.travel(clock.now() + timedelta(hours=INVITATION_HOURS + 1)):
        assert gone(client, invited)
    assert account() is None


def test_s46_only_the_hash_is_kept(invited):
    secret = invited.rsplit("/", 1)[1]
    db.session.rollback()
    kept = db.session.scalars(select(Invitation)).one()
    assert kept.secret_hash == hash_of(secret)
    assert secret not in repr(vars(kept))
    assert not re.search(secret, repr(db.session.execute(db.text("SELECT * FROM job")).all()))


def test_sending_again_kills_the_old_link(client, invited, link):
    ada, number = cast.actor("Ada"), newest()
    with transaction():
        actions.send_invitation_again(ada, number)
    assert gone(client, invited), "before the new mail is written"
    again = link()
    assert again != invited
    assert client.get(again).status_code == 200


def test_inviting_twice_is_one_invitation_with_the_newest_role(client, invited, link):
    invite(role="moderator")
    assert count(Invitation) == 1
    client.submit(link(), **FORM)
    assert account().role == "moderator"  # type: ignore[union-attr]


def test_a_withdrawn_link_is_dead_and_its_mail_is_not_written(client, invited, mails):
    ada, number = cast.actor("Ada"), newest()
    with transaction():
        actions.withdraw_team_invitation(ada, number)
    assert gone(client, invited)
    sent, number = len(mails()), invite()
    with transaction():
        actions.withdraw_team_invitation(ada, number)
    assert len(mails()) == sent
    with pytest.raises(NotFound), transaction():
        actions.withdraw_team_invitation(ada, number)


def test_t06_the_link_of_somebody_who_may_no_longer_invite_is_dead(client, invited, mails):
    for change in ({"role": "moderator"}, {"role": "admin", "state": "suspended"}):
        ada = cast.account("Ada")
        with transaction():
            for column, value in change.items():
                setattr(ada, column, value)
        assert client.submit(invited, **FORM).status_code == 410
    assert account() is None


def test_a_link_serves_one_purpose(client, invited):
    secret = invited.rsplit("/", 1)[1]
    assert client.get(f"/account/reset/{secret}").status_code == 410
    assert client.get(f"/account/confirm/{secret}").status_code == 410


@pytest.mark.parametrize("secret", ["x", "x" * 5000, "%00", "%ff%fe", "null", "' OR 1=1 --"])
def test_an_invented_link_is_gone(client, secret):
    assert gone(client, f"/account/invitation/{secret}")


def test_the_page_of_a_link_is_kept_by_nobody(client, invited):
    page = client.get(invited)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert "Set-Cookie" not in page.headers


def test_fields_of_the_form_give_no_other_role_or_address(client, invited):
    more = {"role": "admin", "email": "fremd@example.org", "state": "active", "account_id": "1"}
    client.submit(invited, **FORM, **more)
    ines = account()
    assert ines is not None
    assert (ines.role, ines.email) == ("agent", ADDRESS)


@pytest.mark.parametrize("name", ["Anna", "Mo", "Ada"])
def test_who_is_in_the_team_is_not_invited(name):
    cast.account(name)
    with pytest.raises(Refused, match="already in the team"):
        invite(email=f"{name.lower()}@example.org")
    assert count(Invitation) == 0


def test_a_suspended_member_is_not_invited():
    cast.account("Bert")
    with pytest.raises(Refused, match="cannot be invited"):
        invite(email="bert@example.org")


@pytest.mark.parametrize("name", ["guest", "Karin", "Uwe", "Anna", "Mo", "Bert"])
def test_others_invite_nobody(name):
    with pytest.raises(Forbidden):
        invite(name)
    open_one = invite()
    actor = cast.actor(name)
    for act in (actions.send_invitation_again, actions.withdraw_team_invitation):
        with pytest.raises(Forbidden), transaction():
            act(actor, open_one)
    assert happened() == ["TeamInvitationSent"]


@pytest.mark.parametrize("role", ["customer", "superuser", "guest", "root"])
def test_nobody_is_invited_to_be_anything_else(role):
    with pytest.raises(Forbidden):
        invite(role=role)


def test_an_address_that_was_never_confirmed_becomes_the_invited_person(client, link):
    client.submit("/account/register", email=ADDRESS, **{**FORM, "name": "Lauer"})
    invite()
    path = link()
    client.submit(path, **FORM)
    ines = account()
    assert ines is not None
    assert (ines.role, count(Account)) == ("agent", 2)


def test_expired_invitations_are_forgotten_after_a_month(app):
    from app.accounts.upkeep import forget_expired

    invite()
    with time_machine.travel(clock.now() + timedelta(days=32)), transaction():
        forget_expired()
    assert count(Invitation) == 1
    with time_machine.travel(clock.now() + timedelta(days=34)), transaction():
        forget_expired()
    assert count(Invitation) == 0


def test_s10_of_fifty_uses_at_the_same_moment_one_makes_an_account(app: Flask, invited, good_hash):
    secret = invited.rsplit("/", 1)[1]

    def use(number: int) -> bool:
        with app.app_context():
            try:
                with transaction():
                    actions.accept_invitation(
                        secret,
                        name=f"Ines{number}",
                        password_hash=good_hash,
                        locale="de",
                        browser="",
                    )
            except Gone:
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(10) as pool:
        won = sum(pool.map(use, range(50)))
    db.session.rollback()
    names = db.session.scalar(select(func.count()).where(Account.name.like("Ines%")))
    assert (won, names, count(SignedInSession)) == (1, 1, 1)


def test_a_letter_that_is_sent_again_has_a_working_link(app: Flask, client, link):
    from app.accounts.reactions import send_invitation

    number = invite()
    first = link()
    send_invitation(number)
    Runner(app).drain()
    assert gone(client, first)
    assert client.get(link()).status_code == 200
