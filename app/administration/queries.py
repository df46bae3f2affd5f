"""What the guide asks of the whole house, what was settled, and how test letters went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from app.accounts import queries as accounts
from app.administration.models import MailTest, SettledStep
from app.core.db import db
from app.core.mail import MailServer
from app.core.settings import Settings, load_settings
from app.forum import queries as forum
from app.moderation import actions as moderation

TESTS_SHOWN = 5


@dataclass(frozen=True)
class Facts:
    """What is so; the steps of guide.py judge by it and by nothing else."""

    site: Settings
    settled: frozenset[str]
    boards_laid_only: bool
    netiquette_is_ours: bool
    texts: frozenset[str]  # kinds of which a version is published
    team_size: int
    somebody_invited: bool
    mail: str  # how the newest test of mail went, see mail_standing()


def facts() -> Facts:
    return Facts(
        site=load_settings(),
        settled=frozenset(db.session.scalars(select(SettledStep.step))),
        boards_laid_only=forum.only_first_board(),
        netiquette_is_ours=moderation.is_shipped(),
        texts=accounts.published_kinds(),
        team_size=accounts.team_size(),
        somebody_invited=accounts.is_anybody_invited(),
        mail=mail_standing(),
    )


def mail_server() -> str:
    """How mail is set up, without the password; "" where letters become files."""
    url = current_app.extensions["helferkreis.config"].mail_url
    return MailServer.from_url(url).shown if url else ""


def mail_standing() -> str:
    """ "proven" where the last test that ended with this server went well; else "failed",
    "waiting", "changed" (only another server was tested) or "untested".
    """
    tests = mail_tests()
    ended = [test for test in tests if test.ended_at is not None]
    here = [test for test in ended if test.server == mail_server()]
    if here:
        return "failed" if here[0].fault else "proven"
    if tests and tests[0].ended_at is None:
        return "waiting"
    return "changed" if ended else "untested"


def mail_tests() -> Sequence[MailTest]:
    """The newest ones, the newest first."""
    wanted = select(MailTest).order_by(MailTest.id.desc()).limit(TESTS_SHOWN)
    return db.session.scalars(wanted.execution_options(populate_existing=True)).all()


def mail_test(test_id: int) -> MailTest | None:
    return db.session.get(MailTest, test_id, populate_existing=True)
