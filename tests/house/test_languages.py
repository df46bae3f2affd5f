"""Both languages are complete: every sentence is marked, translated, and keeps its placeholders."""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from scripts.messages import extract, german
from tests.house.tree import PLANTED, ROOT, line_of, modules, templates

PLACE = re.compile(r"%\((\w+)\)[a-z]|%(?![(%])[a-z]")
#: Calls whose first argument a person reads: it must be marked with N_() or translated at once.
SPEAKING = {
    "deny",
    "AppError",
    "BadRequest",
    "Forbidden",
    "NotFound",
    "Gone",
    "Conflict",
    "Refused",
    "TooMany",
    "Unavailable",
}
#: Words that are the same in both languages.
NAMES = {"Helferkreis", "Markdown", "Deutsch", "English", "DE", "EN", "HTML", "URL"}
UNKIND = re.compile(r"!|\w[*:_]in(nen)?\b|\bdu\b|\bdein", re.IGNORECASE)


def untranslated(found: Catalog, catalogue: Catalog) -> list[str]:
    faults: list[str] = []
    for message in _messages(found):
        known = catalogue.get(message.id, message.context)
        if known is None:
            faults.append(f"missing: {_id(message)}")
        elif not all(_strings(known)):
            faults.append(f"empty: {_id(message)}")
        elif known.fuzzy:
            faults.append(f"fuzzy: {_id(message)}")
        elif not places_agree(message, known):
            faults.append(f"placeholders differ: {_id(message)}")
        elif any(UNKIND.search(string) for string in _strings(known)):
            faults.append(f"not our tone: {_strings(known)[0]}")
    left = {_id(m) for m in _messages(catalogue)} - {_id(m) for m in _messages(found)}
    return sorted(faults) + sorted(f"left over: {name}" for name in left)


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def places_agree(source: Message, translated: Message) -> bool:
    """A singular may leave the number out ("one answer"); everything else stays."""
    ids = [source.id] if isinstance(source.id, str) else list(source.id)
    wanted = [set(PLACE.findall(text)) for text in ids]
    given = [set(PLACE.findall(text)) for text in _strings(translated)]
    return given[-1] == wanted[-1] and given[0] <= wanted[0] | wanted[-1]


def unmarked(root: Path) -> list[str]:
    """Sentences for people that the extraction cannot see."""
    faults: list[str] = []
    for module in modules(root):
        for name, node in module.calls():
            first = node.args[0] if node.args else None
            literal = isinstance(first, ast.JoinedStr) or (
                isinstance(first, ast.Constant) and isinstance(first.value, str)
            )
            if name.split(".")[-1] in SPEAKING and literal:
                faults.append(f"{module.shown}:{node.lineno}: {name}() with an unmarked sentence")
    return faults + [fault for path in templates(root) for fault in _bare_words(path, root)]


def _bare_words(path: Path, root: Path) -> Iterator[str]:
    source = path.read_text("utf-8")
    for pattern in (
        r"\{#.*?#\}",
        r"\{%-?\s*(trans|raw)\b.*?\{%-?\s*end\1",
        r"\{%-?\s*block \w*_class\s.*?\{%-?\s*endblock",
        r"\{%.*?%\}",
        r"\{\{.*?\}\}",
        r"<!.*?>",
        r"<(script|style|svg)\b.*?</\1>",
    ):
        source = re.sub(pattern, _blank, source, flags=re.DOTALL)
    shown = re.sub(r"<[^>]*>", _keep_spoken_attributes, source, flags=re.DOTALL)
    for word in re.finditer(r"[^\W\d_]{2,}", html.unescape(shown)):
        if word[0] not in NAMES:
            yield f"{path.relative_to(root)}:{line_of(shown, word.start())}: “{word[0]}” is not marked"


def _blank(hit: re.Match[str]) -> str:
    return "\n" * hit[0].count("\n")


def _keep_spoken_attributes(tag: re.Match[str]) -> str:
    spoken = re.findall(r"\s(?:alt|title|placeholder|aria-label)=\"([^\"]*)\"", tag[0])
    return " ".join(spoken) + _blank(tag)


def test_every_message_has_a_german_translation():
    found = extract(ROOT)
    assert len(found) > 100, "the extraction finds the app's messages"
    assert untranslated(found, german(ROOT)) == []


def test_every_sentence_is_marked():
    assert unmarked(ROOT) == []


def test_planted_gaps_are_reported():
    root = PLANTED / "languages"
    assert untranslated(extract(root), german(root)) == [
        "empty: Empty",
        "fuzzy: Fuzzy",
        "missing: %(num)d more answer",
        "missing: Marked for later",
        "missing: Missing in a template",
        "not our tone: Los geht’s!",
        "placeholders differ: Hello %(name)s",
        "left over: Nobody says this any more",
    ]


def test_planted_unmarked_sentences_are_reported():
    assert unmarked(PLANTED / "languages") == [
        "app/forum.py:13: deny() with an unmarked sentence",
        "app/forum.py:14: errors.Refused() with an unmarked sentence",
        "app/templates/page.html:3: “Bare” is not marked",
        "app/templates/page.html:4: “Suche” is not marked",
    ]


@pytest.mark.parametrize(("german_text", "agrees"), [("Eine Antwort", True), ("%(n)d A", False)])
def test_a_singular_may_leave_the_number_out(german_text, agrees):
    po = f'msgid "%(num)d answer"\nmsgid_plural "%(num)d answers"\nmsgstr[0] "{german_text}"\n'
    catalogue = read_po(BytesIO(f'{po}msgstr[1] "%(num)d Antworten"\n'.encode()), locale="de")
    source = Catalog()
    source.add(("%(num)d answer", "%(num)d answers"))
    assert (untranslated(source, catalogue) == []) is agrees
