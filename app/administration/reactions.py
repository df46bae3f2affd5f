"""What administration does behind the request: test letters. They are safe to send twice."""

from __future__ import annotations

from flask import current_app

from app.accounts import queries as accounts
from app.administration import actions, queries
from app.core.db import transaction
from app.core.jobs import outside
from app.core.mail import Letter, Undeliverable, answer_of, fault_of, link, post

NO_ADDRESS = "no_address"


@outside
def send_test_letter(test_id: int) -> None:
    """Sent once, not again and again: the administrator mends what is wrong and asks anew."""
    test = queries.mail_test(test_id)
    if test is None or test.ended_at is not None:
        return
    recipient = accounts.mail_recipient(test.asked_by)
    if recipient is None:
        _end(test_id, fault=NO_ADDRESS)
        return
    try:
        post(
            Letter(
                kind="mail_test",
                to=recipient.email,
                locale=recipient.locale,
                values={"recipient": recipient.name, "url": link("administration.mail")},
                message_id=f"mail-test-{test_id}",
            )
        )
    except (OSError, Undeliverable) as error:
        url = current_app.extensions["helferkreis.config"].mail_url
        _end(test_id, fault=fault_of(error), answer=answer_of(error, url))
    else:
        _end(test_id)


def _end(test_id: int, *, fault: str = "", answer: str = "") -> None:
    with transaction():
        actions.end_test_letter(test_id, fault=fault, answer=answer)
