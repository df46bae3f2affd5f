"""A draft of the netiquette as it will be published, and what keeps it from being published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from app.core.errors import N_
from app.core.locale import LANGUAGES
from app.core.settings import load_settings
from app.core.text import TextError, render
from app.moderation.actions.rulebook import FRAME, netiquette_text
from app.moderation.models import RULE_TEXT_LENGTH, RULE_TITLE_LENGTH

PLACEHOLDER = re.compile(r"\{[a-zA-Z_]+\}")
WORDS = ("title", "text", "reason", "example")
TOO_MUCH = {
    "too_dense": N_(
        "The texts have too many formatting characters close together to be shown well. Please "
        "remove some of them."
    ),
    "bad_character": N_(
        "The texts contain a character that cannot be stored. Please type that passage again."
    ),
}
TOO_LONG = N_(
    "All rules and texts together are longer than one page may be. Please shorten some of them."
)

Fault = tuple[int, str]


def placeholders() -> dict[str, str]:
    """What stands for {company}, {forum} and {contact}."""
    site = load_settings()
    return {
        "company": site.company or site.provider,
        "forum": site.name,
        "contact": site.contact_email or site.contact_url,
    }


def filled(content: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """Numbered, and with words for the placeholders."""
    rules = [
        {
            **{part: _fill(rule[part], values) for part in WORDS},
            **{k: rule[k] for k in ("steps", "dsa_ground", "dsa_category", "reportable")},
            "number": number,
        }
        for number, rule in enumerate(content["rules"], 1)
    ]
    return {**{part: _fill(content[part], values) for part in FRAME}, "rules": rules}


def draft_faults(content: Mapping[str, Any], values: Mapping[str, str]) -> Iterator[Fault]:
    """(number of the rule, message id) of what is wrong; 0 for what stands around the rules."""
    whole = filled(content, values)
    yield from _faults_of_rules(whole["rules"])
    yield from _faults_of_texts(0, [whole[part] for part in FRAME])
    for rule in whole["rules"]:
        yield from _faults_of_texts(rule["number"], [rule[part] for part in WORDS])
        yield from _faults_of_lengths(rule)
    yield from _faults_of_page(whole)


def _faults_of_rules(rules: list[dict[str, Any]]) -> Iterator[Fault]:
    if not rules:
        sentence = N_(
            "A netiquette has at least one rule. Please keep this one or add another first."
        )
        yield 0, sentence
    elif not any(rule["reportable"] for rule in rules):
        sentence = N_(
            "Members need at least one rule under which they can report. Please allow it for one."
        )
        yield 0, sentence


def _faults_of_texts(number: int, texts: list[dict[str, str]]) -> Iterator[Fault]:
    words = [text[language] for text in texts for language in LANGUAGES]
    if not all(word.strip() for word in words):
        yield number, N_("A text is missing in one of the languages. Please add it.")
    if any(PLACEHOLDER.search(word) for word in words):
        sentence = N_(
            "A placeholder has no words yet. Please fill them in under “Look” or “Imprint and "
            "contacts”."
        )
        yield number, sentence


def _faults_of_lengths(rule: dict[str, Any]) -> Iterator[Fault]:
    """The form knew the placeholders only; what stands for them may be longer."""
    most = dict.fromkeys(WORDS, RULE_TEXT_LENGTH) | {"title": RULE_TITLE_LENGTH}
    if any(len(word) > most[part] for part in WORDS for word in rule[part].values()):
        sentence = N_(
            "With the words for its placeholders a text of this rule becomes too long. Please "
            "shorten it."
        )
        yield rule["number"], sentence


def _faults_of_page(whole: dict[str, Any]) -> Iterator[Fault]:
    """All of it becomes one text in each language, which has the limits of every text."""
    for language in LANGUAGES:
        try:
            render(netiquette_text(whole, language), headings_lower_by=0)
        except TextError as error:
            yield 0, TOO_MUCH.get(error.code, TOO_LONG)
            return


def _fill(words: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    def word(found: re.Match[str]) -> str:
        return values.get(found[0].strip("{}"), "") or found[0]

    return {language: PLACEHOLDER.sub(word, text) for language, text in words.items()}
