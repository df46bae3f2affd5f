"""Tables for download: CSV that a spreadsheet opens without taking anybody's words for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

#: What begins a formula, or hides one, in the usual spreadsheets.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
#: German spreadsheets read a comma as part of a number.
SEPARATORS = {"de": ";", "en": ","}
BYTE_ORDER_MARK = "\ufeff"  # by it they know UTF-8

Cell = str | int | float | None


def csv_of(head: Sequence[str], rows: Iterable[Sequence[Cell]], language: str) -> str:
    """Head and rows as one CSV text. Words that could be a formula get an apostrophe before them."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=SEPARATORS[language], lineterminator="\r\n")
    writer.writerow([_harmless(cell) for cell in head])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return BYTE_ORDER_MARK + text.getvalue()


def _harmless(cell: Cell) -> Cell:
    is_formula = isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA)
    return f"'{cell}" if is_formula else cell
