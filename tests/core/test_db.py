"""Writing: one transaction, once-only inserts, bounded texts, times in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from app.core import clock
from app.core.db import after_commit, db, insert_once, transaction
from app.forum.models import Tag, Vote
from tests import cast

pytestmark = pytest.mark.usefixtures("app")


def test_a_row_is_inserted_once_and_the_second_try_says_so() -> None:
    topic = cast.make_topic()
    post = cast.make_post(topic)
    tom_id = cast.account("Karin").id
    with transaction():
        mine = {"post_id": post.id, "account_id": tom_id, "voted_at": clock.now()}
        assert insert_once(Vote, **mine)
        assert not insert_once(Vote, **mine)
    with transaction():
        assert not insert_once(Vote, **mine)


def test_what_raises_inside_a_transaction_leaves_nothing_and_calls_nothing() -> None:
    called: list[str] = []
    with pytest.raises(ZeroDivisionError), transaction():
        db.session.add(Tag(name="weg"))
        after_commit(lambda: called.append("after"))
        raise ZeroDivisionError
    assert db.session.execute(select(Tag)).all() == []
    with transaction():
        db.session.add(Tag(name="da"))
        after_commit(lambda: called.append("after"))
        assert called == []
    assert called == ["after"]


def test_a_transaction_inside_another_is_a_mistake_that_shows() -> None:
    with pytest.raises(RuntimeError, match="inside another"), transaction(), transaction():
        pass
    with transaction():
        db.session.add(Tag(name="danach"))


def test_no_text_is_longer_than_its_column() -> None:
    with pytest.raises(StatementError, match="61 characters where 60"), transaction():
        db.session.add(Tag(name="x" * 61))


def test_what_is_too_long_to_be_kept_can_be_looked_for(client) -> None:
    cast.make_topic(tags=("dsl",))
    long = "x" * 5_000
    assert db.session.query(Tag).filter_by(name=long).all() == []
    assert db.session.query(Tag).filter(Tag.name.in_([long, "dsl"])).count() == 1
    for url in ("/knowledge?board=", "/boards/", "/tags/", "/members/"):
        assert client.get(url + long).status_code in (200, 404), url


def test_times_come_back_in_utc_and_naive_ones_are_refused() -> None:
    topic = cast.make_topic()
    berlin = datetime(2026, 7, 1, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    with transaction():
        topic.created_at = berlin
    db.session.expire_all()
    assert topic.created_at == datetime(2026, 7, 1, 10, 0, 0, 123456, tzinfo=UTC)
    with pytest.raises(StatementError, match="time zone"), transaction():
        topic.created_at = datetime(2026, 7, 1)  # noqa: DTZ001
