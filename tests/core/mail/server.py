"""A real SMTP server on loopback that answers as a test wishes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

OK = "250 OK"


class Postbox:
    """Keeps what was delivered. `rcpt` and `data` hold the next answers; afterwards all is well."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.rcpt: list[str] = []
        self.data: list[str] = []
        self.lost_acks = 0

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, to: str, _o: Any) -> str:  # noqa: N802
        answer = self.rcpt.pop(0) if self.rcpt else OK
        if answer == OK:
            envelope.rcpt_tos.append(to)
        return answer

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.data.pop(0) if self.data else OK
        if answer == OK:
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        if self.lost_acks:
            self.lost_acks -= 1
            server.transport.abort()
        return answer


@contextmanager
def running(postbox: Postbox, port: int) -> Iterator[None]:
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


Deliver = Callable[..., None]
