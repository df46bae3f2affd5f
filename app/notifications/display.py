"""Rows → the sentences of the inbox, each with the page that it leads to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.accounts.actor import Actor
from app.core.errors import N_
from app.core.locale import current_language
from app.core.web.converters import slugged
from app.notifications import queries

#: News of posts.
SENTENCES = {
    "answer": N_("%(name)s answered in “%(title)s”."),
    "comment": N_("%(name)s commented in “%(title)s”."),
    "mention": N_("%(name)s mentioned you in “%(title)s”."),
    "acceptance": N_("%(name)s marked your answer in “%(title)s” as the solution."),
    "official": N_("The team stands behind your answer in “%(title)s”."),
}
DECISIONS = {
    "hide": N_("Your post in “%(title)s” was hidden. Here is why, and what you can do."),
    "reject": N_("Your post in “%(title)s” was not published. Here is why, and what you can do."),
    "restore": N_("Your post in “%(title)s” is visible again."),
}
OUTCOMES = {
    "hide": N_("Thank you: the post in “%(title)s” that you reported was hidden."),
    "reject": N_("Thank you: the post in “%(title)s” that you reported was not published."),
    "keep": N_("We looked at the post in “%(title)s” that you reported. It stays visible."),
    "approve": N_("We looked at the post in “%(title)s” that you reported. It stays visible."),
    "restore": N_("The post in “%(title)s” that you reported is visible again after an objection."),
}
APPEALS = {
    "upheld": N_("Your objection about “%(title)s” was examined; the decision stands."),
    "reversed": N_("Your objection about “%(title)s” was right; the decision is reversed."),
}


def items(viewer: Actor, rows: Sequence[Any]) -> list[dict[str, object]]:
    """Without those whose subject the viewer may no longer know of."""
    keys = [(row.subject_kind, row.subject_id) for row in rows if row.subject_kind]
    subjects = queries.subjects(viewer, keys)
    shown = []
    for row in rows:
        subject = subjects.get((row.subject_kind, row.subject_id)) if row.subject_kind else row
        if subject is not None:
            text, url = _told(row, subject)
            shown.append(
                {
                    "text": text,
                    "url": url,
                    "open_url": url_for("notifications.open", id=row.id),
                    "kind": row.kind,
                    "created_at": row.created_at,
                    "read": row.read_at is not None,
                }
            )
    return shown


def _told(row: Any, subject: Any) -> tuple[str, str]:
    if row.subject_kind is None:
        sentence = _(SENTENCES[row.kind], name=row.actor_name, title=row.topic_title)
        return sentence, url_for("forum.post", id=row.post_id)
    return _SUBJECTS[row.kind](subject)


def _decision(decision: Any) -> tuple[str, str]:
    sentence = _(DECISIONS[decision.kind], title=decision.title)
    return sentence, url_for("moderation.decision", id=decision.id)


def _outcome(decision: Any) -> tuple[str, str]:
    if decision.title is None:
        sentence = _("We have decided about a post that you reported. Thank you.")
    else:
        sentence = _(OUTCOMES[decision.kind], title=decision.title)
    if decision.readable:
        return sentence, url_for("forum.post", id=decision.post_id)
    return sentence, url_for("accounts.document")


def _appeal(appeal: Any) -> tuple[str, str]:
    sentence = _(APPEALS[appeal.outcome], title=appeal.title)
    return sentence, url_for("moderation.decision", id=appeal.decision_id)


def _invitation(nomination: Any) -> tuple[str, str]:
    sentence = _("The team invites you to become a super user. Please read the charter.")
    return sentence, url_for("superusers.charter")


def _term(term: Any) -> tuple[str, str]:
    sentence = _("Welcome, you are a super user now. Thank you for helping.")
    return sentence, url_for("superusers.programme")


def _rank(rank: Any) -> tuple[str, str]:
    name = rank.name_de if current_language() == "de" else rank.name_en
    return _("You have reached the rank “%(rank)s”.", rank=name), url_for("superusers.programme")


def _article(article: Any) -> tuple[str, str]:
    sentence = _("Your answer became the article “%(title)s”.", title=article.title)
    return sentence, url_for("knowledge.article", id=slugged(article.id, article.title))


_SUBJECTS: Mapping[str, Callable[[Any], tuple[str, str]]] = {
    "decision": _decision,
    "report_outcome": _outcome,
    "appeal_decided": _appeal,
    "nomination": _invitation,
    "superuser": _term,
    "rank": _rank,
    "article": _article,
}
