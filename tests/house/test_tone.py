"""Small rules of writing that are easily broken and easily found (docs/words.md has them all)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog

from scripts.messages import german, informal, strings
from tests.house.tree import PLANTED, ROOT

#: What one types into the search field: straight quotes belong to it.
SEARCHES = re.compile(r'"(stays dark|bleibt dunkel)"')
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
BOTH = {
    "three dots instead of …": re.compile(r"\.\.\."),
    "an exclamation mark": re.compile(r"!"),
    "straight quotes": re.compile(r'"'),
    "two spaces": re.compile(r"  "),
    "space at an end": re.compile(r"^\s|\s$"),
    "a hyphen as a dash": re.compile(r"[^\W_] - [^\W_]"),
    "space before a unit must not break": re.compile(r"\d (%%|[kKMG]B\b|px\b|€)|§ "),
    "the last sentence has no full stop": re.compile(r"\w[.?] .*[\w“”)]$", re.DOTALL),
}
ENGLISH = {
    "a straight apostrophe": re.compile(r"'"),
    "German quotes": re.compile(r"[„‚]"),
    "a mail comes by post": re.compile(r"\b(a|this|your|by) mails?\b(?! (server|provider))"),
    "another word than ours": re.compile(
        r"\b(threads?|categor\w+|tickets?|appeals?)\b|(?<!super )\busers?\b(?! and)", re.IGNORECASE
    ),
}
GERMAN = {
    "leider": re.compile(r"\bleider\b", re.IGNORECASE),
    "English quotes": re.compile(r"[”]|“[\w%]"),
    "a long dash": re.compile("—"),
    "an abbreviation without its space": re.compile(r"\b(z\.B\.|d\.h\.|u\.a\.|z\. B\.|d\. h\.)"),
    "a star or colon inside a word": re.compile(r"\w[*:_]in(nen)?\b"),
    "another word than ours": re.compile(
        r"\b(Threads?|Postings?|Kategorien?|Tickets?|Widersprüche?|Einsprüche?|Nutzer\w*)\b"
        r"|(?<!Super[ -])\bUsern?\b|(?<!-)\bMails?\b",
        re.IGNORECASE,
    ),
}


def slips(formal: Catalog, familiar: Catalog) -> list[str]:
    found: list[str] = []
    for message in formal:
        if message.id:
            ids = [message.id] if isinstance(message.id, str) else list(message.id)
            found += _in(ids, BOTH | ENGLISH)
            found += _in(strings(message), BOTH | GERMAN)
    for message in familiar:
        if message.id:
            found += _in(strings(message), BOTH | GERMAN)
    return sorted(set(found))


def _in(texts: list[str], rules: dict[str, re.Pattern[str]]) -> Iterator[str]:
    for text in texts:
        said = PLACE.sub("1", SEARCHES.sub("…", text))
        yield from (f"{rule}: {text}" for rule, pattern in rules.items() if pattern.search(said))


def test_messages_keep_the_rules():
    assert slips(german(ROOT), informal(ROOT)) == []


def test_planted_slips_are_reported():
    root = PLANTED / "tone"
    found = slips(german(root), informal(root))
    assert {slip.split(":")[0] for slip in found} == {*BOTH, *ENGLISH, *GERMAN}
    assert not [slip for slip in found if "Gut" in slip or "Good" in slip]
