"""Hands a message to a mail server and says what its answer means: sent, later, or never."""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from app.core.jobs import GiveUp

STEP_SECONDS = 10  # for one answer of the server
WHOLE_SECONDS = 60  # for the whole delivery: a tarpit answers each step in time
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
PERMANENT = 500  # SMTP: 4xx means later, 5xx means never


UnknownHost = socket.gaierror


class Undeliverable(GiveUp):
    """The server refused this recipient or this message for good."""


@dataclass(frozen=True)
class MailServer:
    """MAIL_URL, taken apart. User and password may be percent-encoded."""

    scheme: str
    host: str
    port: int
    user: str | None
    password: str | None

    @classmethod
    def from_url(cls, url: str) -> MailServer:
        parts = urlsplit(url)
        return cls(
            scheme=parts.scheme,
            host=parts.hostname or "localhost",
            port=parts.port or PORTS[parts.scheme],
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )

    @property
    def shown(self) -> str:
        """Where and as whom, for people: never the password."""
        user = f"{self.user}@" if self.user else ""
        return f"{self.scheme}://{user}{self.host}:{self.port}"


def send(message: EmailMessage, url: str) -> None:
    """Deliver, or raise Undeliverable for ever and any other error for now.

    A server's complaint about our name, sender or password is for now: the operator can mend it,
    and the mails of that time must not be lost.
    """
    with _connected(MailServer.from_url(url)) as server:
        try:
            server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = next(iter(error.recipients.values()))
            raise _meaning(code, answer) from error
        except smtplib.SMTPDataError as error:
            raise _meaning(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise Undeliverable(f"The server cannot write to such an address: {error}") from error


def _meaning(code: int, answer: bytes | str) -> Exception:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    if code >= PERMANENT:
        return Undeliverable(f"{code} {text}")
    return smtplib.SMTPResponseException(code, text)


@contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    connection = _connect(server)
    watch = threading.Timer(WHOLE_SECONDS, _cut, [connection])
    watch.daemon = True
    watch.start()
    try:
        if server.scheme == "smtp+starttls":
            connection.starttls(context=ssl.create_default_context())
        if server.user:
            connection.login(server.user, server.password or "")
        yield connection
        # The mail is accepted. A server that fails to say goodbye must not make us send it again.
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()
    finally:
        watch.cancel()
        connection.close()


def _connect(server: MailServer) -> smtplib.SMTP:
    if server.scheme == "smtps":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=STEP_SECONDS, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=STEP_SECONDS)


def _cut(connection: smtplib.SMTP) -> None:
    """Wake the thread that waits for the server: its next read fails at once."""
    if connection.sock is not None:
        with suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)
