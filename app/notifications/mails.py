"""What the mails say: the letter about a post, and the letters about other things."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.core.locale import spoken
from app.core.mail import Letter, link, one_line
from app.core.text import excerpt, plain
from app.core.web.converters import slugged

EXCERPT_LENGTH = 300


def about_post(found: Any, kind: str, recipient: Any, actor_name: str, account_id: int) -> Letter:
    text = excerpt(plain(found.html or ""), EXCERPT_LENGTH)
    return Letter(
        kind=kind,
        to=recipient.email,
        locale=recipient.locale,
        values={
            "recipient": one_line(recipient.name),
            "url": link("forum.post", id=found.id),
            "topic_title": one_line(found.topic_title, len(found.topic_title)),
            "actor_name": one_line(actor_name),
            "excerpt": one_line(text, EXCERPT_LENGTH),
        },
        message_id=f"{kind}-{found.id}-{account_id}",
        settings_url=link("accounts.settings"),
        thread=f"topic-{found.topic_id}",
    )


def is_due(kind: str, subject: Any) -> bool:
    """An invitation that was answered or taken back meanwhile is no news any more, nor a term that
    is over; nor an objection that was right: the letter of the decision has said it.
    """
    if kind == "nomination":
        return bool(subject.state == "confirmed")
    if kind == "superuser":
        return subject.ended_at is None
    return not (kind == "appeal_decided" and subject.outcome == "reversed")


def about_subject(kind: str, subject: Any, recipient: Any, account_id: int) -> Letter:
    owed = kind in ("decision", "appeal_decided")
    language = spoken(recipient.locale)
    return Letter(
        kind=kind,
        to=recipient.email,
        locale=language,
        values={"recipient": one_line(recipient.name), **_VALUES[kind](subject, language)},
        message_id=f"{kind}-{subject.id}-{account_id}",
        settings_url=None if owed else link("accounts.settings"),
    )


def _decision(decision: Any, locale: str) -> dict[str, Any]:
    """The statement exactly as it was shown and kept; it greets by itself."""
    return {
        "statement": decision.statement_de if locale == "de" else decision.statement_en,
        "decision_kind": decision.kind,
        "title": _title(decision.title),
        "url": link("moderation.decision", id=decision.id),
    }


def _outcome(decision: Any, locale: str) -> dict[str, Any]:
    return {
        "decision_kind": decision.kind,
        "title": _title(decision.title or ""),
        "url": link("forum.post", id=decision.post_id)
        if decision.readable
        else link("accounts.document"),
        "readable": decision.readable,
    }


def _appeal(appeal: Any, locale: str) -> dict[str, Any]:
    return {
        "title": _title(appeal.title),
        "reasons": appeal.reasons,
        "url": link("moderation.decision", id=appeal.decision_id),
    }


def _invitation(nomination: Any, locale: str) -> dict[str, Any]:
    return {"url": link("superusers.charter")}


def _term(term: Any, locale: str) -> dict[str, Any]:
    return {"url": link("superusers.programme"), "ends_at": term.ends_at}


def _rank(rank: Any, locale: str) -> dict[str, Any]:
    return {
        "rank": one_line(rank.name_de if locale == "de" else rank.name_en),
        "url": link("superusers.programme"),
    }


def _article(article: Any, locale: str) -> dict[str, Any]:
    return {
        "title": _title(article.title),
        "url": link("knowledge.article", id=slugged(article.id, article.title)),
    }


_VALUES: Mapping[str, Callable[[Any, str], dict[str, Any]]] = {
    "decision": _decision,
    "report_outcome": _outcome,
    "appeal_decided": _appeal,
    "nomination": _invitation,
    "superuser": _term,
    "rank": _rank,
    "article": _article,
}


def _title(title: str) -> str:
    return one_line(title, len(title)) if title else ""
