"""The team's pages and the charter: who decides, who answers, and when it holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.core.db import db
from app.superusers.models import Nomination, Term
from tests import cast
from tests.superusers.conftest import (
    confirm,
    make_superuser,
    move_end,
    nominate,
)
from tests.surfer import Surfer

Browser = Callable[..., Surfer]


pytestmark = pytest.mark.usefixtures("app", "ladder")

STAFF_PAGES = ("/superusers/nominations", "/superusers/terms")


# For the team


@pytest.mark.parametrize("name", ["guest", "Tom", "Uwe", "Bert"])
def test_the_teams_pages_refuse_everybody_else(client_as: Browser, name: str) -> None:
    nomination, term = nominate(), make_superuser("Karin")
    person = client_as(name)
    status = (303, 401) if name == "guest" else (403, 403)
    about = f"/superusers/nominations/{nomination.id}"
    for address in (*STAFF_PAGES, about, f"/superusers/terms/{term.id}"):
        assert person.get(address).status_code == status[0], address
    for address in (
        f"{about}/confirm",
        f"{about}/decline",
        f"{about}/withdraw",
        f"/superusers/terms/{term.id}/end",
        f"/superusers/terms/{term.id}/renew",
    ):
        assert person.submit(address, reason="Darum.").status_code == status[1], address
    db.session.expire_all()
    assert db.session.get_one(Nomination, nomination.id).state == "open"
    assert db.session.get_one(Term, term.id).ended_at is None


@pytest.mark.parametrize("name", ["Anna", "Mo", "Ada"])
def test_the_team_reads_and_confirms(client_as: Browser, name: str) -> None:
    nomination, team = nominate(), client_as(name, "en")
    assert "Tom" in team.get("/superusers/nominations").text
    page = team.get(f"/superusers/nominations/{nomination.id}").text
    assert "512" in page
    answer = team.submit(f"/superusers/nominations/{nomination.id}/confirm", reason="")
    assert answer.status_code == 303
    assert "Invited" in team.get(answer.location).text
    assert "Tom" not in team.get("/superusers/nominations").text.split("<main")[1]
    assert "Tom" in team.get("/superusers/nominations?filter=decided").text


def test_declining_needs_a_reason_and_keeps_what_was_typed(client_as: Browser) -> None:
    nomination, anna = nominate(), client_as("Anna", "en")
    address = f"/superusers/nominations/{nomination.id}"
    empty = anna.submit(f"{address}/decline", reason="  ")
    assert (empty.status_code, "Please say why" in empty.text) == (422, True)
    long = anna.submit(f"{address}/decline", reason="Quitte " * 200)
    assert (long.status_code, "Quitte Quitte" in long.text) == (422, True)
    assert anna.submit(f"{address}/decline", reason="Noch zu neu.").status_code == 303
    assert "Noch zu neu." in anna.get(address).text
    assert anna.submit(f"{address}/confirm", reason="").status_code == 403


def test_what_does_not_exist_is_not_found(client_as: Browser) -> None:
    anna = client_as("Anna")
    assert anna.get("/superusers/nominations/77").status_code == 404
    assert anna.submit("/superusers/nominations/77/confirm").status_code == 404
    assert anna.get("/superusers/terms/77").status_code == 404
    assert anna.submit("/superusers/terms/77/end", reason="x").status_code == 404
    assert anna.submit("/superusers/terms/77/renew").status_code == 404


def test_taking_an_invitation_back(client_as: Browser) -> None:
    nomination, anna = nominate(), client_as("Anna", "en")
    confirm(nomination)
    address = f"/superusers/nominations/{nomination.id}/withdraw"
    assert anna.submit(address, reason="Ein Versehen.").status_code == 303
    assert "Accept the charter" not in client_as("Tom", "en").get("/superusers/charter").text


# The charter


def test_everybody_reads_the_charter_but_only_the_invited_answer(client_as: Browser) -> None:
    confirm(nominate())
    assert "Selbstverpflichtung" in client_as("guest", "de").get("/superusers/charter").text
    for name, asked in [("guest", False), ("Karin", False), ("Uwe", False), ("Tom", True)]:
        page = client_as(name, "en").get("/superusers/charter").text
        assert "Charter of the super users" in page
        assert ("Accept the charter" in page) is asked, name


def test_the_way_to_become_a_super_user_in_the_browser(client_as: Browser) -> None:
    confirm(nominate())
    lounge = cast.make_topic("Lounge-Thema", author="Uwe", board_slug="lounge")
    tom = client_as("Tom", "en")
    assert "You are invited" in tom.get("/superusers").text
    assert tom.get(f"/topics/{lounge.id}", follow_redirects=True).status_code == 404
    assert tom.submit("/superusers/charter/accept", version="9").status_code == 422
    assert tom.submit("/superusers/charter/accept", version="x" * 50).status_code == 422
    for _ in range(2):
        done = tom.submit("/superusers/charter/accept", version="1")
        assert done.status_code == 303
    page = tom.get(done.location).text
    assert "You are a super user from now on." in page
    assert "Your term as super user runs until" in page
    assert tom.get(f"/topics/{lounge.id}", follow_redirects=True).status_code == 200


def test_saying_no_has_no_consequences(client_as: Browser) -> None:
    confirm(nominate())
    tom = client_as("Tom", "en")
    for _ in range(2):
        assert tom.submit("/superusers/charter/refuse").status_code == 303
    assert tom.submit("/superusers/charter/accept", version="1").status_code == 403


def test_nobody_else_accepts(client_as: Browser) -> None:
    confirm(nominate())
    for name, status in [("guest", 401), ("Karin", 403), ("Bert", 403), ("Anna", 403)]:
        for verb in ("accept", "refuse"):
            answer = client_as(name).submit(f"/superusers/charter/{verb}", version="1")
            assert answer.status_code == status, (name, verb)


# Terms


def test_ending_a_term_needs_a_reason_and_holds_at_once(client_as: Browser) -> None:
    term = make_superuser()
    lounge = cast.make_topic("Lounge-Thema", author="Uwe", board_slug="lounge")
    tom, anna = client_as("Tom"), client_as("Anna", "en")
    assert tom.get(f"/topics/{lounge.id}", follow_redirects=True).status_code == 200
    address = f"/superusers/terms/{term.id}"
    assert anna.submit(f"{address}/end", reason="").status_code == 422
    assert anna.submit(f"{address}/end", reason="Regel gebrochen.").status_code == 303
    assert tom.get(f"/topics/{lounge.id}", follow_redirects=True).status_code == 404
    assert "Regel gebrochen." in anna.get(address).text
    assert "No term is running" in anna.get("/superusers/terms").text


def test_a_super_user_stops_at_any_time_without_reasons(client_as: Browser) -> None:
    make_superuser()
    tom, karin = client_as("Tom", "en"), client_as("Karin", "en")
    assert "/superusers/leave" in tom.get("/superusers").text
    assert "Stop now" in tom.get("/superusers/leave").text
    assert karin.get("/superusers/leave").status_code == 404
    assert karin.submit("/superusers/leave").status_code == 303
    for _ in range(2):
        done = tom.submit("/superusers/leave")
        assert "You are no longer a super user." in tom.get(done.location).text
    tom_now = cast.actor("Tom")
    assert (tom_now.role, tom_now.grants) == ("customer", frozenset())
    assert cast.actor("Karin").role == "customer"


def test_renewing_is_offered_in_the_last_weeks(client_as: Browser) -> None:
    term, anna = make_superuser(), client_as("Anna", "en")
    address = f"/superusers/terms/{term.id}"
    assert "Renew for a year" not in anna.get(address).text
    assert anna.submit(f"{address}/renew").status_code == 403
    move_end(term, days=20)
    assert "Renew for a year" in anna.get(address).text
    assert anna.submit(f"{address}/renew").status_code == 303
