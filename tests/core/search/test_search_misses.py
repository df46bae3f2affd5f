"""Words that found nothing are counted, the people are not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import transaction
from app.core.search import count_misses, most_missed, note_miss
from app.core.search.misses import MAX_WAITING, WORDS_LENGTH, without_person


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Glasfaser  Vectoring!", "glasfaser vectoring"),
        ("karin@example.org Passwort", "passwort"),
        ("Vertrag 4711-0815 kündigen", "vertrag kündigen"),
        ("DE12 3456 7890", ""),
        ("tel:0171/2345 anna@x.de", ""),
        ("eins zwei drei vier fünf sechs sieben", "eins zwei drei vier fünf sechs"),
        ("x" * 41, ""),
        ("🙂 !?", ""),
        ("\u0000\u2028wort", "wort"),
    ],
)
def test_only_harmless_words_are_kept(typed: str, kept: str) -> None:
    assert without_person(typed) == kept
    assert len(without_person(f"{'wort' * 9} " * 9)) <= WORDS_LENGTH


def counted() -> list[tuple[str, int]]:
    with transaction():
        count_misses()
    return [(row.words, row.times) for row in most_missed()[0]]


def test_misses_are_counted_later_and_forgotten(app, monkeypatch):
    for text in ("Vectoring", "vectoring ", "Nebenstelle", "12345", "a@b.de"):
        note_miss(text)
    assert most_missed()[0] == []  # a search writes nothing into the database
    assert counted() == counted() == [("vectoring", 2), ("nebenstelle", 1)]
    later = clock.now() + timedelta(days=80)
    monkeypatch.setattr(clock, "now", lambda: later)
    note_miss("Vectoring")
    assert counted() == [("vectoring", 3), ("nebenstelle", 1)]
    monkeypatch.setattr(clock, "now", lambda: later + timedelta(days=20))
    assert counted() == [("vectoring", 3)]


def test_a_flood_is_bounded(app, config, monkeypatch):
    monkeypatch.setattr("app.core.search.misses.MAX_KEPT", 3)
    for number in range(3):
        note_miss("oft")
        note_miss("wort" + "abcdefgh"[number])
    for letter in "xyz":
        note_miss("selten" + letter)
    assert len(counted()) == 3
    waiting = config.instance / "searched-in-vain.txt"
    waiting.write_text("voll\n" * MAX_WAITING)
    note_miss("Überlauf")
    assert "überlauf" not in waiting.read_text()
