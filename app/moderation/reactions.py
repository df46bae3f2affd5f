"""What moderation does because something happened. Everything here is safe to run twice.

Mails to members are sent by notifications; these go to people who gave notice, by address.
"""

from __future__ import annotations

from app.core import jobs
from app.core.mail import post
from app.moderation import actions, mails, queries


def review_held(*, post_id: int, held: bool) -> None:
    """A post that a gate held waits in the queue; others pass, at no cost."""
    if held:
        actions.open_case_about_held(post_id=post_id)


@jobs.outside
def send_receipt(*, notice_id: int) -> None:
    """Art. 16(4) DSA: confirm that the notice arrived, if there is an address."""
    notice = queries.notice(notice_id)
    if notice is not None and notice.email is not None:
        post(mails.receipt(notice))


def tell_notice_senders(*, decision_id: int) -> None:
    """Art. 16(5) DSA: one mail job for each sender with an address, once the staff has decided."""
    decision = queries.decision_row(decision_id)
    if decision is not None and not decision.provisional:
        for notice in queries.notices_of(decision.case_id):
            if notice.email is not None:
                jobs.enqueue(send_outcome, notice_id=notice.id, decision_id=decision_id)


@jobs.outside
def send_outcome(*, notice_id: int, decision_id: int) -> None:
    notice = queries.notice(notice_id)
    decision = queries.decision_row(decision_id)
    if notice is not None and notice.email is not None and decision is not None:
        post(mails.outcome(notice, decision))
