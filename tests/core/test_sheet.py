"""Tables for download: read back as they were, and nothing in them is a formula."""

from __future__ import annotations

import csv
import io

import pytest

from app.core.sheet import BYTE_ORDER_MARK, csv_of

HOSTILE = (
    '=HYPERLINK("http://example.org";"Klick")',
    "+49 30 1234",
    "-1+1|cmd",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
)


def read(text: str, delimiter: str) -> list[list[str]]:
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK)), delimiter=delimiter))


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("language, delimiter", [("de", ";"), ("en", ",")])
def test_s20_words_are_never_a_formula(words: str, language: str, delimiter: str) -> None:
    """In the head as well: a column may be named after something that people wrote."""
    head, row = read(csv_of([words], [[words]], language), delimiter)
    for cell in (*head, *row):
        assert not cell.lstrip(" \t\r\n").startswith(("=", "+", "-", "@")) or cell.startswith("'")
        assert cell == f"'{words}"


def test_other_cells_stay_as_they_are() -> None:
    rows = [["Straße; „Haus“, 5", -3, 2.5, None, 'mit "Zitat"', "zwei\nZeilen", "a=b"]]
    kept = [["Straße; „Haus“, 5", "-3", "2.5", "", 'mit "Zitat"', "zwei\nZeilen", "a=b"]]
    for language, delimiter in (("de", ";"), ("en", ",")):
        assert read(csv_of(["x"], rows, language), delimiter)[1:] == kept
