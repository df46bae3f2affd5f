"""R-05, R-06, R-02 in small: with a database that is read-only, full, busy or away, reading goes on
where it can, writing is answered with 503, and what was typed is kept.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from werkzeug.test import TestResponse

from app import create_app
from app.accounts.session import cookie_name, hash_of
from app.config import load
from app.core import db as database
from app.core.db import db
from app.forum.models import Post
from tests import cast, weather
from tests.databases import create_all
from tests.postgres import Cluster
from tests.surfer import Surfer

TYPED = "Der Router blinkt <rot> & summt, seit gestern. " + "Er summt. " * 1_500  # many pages
PAGES = (
    "/",
    "/topics",
    "/boards",
    "/tags",
    "/search?q=Router",
    "/knowledge",
    "/members",
    "/readyz",
)


def posts() -> int:
    return int(db.session.execute(select(func.count()).select_from(Post)).scalar_one())


def answers_in(
    topic_id: int, karin: Surfer, *, key: str = "a-key-of-mine", **headers: str
) -> TestResponse:
    fields = {"csrf_token": karin.form_token(), "idempotency_key": key, "text": TYPED + key}
    return karin.post(f"/topics/{topic_id}/posts", data=fields, headers=headers)


@pytest.mark.parametrize(
    "bad",
    [
        weather.only_reading,
        pytest.param(weather.full, marks=pytest.mark.only("sqlite")),
        pytest.param(weather.busy, marks=pytest.mark.only("sqlite")),
    ],
)
def test_r05_r06_reading_goes_on_and_the_text_is_kept(
    client_as: Callable[..., Surfer],
    client: Surfer,
    bad: Callable[[], AbstractContextManager[None]],
) -> None:
    topic_id = cast.make_topic().id
    karin, before = client_as("Karin"), posts()
    with bad():
        for page in (*PAGES, f"/topics/{topic_id}"):
            for browser in (client, karin):
                answer = browser.get(page, follow_redirects=True)
                assert answer.status_code == 200, page
        answer = answers_in(topic_id, karin)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "Das Forum kann gerade nichts speichern" in answer.text
        assert "Der Router blinkt &lt;rot&gt; &amp; summt, seit gestern." in answer.text
        assert f'action="/topics/{topic_id}/posts"' in answer.text, "one press sends it again"
        fragment = answers_in(topic_id, karin, **{"HX-Request": "true"})
        assert fragment.status_code == 503
        assert "<html" not in fragment.text
        login = client.submit("/account/login", email="karin@example.org", password="x" * 12)
        assert login.status_code in (422, 503)
        assert posts() == before, "no half rows"
    assert answers_in(topic_id, karin).status_code == 303, "it recovers by itself"
    assert posts() == before + 1


@pytest.mark.only("sqlite")
def test_threads_of_one_process_wait_no_longer_than_one(
    app: Flask, client_as: Callable[..., Surfer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    topic_id, karin = cast.make_topic().id, client_as("Karin")

    def elsewhere() -> TestResponse:
        with app.app_context():
            return answers_in(topic_id, karin)

    with database._writing, ThreadPoolExecutor(1) as other:
        answer = other.submit(elsewhere).result()
    assert answer.status_code == 503
    assert "Im Forum ist gerade sehr viel los" in answer.text


@pytest.mark.only("postgresql")
def test_s60_a_slow_query_is_ended_and_the_page_says_so(
    app: Flask, client: Surfer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for setting, value in (
        ("statement_timeout", "5s"),
        ("idle_in_transaction_session_timeout", "10s"),
    ):
        assert db.session.execute(text(f"SHOW {setting}")).scalar() == value

    def slowly() -> str:
        db.session.execute(text("SET LOCAL statement_timeout = 50"))
        db.session.execute(text("SELECT pg_sleep(20)"))
        return "never"

    slowly.policy = app.view_functions["forum.boards"].policy  # type: ignore[attr-defined]
    monkeypatch.setitem(app.view_functions, "forum.boards", slowly)
    answer = client.get("/boards")
    assert answer.status_code == 503
    assert "Das Forum kann gerade nicht lesen" in answer.text


@pytest.mark.only("postgresql")
@pytest.mark.slow
def test_r02_a_killed_database_is_met_again_without_a_restart(
    environment: dict[str, str], reborn: Reborn
) -> None:
    app = create_app(load({**environment, "DATABASE_URL": reborn.url("postgres")}))
    app.test_client_class = Surfer
    with app.app_context():
        create_all(db.engine)
        karin = app.test_client()
        topic_id = cast.make_topic().id
        secret = cast.sign_in("Karin")
        karin.session_hash = hash_of(secret)
        karin.set_cookie(cookie_name(), secret)
        assert answers_in(topic_id, karin).status_code == 303
        before = posts()
        db.session.remove()
        reborn.kill()
        lost = karin.get(f"/topics/{topic_id}", headers={"Accept-Language": "de"})
        assert lost.status_code == 503
        assert lost.headers["Retry-After"]
        assert "default-src 'self'" in lost.headers["Content-Security-Policy"]
        assert answers_in(topic_id, karin, key="another-key").status_code == 503
        reborn.start()
        assert karin.get(f"/topics/{topic_id}", follow_redirects=True).status_code == 200
        assert answers_in(topic_id, karin, key="another-key").status_code == 303
        assert posts() == before + 1
        db.session.remove()
        db.engine.dispose()


class Reborn(Cluster):
    """A cluster of its own that keeps what it acknowledged; it is killed and started again."""

    settings = ()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGQUIT)  # postmaster and children end at once, uncleanly
        self.process.wait()

    def start(self) -> None:
        self.process = self._start()


@pytest.fixture
def reborn() -> Iterator[Reborn]:
    cluster = Reborn()
    yield cluster
    cluster.stop()
