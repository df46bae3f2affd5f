"""R-08: mail by SMTP. Nothing is lost, "never" is believed, "later" is tried again."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.core import clock
from app.core.db import db, transaction
from app.core.jobs import calls_by_name, enqueue, outside, rows
from app.core.jobs.runner import Runner
from app.core.mail import Letter, post, smtp
from app.core.mail.smtp import MailServer
from tests.core.jobs.calls_for_tests import only_job
from tests.core.mail.server import Postbox, running


@outside
def send_letter(*, to: str, number: int = 1) -> None:
    post(letter(to=to, message_id=f"answer-{number}-1"))


def letter(**other: object) -> Letter:
    values = {
        "recipient": "Käthe",
        "url": "http://localhost/posts/1",
        "topic_title": "Router übers WLAN zurücksetzen",
        "actor_name": "Jörg",
        "excerpt": "Drücken Sie zehn Sekunden.",
    }
    return Letter(
        **{  # type: ignore[arg-type]
            "kind": "answer",
            "to": "kaethe@example.org",
            "locale": "de",
            "values": values,
            "message_id": "answer-1-1",
            "settings_url": "http://localhost/account/settings",
            **other,
        }
    )


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def environment(environment: dict[str, str], port: int) -> dict[str, str]:
    return {**environment, "MAIL_URL": f"smtp://127.0.0.1:{port}?from=forum@example.de"}


@pytest.fixture
def postbox(app: Flask) -> Postbox:
    app.extensions["helferkreis.jobs"] = calls_by_name([send_letter])
    return Postbox()


@pytest.fixture
def server(postbox: Postbox, port: int) -> Iterator[Postbox]:
    with running(postbox, port):
        yield postbox


def wish(number: int = 1, to: str = "kaethe@example.org") -> None:
    with transaction():
        enqueue(send_letter, to=to, number=number)


def drain_for(app: Flask, seconds: int, *, step: int = 1) -> None:
    """Run jobs while that much time passes, looking every `step` seconds."""
    with time_machine.travel(clock.now(), tick=False) as travel:
        for _ in range(0, seconds, step):
            Runner(app).drain()
            travel.shift(timedelta(seconds=step))


def test_a_letter_arrives_with_umlauts_in_both_formats(app: Flask, server: Postbox) -> None:
    wish()
    Runner(app).drain()
    (mail,) = server.mails
    assert mail["To"] == "kaethe@example.org"
    assert "forum@example.de" in mail["From"]
    assert "Router übers WLAN zurücksetzen" in mail["Subject"]
    assert mail["Message-ID"] == "<answer-1-1@localhost>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] == "<http://localhost/account/settings>"
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        assert "Drücken Sie zehn Sekunden." in body.get_content()
        assert "http://localhost/posts/1" in body.get_content()


def test_later_means_later(app: Flask, server: Postbox) -> None:
    server.rcpt = ["450 Greylisted, come back"]
    server.data = ["451 Not now"]
    wish()
    drain_for(app, 10)
    assert len(server.mails) == 1
    assert only_job().done_at is not None
    assert only_job().tries == 3


@pytest.mark.parametrize("where", ["rcpt", "data"])
def test_never_means_never(app: Flask, server: Postbox, where: str) -> None:
    setattr(server, where, ["550 No such person"])
    wish()
    drain_for(app, 10)
    job = only_job()
    assert server.mails == []
    assert (job.tries, job.error) == (1, "Undeliverable: 550 No such person")
    assert job.failed_at is not None


@pytest.mark.slow
def test_r08_a_server_that_is_down_for_five_minutes_loses_nothing(
    app: Flask, postbox: Postbox, port: int
) -> None:
    for number in range(20):
        wish(number)
    drain_for(app, 300, step=15)
    assert postbox.mails == []
    with running(postbox, port), time_machine.travel(clock.now() + timedelta(minutes=10)):
        Runner(app).drain()
    ids = [mail["Message-ID"] for mail in postbox.mails]
    assert len(ids) == len(set(ids)) == 20
    db.session.rollback()
    assert rows.count_open() == 0


def test_r08_a_lost_acknowledgement_sends_the_same_message_id_again(
    app: Flask, server: Postbox
) -> None:
    server.lost_acks = 1
    wish()
    drain_for(app, 10)
    assert [mail["Message-ID"] for mail in server.mails] == ["<answer-1-1@localhost>"] * 2
    assert only_job().done_at is not None


def test_a_server_that_answers_nothing_is_left_in_time(
    app: Flask, postbox: Postbox, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "STEP_SECONDS", 0.2)
    wish()
    with socket.create_server(("127.0.0.1", port)):
        Runner(app).drain()
    assert only_job().failed_at is None
    assert "timed out" in (only_job().error or "")


def test_a_tarpit_is_left_when_the_whole_takes_too_long(
    app: Flask, server: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "WHOLE_SECONDS", 0.3)
    tarpit = Tarpit()
    monkeypatch.setattr(type(server), "handle_RCPT", tarpit.handle_RCPT)
    wish()
    Runner(app).drain()
    assert server.mails == []
    assert only_job().failed_at is None
    assert only_job().tries == 1


class Tarpit:
    async def handle_RCPT(self, *_: object) -> str:  # noqa: N802
        import asyncio

        await asyncio.sleep(1.5)
        return "250 OK"


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "a@b\r\nBcc: c@example.org", "a@b.de, c@d.de", "a b@c.de", "a@b..de", "ü@b.de"],
)
def test_what_is_no_address_fails_at_once(app: Flask, server: Postbox, address: str) -> None:
    wish(to=address)
    Runner(app).drain()
    assert server.mails == []
    assert only_job().failed_at is not None


def test_the_mail_url_is_taken_apart() -> None:
    url = "smtp+starttls://for%40um:p%40ss%3A@mail.example.de?from=a@b.de"
    assert MailServer.from_url(url) == MailServer(
        "smtp+starttls", "mail.example.de", 587, "for@um", "p@ss:"
    )
    assert MailServer.from_url("smtps://mail.example.de").port == 465
    assert MailServer.from_url("smtp://127.0.0.1:2525").port == 2525
