"""Letters to people who gave notice of illegal content: by address, perhaps without an account."""

from __future__ import annotations

from app.core.mail import Letter, link, one_line
from app.moderation.actions import notice_token
from app.moderation.models import Decision, Notice


def receipt(notice: Notice) -> Letter:
    return _letter("notice_receipt", notice, f"notice-receipt-{notice.id}")


def outcome(notice: Notice, decision: Decision) -> Letter:
    """What was decided; the author is named to nobody, and nobody to the author."""
    stamp = f"notice-outcome-{notice.id}-{decision.id}"
    return _letter("notice_outcome", notice, stamp, decision=decision)


def _letter(kind: str, notice: Notice, message_id: str, decision: Decision | None = None) -> Letter:
    return Letter(
        kind=kind,
        to=notice.email or "",
        locale=notice.language,
        values={
            "recipient": one_line(notice.name or notice.email or ""),
            "url": link("moderation.notice_status", token=notice_token(notice)),
            "item_url": notice.url,
            "received_at": notice.received_at,
            "reasons": notice.reasons,
            "decision": decision,
        },
        message_id=message_id,
        thread=f"notice-{notice.id}",
    )
