"""Makes everything that a person wrote end in a word that fits into no column of a phone."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, func, update

from app.core.db import db, transaction
from app.core.text import render

WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
#: A member's name may have 30 characters, and need have no space.
NAME = "Donaudampfschifffahrtskapitän7"
WIDE = f"""\
{WORD} und https://beispiel.example/{"sehr-langer-pfad/" * 6}

    ping {"0123456789abcdef:" * 8}

1. {WORD}

> {WORD}
"""
#: Columns of what people write, in whatever table they stand.
PLAIN = {
    "description", "title", "title_de", "title_en", "rule_title_de", "rule_title_en", "post_title",
    "about", "label", "browser", "reason", "reasons", "comment", "note", "valid_for", "facts",
    "explanation", "legal_ground", "words", "error",
}  # fmt: skip
#: What a column of that name holds elsewhere: board.name, but not account.name, which signs in.
NAMED = {"board.name", "notice.name", "rank.name_de", "rank.name_en"}


def lengthen() -> int:
    """Straight into the rows: no form of ours would have to agree. → how many columns."""
    wide = render(WIDE)
    columns = [c for table in db.metadata.sorted_tables for c in table.columns]
    plain = [c for c in columns if c.name in PLAIN or f"{c.table.name}.{c.name}" in NAMED]
    html = [c for c in columns if c.name == "html" or c.name.endswith("_html")]
    with transaction():
        for column in plain:
            _put(column, f" {WORD}", room=_length(column) - len(WORD) - 1)
        for column in html:
            _put(column, wide, room=_length(column))
    return len(plain) + len(html)


def _length(column: Column[str]) -> int:
    return int(getattr(column.type, "length", None) or 100_000)


def _put(column: Column[str], suffix: str, *, room: int) -> None:
    table = column.table
    assert isinstance(table, Table)
    longer = func.substr(column, 1, room, type_=String).concat(suffix)
    db.session.execute(update(table).where(column != "").values({column.name: longer}))
