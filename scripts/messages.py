"""Messages that people read: finds them in code and templates, and brings the catalogue up to date.

English sentences are the message ids, so English needs no catalogue; German has one. New messages
appear with an empty translation, which a house test reports until it is filled in.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
GERMAN = Path("app/translations/de/LC_MESSAGES/messages.po")
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


def extract(root: Path = ROOT) -> Catalog:
    """Every message of the app with the places where it stands."""
    found = Catalog(project="Helferkreis", charset="utf-8")
    for file, line, message, _comments, context in extract_from_dir(
        root / "app", method_map=METHODS, keywords=KEYWORDS, strip_comment_tags=True
    ):
        found.add(message, locations=[(f"app/{file}", line)], context=context)
    return found


def german(root: Path = ROOT) -> Catalog:
    path = root / GERMAN
    if not path.exists():
        return Catalog(locale="de")
    with path.open("rb") as file:
        return read_po(file, locale="de")


def main() -> int:
    found, catalogue = extract(), german()
    catalogue.update(found, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    path = ROOT / GERMAN
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        # No line numbers: they would change the file with every change of the code.
        write_po(file, catalogue, sort_output=True, no_location=True, omit_header=False, width=100)
    empty = [
        m
        for m in catalogue
        if m.id and not all(m.string if isinstance(m.string, tuple) else [m.string])
    ]
    print(f"{len(catalogue)} messages, {len(empty)} without a German translation")
    return 0


if __name__ == "__main__":
    sys.exit(main())
