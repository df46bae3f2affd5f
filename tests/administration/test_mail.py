"""Test letters: through the real job to a real server, and what is said when that does not work."""

from __future__ import annotations

import smtplib
import socket
import ssl
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from app.administration import actions
from app.administration.guide import guide
from app.administration.guide.mail import MAIL_ADVICE
from app.administration.models import MailTest
from app.core import clock
from app.core.db import db, transaction
from app.core.errors import Forbidden
from app.core.events import EventRow
from app.core.jobs import rows
from app.core.jobs.runner import Runner
from app.core.mail import MailServer, Undeliverable, answer_of, fault_of
from tests import cast
from tests.core.mail.server import Postbox, running

PASSWORD = "Geheim-Wort-7"


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def environment(environment: dict[str, str], port: int) -> dict[str, str]:
    return {**environment, "MAIL_URL": f"smtp://127.0.0.1:{port}?from=forum@example.de"}


@pytest.fixture
def ada(client_as: Any) -> Any:
    return client_as("Ada", "de")


def newest() -> MailTest:
    db.session.rollback()
    return db.session.scalars(select(MailTest).order_by(MailTest.id.desc())).first()  # type: ignore[return-value]


def is_proven() -> bool:
    db.session.rollback()
    return guide().line("mail").is_done


def test_a_test_letter_arrives_and_the_step_is_done(app: Flask, ada, port):
    assert not is_proven()
    sent = ada.submit("/admin/mail", to="fremd@example.org")
    assert sent.location == "/admin/mail#tests"
    assert "Wartet" in ada.get("/admin/mail").text
    postbox = Postbox()
    with running(postbox, port):
        Runner(app).drain()
    assert [mail["To"] for mail in postbox.mails] == ["ada@example.org"], "never to anybody else"
    assert postbox.mails[0]["From"].addresses[0].addr_spec == "forum@example.de"
    assert (newest().fault, newest().ended_at is None) == ("", False)
    assert is_proven()
    page = ada.get("/admin/mail").text
    assert "Gesendet" in page
    assert "hx-trigger" not in page.split('id="tests"')[1].split("</section>")[0]


def test_a_letter_is_sent_once_however_often_its_job_runs(app: Flask, ada, port):
    from app.administration.reactions import send_test_letter

    ada.submit("/admin/mail")
    postbox = Postbox()
    with running(postbox, port):
        Runner(app).drain()
        send_test_letter(newest().id)
    assert len(postbox.mails) == 1


def test_a_fault_is_shown_with_what_to_do_and_is_no_failed_job(app: Flask, ada):
    ada.submit("/admin/mail")
    Runner(app).drain()
    assert newest().fault == "refused"
    page = ada.get("/admin/mail").text
    assert "587" in page
    assert "Connection refused" in page
    assert not is_proven()
    assert rows.count_failed() == 0


def test_the_servers_answer_is_shown(app: Flask, ada, port):
    ada.submit("/admin/mail")
    postbox = Postbox()
    postbox.rcpt.append("550 5.7.1 no mail for strangers")
    with running(postbox, port):
        Runner(app).drain()
    assert (newest().fault, newest().answer) == ("recipient", "550 5.7.1 no mail for strangers")
    postbox.rcpt.append("451 4.7.1 greylisted")
    with running(postbox, port):
        ada.submit("/admin/mail")
        Runner(app).drain()
        assert newest().fault == "later"
        ada.submit("/admin/mail")
        Runner(app).drain()
    assert is_proven()


def test_another_server_must_be_tested_anew(app: Flask):
    ada = cast.actor("Ada")
    with transaction():
        old = actions.ask_for_test_letter(ada, server="smtp://elsewhere:25")
        actions.end_test_letter(old.id)
    line = guide().line("mail")
    assert (line.is_done, "has changed" in line.missing) == (False, True)


def test_a_worker_that_does_not_run_is_noticed(ada):
    ada.submit("/admin/mail")
    assert "Läuft er?" not in ada.get("/admin/mail").text
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        assert "Läuft er?" in ada.get("/admin/mail").text


def test_the_same_press_sends_one_letter(ada):
    for _ in range(2):
        ada.submit("/admin/mail", idempotency_key="once-and-only-once")
    assert db.session.scalar(select(func.count()).select_from(MailTest)) == 1


@pytest.mark.parametrize("name", ["guest", "Karin", "Anna", "Mo"])
def test_others_send_no_test_letters(app: Flask, name):
    actor = cast.actor(name)
    with pytest.raises(Forbidden), transaction():
        actions.ask_for_test_letter(actor, server="")
    assert db.session.scalar(select(func.count()).select_from(EventRow)) == 0


class TestWithAPassword:
    @pytest.fixture
    def environment(self, environment: dict[str, str], port: int) -> dict[str, str]:
        url = f"smtp+starttls://forum:{PASSWORD}@127.0.0.1:{port}"
        return {**environment, "MAIL_URL": url}

    def test_it_is_never_shown(self, app: Flask, ada, port):
        ada.submit("/admin/mail")
        with running(Postbox(), port):
            Runner(app).drain()
        assert newest().fault == "not_offered", "the server knows no STARTTLS"
        page = ada.get("/admin/mail").text
        assert "forum@127.0.0.1" in page
        assert PASSWORD not in page
        assert PASSWORD not in f"{newest().server} {newest().answer}"


class TestWithoutAServer:
    @pytest.fixture
    def environment(self, environment: dict[str, str]) -> dict[str, str]:
        return {**environment, "MAIL_URL": ""}

    def test_the_letter_becomes_a_file(self, app: Flask, ada, outbox):
        assert "outbox" in ada.get("/admin/mail").text
        ada.submit("/admin/mail")
        Runner(app).drain()
        assert len(outbox()) == 1
        assert is_proven()


FAULTS = [
    (socket.gaierror(-2, "Name or service not known"), "unknown_host"),
    (ConnectionRefusedError(111, "Connection refused"), "refused"),
    (TimeoutError("timed out"), "timeout"),
    (ssl.SSLCertVerificationError("self-signed"), "certificate"),
    (ssl.SSLError("WRONG_VERSION_NUMBER"), "tls"),
    (smtplib.SMTPAuthenticationError(535, b"5.7.8 no"), "authentication"),
    (smtplib.SMTPSenderRefused(530, b"sign in first", "a@b.de"), "authentication"),
    (smtplib.SMTPSenderRefused(553, b"not yours", "a@b.de"), "sender"),
    (smtplib.SMTPNotSupportedError("STARTTLS extension not supported"), "not_offered"),
    (smtplib.SMTPServerDisconnected("Connection unexpectedly closed"), "hung_up"),
    (ConnectionResetError(104, "reset"), "hung_up"),
    (smtplib.SMTPConnectError(421, b"busy"), "later"),
    (Undeliverable("550 no"), "recipient"),
    (OSError(101, "Network is unreachable"), "unreachable"),
    (smtplib.SMTPException("odd"), "other"),
]


@pytest.mark.parametrize(("error", "fault"), FAULTS, ids=lambda value: str(value)[:20])
def test_each_usual_fault_has_its_advice(error: Exception, fault: str):
    assert fault_of(error) == fault
    assert fault in MAIL_ADVICE
    assert answer_of(error, None)


def test_every_advice_belongs_to_a_fault():
    assert MAIL_ADVICE.keys() == {fault for _error, fault in FAULTS} | {"no_address"}


def test_a_server_that_repeats_the_password_does_not_spread_it():
    url = f"smtps://forum:{PASSWORD}@mail.example.de"
    error = smtplib.SMTPAuthenticationError(535, f"wrong: {PASSWORD}".encode())
    assert answer_of(error, url) == "535 wrong: •••"
    assert PASSWORD not in MailServer.from_url(url).shown
