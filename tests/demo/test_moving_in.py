"""The demo community moves in: once per database, looked at from many sides."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core import clock
from app.core.db import Base, UtcDateTime, db, transaction
from app.core.jobs import Job
from app.core.settings import load_settings
from app.demo import moving_in
from app.forum.models import Topic
from tests.data_sets import THOROUGH

pytestmark = [pytest.mark.slow]
if not THOROUGH:  # half a minute of work for each database; its queries have tests of their own
    pytestmark.append(pytest.mark.only("sqlite"))

#: Times that are meant to lie ahead.
AHEAD = {("term", "begins_at"), ("term", "ends_at"), ("mail_token", "expires_at")}
#: Who looks at which page, and what must be there to see.
SCREENS = (
    ("guest", "/", "paragrafenreiter"),
    ("guest", "/boards/aktuelles", "Vorsicht: Gefälschte Mails"),
    ("guest", "/topics?filter=unanswered", "Postfach zu 100"),
    ("guest", "/topics?filter=solved", "Moving here from the UK"),
    ("guest", "/knowledge", "eSIM auf ein neues Handy umziehen"),
    ("guest", "/superusers", "bitwandler"),
    ("guest", "/search?q=eSIM", "auf ein neues Handy umziehen"),
    ("guest", "/imprint", "erfundenes Unternehmen"),
    ("KatjaK", "/topics?filter=new", "Wartet auf Sie"),
    ("KatjaK", "/account/notifications", "oma_edith"),
    ("Tux_im_Turm", "/superusers", "Selbstverpflichtung"),
    ("Gretel_58", "/boards/lounge", "Bin ich zu ruppig"),
    ("Gretel_58", "/moderation", "roaming_deals"),
    ("Mira", "/desk", "TOTALAUSFALL"),
    ("Mira", "/desk/replies", "Störung: behoben"),
    ("Mira", "/knowledge/suggestions", "Lösung"),
    ("Mira", "/knowledge/drafts", "Mailbox und Anrufbeantworter"),
    ("Ole", "/moderation/appeals", "TOTALAUSFALL"),
    ("Ole", "/superusers/nominations", "Datensparer"),
    ("Ole", "/superusers/terms", "dslprofi_ka"),
    ("Ole", "/desk", "mail_notice"),
)


def test_the_demo_moves_in_whole(app: Flask, client_as, outbox, subtests, monkeypatch):
    monkeypatch.setattr(moving_in, "PAUSE_SECONDS", 0)  # nobody else wants to write here
    with transaction():
        assert moving_in.begin()
    part = moving_in.newest_part()
    assert part is not None
    db.session.rollback()
    moving_in.fill(**part.arguments)  # and killed before the job was marked as done
    said = _run(app, "demo")
    assert "Accounts to try" in said.output
    assert load_settings().demo == moving_in.READY
    db.session.rollback()

    with subtests.test("what was killed in between was done only once"):
        titles = db.session.scalars(select(Topic.title)).all()
        assert len(titles) == len(set(titles)) > 150

    with subtests.test("every job ended well, but for the one that the admin finds"):
        jobs = db.session.scalars(select(Job)).all()
        assert [job.name for job in jobs if job.done_at is None and job.failed_at is None] == []
        assert sum(job.failed_at is not None for job in jobs) == 1

    with subtests.test("nobody got mail"):
        assert outbox() == []

    with subtests.test("nothing happened in the future"):
        assert _later_than_now() == {}

    with subtests.test("the counters are right"):
        lines = _run(app, "recount").stdout.splitlines()
        assert [line for line in lines if line and ": 0 put right" not in line] == []

    for who, path, words in SCREENS:
        with subtests.test(f"{who} finds life on {path}"):
            page = client_as(who, "de").get(path)
            assert page.status_code == 200
            assert words in page.get_data(as_text=True)

    with subtests.test("the sign-in page names the accounts"):
        assert "gretel@demo.example" in client_as("guest").get("/account/login").text

    with subtests.test("a second time changes nothing"):
        before = _rows()
        assert "There are topics already" in _run(app, "demo").stderr
        assert _rows() == before


def _run(app: Flask, *args: str) -> Any:
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=list(args))
    assert result.exit_code == 0, result.output
    return result


def _later_than_now() -> dict[str, int]:
    now, found = clock.now(), {}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, UtcDateTime) and (table.name, column.name) not in AHEAD:
                late = select(func.count()).select_from(table).where(column > now)
                if count := db.session.execute(late).scalar_one():
                    found[f"{table.name}.{column.name}"] = count
    return found


def _rows() -> dict[str, int]:
    db.session.rollback()
    return {
        table.name: db.session.execute(select(func.count()).select_from(table)).scalar_one()
        for table in Base.metadata.sorted_tables
    }
