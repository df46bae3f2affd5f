"""The page of the team: inviting, roles, and that somebody is always left who administers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from app.accounts import actions
from app.accounts.models import Account, Invitation
from app.administration.guide import guide
from app.core import clock
from app.core.db import db, transaction
from app.core.errors import Refused
from app.core.events import EventRow
from app.core.jobs.runner import Runner
from tests import cast

FORM = {"email": "ines@example.org", "role": "agent", "locale": "de"}


@pytest.fixture
def ada(client_as: Any) -> Any:
    return client_as("Ada", "de")


def newest() -> str:
    """The address of the newest invitation."""
    db.session.rollback()
    return f"/admin/team/invitations/{db.session.scalar(select(func.max(Invitation.id)))}"


def role_of(name: str) -> str:
    db.session.rollback()
    return db.session.execute(select(Account.role).filter_by(name=name)).scalar_one()


def count(model: Any) -> int:
    db.session.rollback()
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def test_somebody_is_invited_and_shown(ada, outbox, app):
    sent = ada.submit("/admin/team", **FORM)
    assert sent.location == "/admin/team?done=invited"
    page = ada.get("/admin/team").text
    assert "ines@example.org" in page
    assert "eingeladen von Ada" in page
    Runner(app).drain()
    assert [mail["To"] for mail in outbox()] == ["ines@example.org"]


@pytest.mark.parametrize(
    "field, value",
    [("email", "nobody"), ("email", ""), ("role", "customer"), ("role", ""), ("locale", "fr")],
)
def test_nonsense_is_refused_at_its_field(ada, field, value):
    refused = ada.submit("/admin/team", **{**FORM, field: value})
    assert refused.status_code == 422
    assert f'id="{field}-error"' in refused.text
    assert count(Invitation) == 0


def test_who_is_in_the_team_is_named_at_the_field(ada):
    cast.account("Anna")
    refused = ada.submit("/admin/team", **{**FORM, "email": "ANNA@example.org"})
    assert refused.status_code == 422
    assert "„Anna“ gehört schon zum Team" in refused.text


def test_an_invitation_is_sent_again_or_taken_back(ada, client_as):
    ada.submit("/admin/team", **FORM)
    with time_machine.travel(clock.now() + timedelta(days=4)):
        ada = client_as("Ada", "de")
        assert "Der Link ist zu alt" in ada.get("/admin/team").text
        ada.submit(f"{newest()}/resend")
        assert "Der Link ist zu alt" not in ada.get("/admin/team").text
    ada = client_as("Ada", "de")
    back = ada.submit(f"{newest()}/withdraw")
    assert back.location == "/admin/team?done=invitation_taken_back"
    assert "ines@example.org" not in ada.get("/admin/team").text
    assert ada.submit(f"{newest()}/resend").status_code == 404


def test_a_role_is_changed_and_the_person_told(ada, app, outbox, client_as):
    anna = cast.account("Anna")
    browser = client_as("Anna")
    assert browser.get("/desk").status_code == 200
    done = ada.submit(f"/admin/team/{anna.id}/role", role="customer")
    assert done.location == "/admin/team?done=role_changed"
    assert role_of("Anna") == "customer"
    assert browser.get("/desk").status_code == 403, "from the next request on"
    Runner(app).drain()
    assert [mail["To"] for mail in outbox()] == ["anna@example.org"]
    payload = db.session.scalars(select(EventRow.payload).filter_by(name="RoleChanged")).one()
    assert (payload["before"], payload["role"]) == ("agent", "customer")


def test_an_admin_takes_another_admins_role_but_never_the_own(ada):
    own = cast.account("Ada")
    other = cast.account("Mo")
    with transaction():
        other.role = "admin"
    assert ada.submit(f"/admin/team/{own.id}/role", role="customer").status_code == 403
    assert ada.submit(f"/admin/team/{other.id}/role", role="agent").status_code == 303
    assert (role_of("Ada"), role_of("Mo")) == ("admin", "agent")


@pytest.mark.parametrize("role", ["superuser", "", "root", "guest"])
def test_other_roles_are_not_given_here(ada, role):
    anna = cast.account("Anna")
    assert ada.submit(f"/admin/team/{anna.id}/role", role=role).status_code == 404
    assert role_of("Anna") == "agent"


def two_admins() -> dict[str, Any]:
    cast.account("Ada")
    mo = cast.account("Mo")
    with transaction():
        mo.role = "admin"
    return {name: cast.actor(name) for name in ("Ada", "Mo")}


def test_somebody_is_always_left_who_administers(app):
    """Whoever was an administrator when the request began may be none when it is carried out."""
    people = two_admins()
    with transaction():
        actions.set_role(people["Ada"], people["Mo"].account_id, "customer")
    with pytest.raises(Refused, match="last administrator"), transaction():
        actions.set_role(people["Mo"], people["Ada"].account_id, "customer")
    assert role_of("Ada") == "admin"


def test_s10_of_two_who_take_it_from_each_other_one_stays(app: Flask):
    people = two_admins()

    def take(pair: tuple[str, str]) -> bool:
        by, whose = pair
        with app.app_context():
            try:
                with transaction():
                    actions.set_role(people[by], people[whose].account_id, "customer")
            except Refused:
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take, [("Ada", "Mo"), ("Mo", "Ada")])) == [False, True]
    assert sorted([role_of("Ada"), role_of("Mo")]) == ["admin", "customer"]


def test_a_suspended_administrator_does_not_count(app):
    people = two_admins()
    mo = cast.account("Mo")
    with transaction():
        mo.state = "suspended"
    with pytest.raises(Refused), transaction():
        actions.set_role(None, people["Ada"].account_id, "agent")


def test_the_step_is_done_with_a_second_person_or_on_purpose(ada):
    assert guide().line("team").missing == "So far you are alone."
    ada.submit("/admin/team", **FORM)
    db.session.rollback()
    assert guide().line("team").missing == "An invitation is on its way."
    cast.account("Anna")
    assert guide().line("team").is_done


@pytest.mark.parametrize("name", ["Karin", "Uwe", "Anna", "Mo"])
def test_others_reach_none_of_it(client_as, ada, name):
    ada.submit("/admin/team", **FORM)
    own = cast.account(name)
    browser = client_as(name)
    assert browser.get("/admin/team").status_code == 403
    one = newest()
    urls = ["/admin/team", f"{one}/resend", f"{one}/withdraw", f"/admin/team/{own.id}/role"]
    answers = [browser.submit(url, **FORM).status_code for url in urls]
    assert answers == [403] * len(urls)
    assert count(Invitation) == 1


def test_the_page_asks_little_of_the_database(ada, count_queries):
    for name in ("Anna", "Mo", "Uwe"):
        cast.account(name)
    ada.submit("/admin/team", **FORM)
    with count_queries() as queries:
        assert ada.get("/admin/team").status_code == 200
    assert len(queries) <= 16


class TestBudgets:
    @pytest.fixture
    def environment(self, environment: dict[str, str]) -> dict[str, str]:
        return {**environment, "RATE_LIMITS": "on"}

    def test_nobodys_mailbox_is_flooded(self, ada):
        codes = [ada.submit("/admin/team", **FORM).status_code for _ in range(7)]
        assert codes == [303] * 5 + [429] * 2

    def test_nobody_invites_the_whole_world(self, ada):
        codes = [
            ada.submit("/admin/team", **{**FORM, "email": f"x{number}@example.org"}).status_code
            for number in range(42)
        ]
        assert codes == [303] * 40 + [429] * 2
