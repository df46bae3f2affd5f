"""Where the demo may move in, and that nobody else lives in the past."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.accounts.passwords import password_verdict
from app.core import clock
from app.core.db import transaction
from app.demo import moving_in
from app.demo.material import Calendar, topics
from app.demo.people import PASSWORD, email_of, people
from app.demo.threads import Thread
from tests import cast
from tests.house.tree import ROOT, modules


def test_a_forum_with_a_topic_is_left_alone(app):
    cast.make_topic()
    with transaction():
        assert not moving_in.begin()
    said = app.test_cli_runner().invoke(args=["demo"])
    assert (said.exit_code, moving_in.newest_part()) == (0, None)
    assert "only into an empty forum" in said.stderr


def test_the_second_invitation_changes_nothing(app):
    with transaction():
        assert moving_in.begin()
    with transaction():
        assert not moving_in.begin()


def test_only_the_demo_lives_in_the_past():
    movers = {
        module.name
        for module in modules(ROOT)
        for name, _node in module.calls()
        if name in ("clock.at", "caught", "jobs.caught")
    }
    assert movers == {"app.demo.steps"}


def test_the_moved_clock_goes_back():
    then = datetime(2020, 2, 29, tzinfo=UTC)
    with clock.at(then):
        assert clock.now() == then
    assert clock.now() > then


def test_everybodys_password_is_one_that_the_rules_take():
    for person in people():
        known = (person["name"], email_of(person), "Talfunk hilft")
        assert password_verdict(PASSWORD, context=known), person["name"]


def test_at_any_hour_threads_lie_in_the_past_and_in_order():
    for hour in (0, 5, 12, 23):
        now = datetime(2026, 11, 28, hour, 3, tzinfo=ZoneInfo("Europe/Berlin"))
        for data in topics():
            moments = list(Thread(data, Calendar(now, ZoneInfo("Europe/Berlin"))).moments.values())
            assert moments == sorted(set(moments)), data["id"]
            assert moments[-1] < now, data["id"]
