"""Messages that people read: finds them in code and templates, and brings the catalogues up to date.

English sentences are the message ids, so English needs no catalogue. German has one that says "Sie",
and one for forums that say "du" with only those messages that differ. New messages appear with an
empty translation, which a house test reports until it is filled in.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
GERMAN = Path("app/translations/de/LC_MESSAGES/messages.po")
INFORMAL = Path("app/translations/de@du/LC_MESSAGES/messages.po")
METHODS = [("**.py", "python"), ("**/templates/**.*", "jinja2.ext:babel_extract")]
KEYWORDS: dict[str, Any] = {
    "_": None,
    "_l": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "_n": (1, 2),
}
#: In our German a capital "Sie" is always the person who reads, also where a sentence begins with it;
#: only in quotes it is the word itself.
ADDRESS = re.compile(r"\b(Sie(?!“)|Ihnen|Ihr(e[nmrs]?)?|Guten Tag)\b")


def extract(root: Path = ROOT) -> Catalog:
    """Every message of the app with the places where it stands."""
    found = Catalog(project="Helferkreis", charset="utf-8")
    for file, line, message, _comments, context in extract_from_dir(
        root / "app", method_map=METHODS, keywords=KEYWORDS, strip_comment_tags=True
    ):
        found.add(message, locations=[(f"app/{file}", line)], context=context)
    return found


def german(root: Path = ROOT) -> Catalog:
    return _read(root / GERMAN)


def informal(root: Path = ROOT) -> Catalog:
    """Messages as a forum says them that calls people "du"; the others are said as in german()."""
    return _read(root / INFORMAL)


def strings(message: Message) -> list[str]:
    """The translation: one text, perhaps empty, or a singular and a plural."""
    found = message.string or ""
    return [found] if isinstance(found, str) else list(found)


def is_formal(message: Message) -> bool:
    """Does its German call the reader "Sie"?"""
    return any(ADDRESS.search(text) for text in strings(message))


def source(message: Message) -> str:
    """The German that an informal message was made from: kept beside it, and told from a newer one."""
    return " ".join(" | ".join(strings(message)).split())


def update(catalogue: Catalog, found: Catalog) -> None:
    catalogue.update(found, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False


def update_informal(catalogue: Catalog, formal: Catalog) -> None:
    """A message whose "Sie" has changed since becomes fuzzy: somebody has to look at its "du" again."""
    wanted = Catalog()
    for message in formal:
        if message.id and is_formal(message):
            wanted.add(message.id, context=message.context, auto_comments=[source(message)])
    made_from = {(m.id, m.context): " ".join(m.auto_comments) for m in catalogue if m.id}
    update(catalogue, wanted)
    for message in catalogue:
        before = made_from.get((message.id, message.context))
        if message.id and before and before != " ".join(message.auto_comments):
            message.flags.add("fuzzy")


def main() -> int:
    formal, other = german(), informal()
    update(formal, extract())
    update_informal(other, formal)
    _write(formal, ROOT / GERMAN)
    _write(other, ROOT / INFORMAL)
    print(f"{len(formal)} messages, {_unfinished(formal)} without a German translation")
    print(
        f"{len(other)} of them differ with du, {_unfinished(other)} are to be written or looked at"
    )
    return 0


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="de")
    with path.open("rb") as file:
        return read_po(file, locale="de")


def _write(catalogue: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        # No line numbers: they would change the file with every change of the code.
        write_po(file, catalogue, sort_output=True, no_location=True, omit_header=False, width=100)


def _unfinished(catalogue: Catalog) -> int:
    return sum(bool(m.id) and (m.fuzzy or not all(strings(m))) for m in catalogue)


if __name__ == "__main__":
    sys.exit(main())
