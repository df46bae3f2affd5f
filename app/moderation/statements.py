"""The letter that the author gets: one function for the preview and for the decision. No I/O.

It is plain text in paragraphs; a paragraph that is one line ending with ":" is a heading. Both
languages are written at once, because the author's may change and the ledger keeps both.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import format_date, format_datetime
from flask_babel import gettext as _

from app.core.locale import speaking
from app.moderation.rules import APPEAL_DAYS, appeal_deadline

#: How we learned of the post, in the words of the Transparency Database.
BY_NOTICE = "SOURCE_ARTICLE_16"
BY_REPORT = "SOURCE_TYPE_OTHER_NOTIFICATION"
BY_OURSELVES = "SOURCE_VOLUNTARY"


@dataclass(frozen=True)
class Draft:
    """Everything that the letter says. `reasons` are the prepared words for this rule, by language."""

    kind: str
    item: Any
    moment: datetime
    facts: str
    rule: Any = None
    rulebook: Any = None
    reasons: Any = None
    legal_ground: str = ""
    source_type: str = BY_OURSELVES
    automated_detection: bool = False
    provisional: bool = False
    confirms: bool = False


@dataclass(frozen=True)
class Letters:
    """The letter in both languages, and a mark by which a form says what was shown.

    The mark covers the post too: the decision keeps the text that was looked at, or is not taken.
    """

    de: str
    en: str
    post_text: str = ""

    @property
    def mark(self) -> str:
        shown = "\0".join((self.de, self.en, self.post_text))
        return hashlib.sha256(shown.encode()).hexdigest()

    def within(self, language: str) -> str:
        return self.de if language == "de" else self.en


def write_letters(draft: Draft) -> Letters:
    """Empty for decisions of which the author gets no letter."""
    return Letters(de=_letter(draft, "de"), en=_letter(draft, "en"), post_text=draft.item.text)


def parts_of(statement: str) -> list[tuple[str, str]]:
    """A letter for a template: ("heading" or "text", words) in order."""
    parts = []
    for paragraph in statement.split("\n\n"):
        heading = "\n" not in paragraph and paragraph.endswith(":")
        parts.append(("heading", paragraph[:-1]) if heading else ("text", paragraph))
    return parts


def _letter(draft: Draft, language: str) -> str:
    with speaking(language):
        if draft.kind in ("hide", "reject"):
            paragraphs = _restriction(draft, language)
        elif draft.kind == "restore":
            paragraphs = _restored(draft)
        else:
            paragraphs = []
    return "\n\n".join(paragraphs)


def _restriction(draft: Draft, language: str) -> list[str]:
    return [
        _("Hello %(name)s,", name=draft.item.author_name),
        _what(draft),
        _heading(_("Why")),
        *_why(draft, language),
        _heading(_("How we learned of it")),
        _how_found(draft),
        _heading(_("What you can do")),
        *_remedies(draft, language),
    ]


def _what(draft: Draft) -> str:
    """What was done, and how far it reaches."""
    if draft.kind == "reject":
        sentence: str = _(
            "we have not published your post of %(date)s in the topic “%(title)s”. "
            "Only you and the team can see it, in all countries and without end."
        )
    elif draft.provisional:
        sentence = _(
            "a super user has hidden your post of %(date)s in the topic “%(title)s”. Others cannot "
            "see it, in all countries, until the service team has looked at it."
        )
    elif draft.confirms:
        sentence = _(
            "we have looked at your post of %(date)s in the topic “%(title)s”, which was hidden "
            "provisionally. It stays hidden from others, in all countries and without end."
        )
    else:
        sentence = _(
            "we have hidden your post of %(date)s in the topic “%(title)s”. Others can no longer "
            "see it, in all countries and without end."
        )
    return sentence % _place(draft)


def _place(draft: Draft) -> dict[str, str]:
    return {"date": _written(draft.item.created_at), "title": draft.item.title}


def _written(moment: datetime) -> str:
    """To the minute, in the forum's time zone; the catalogue holds the form of the language."""
    return str(format_datetime(moment, _("d MMMM y, HH:mm")))


def _why(draft: Draft, language: str) -> list[str]:
    rule = _(
        "It breaks rule %(number)s of our netiquette, “%(title)s”, in the version of %(date)s.",
        number=draft.rule.number,
        title=getattr(draft.rule, f"title_{language}"),
        date=format_date(draft.rulebook.valid_from, "long"),
    )
    law = (
        _("We also consider it illegal. Legal ground: %(ground)s.", ground=draft.legal_ground)
        if draft.legal_ground
        else ""
    )
    explanation = draft.reasons["explanation"][language] if draft.reasons else ""
    return [" ".join(p for p in (rule, explanation, law) if p), draft.facts]


def _how_found(draft: Draft) -> str:
    if draft.source_type == BY_NOTICE:
        found = _(
            "Somebody gave us notice of illegal content (Art. 16 of the Digital Services Act)."
        )
    elif draft.source_type == BY_REPORT:
        found = _("Members reported the post.")
    elif draft.automated_detection:
        found = _(
            "The forum holds the first posts of new members until somebody has looked at them."
        )
    else:
        found = _("We came across the post ourselves.")
    decided = _("A person decided, not a program.")
    return f"{found} {decided}"


def _remedies(draft: Draft, language: str) -> list[str]:
    fix = draft.reasons["how_to_fix"][language] if draft.reasons else ""
    objecting = _(
        "If you think that this is wrong, you can object free of charge until %(date)s "
        "(%(days)s days), here in the forum, on the page of this decision. Somebody else from the "
        "team then decides, never a program.",
        date=format_date(appeal_deadline(draft.moment), "long"),
        days=APPEAL_DAYS,
    )
    elsewhere = _(
        "You can also turn to a certified out-of-court dispute settlement body (Art. 21 of the "
        "Digital Services Act) or go to court."
    )
    return [*([fix] if fix else []), objecting, elsewhere]


def _restored(draft: Draft) -> list[str]:
    return [
        _("Hello %(name)s,", name=draft.item.author_name),
        _(
            "your post of %(date)s in the topic “%(title)s” is visible to others again. We have "
            "taken back the decision to hide it, with everything that followed from it.",
            **_place(draft),
        ),
        *([_heading(_("Why")), draft.facts] if draft.facts else []),
        _("Thank you for your patience."),
    ]


def _heading(words: str) -> str:
    return f"{words}:"
