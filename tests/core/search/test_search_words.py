"""Parsing what people type, and marking it in a text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.search import highlight
from app.core.search.query import MAX_CHARS, MAX_TERMS, Prefix, parse


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_no_text_is_wrong_and_none_asks_for_too_much(text: str) -> None:
    query = parse(text)
    assert len(query.words) <= MAX_TERMS
    assert sum(len(sequence) for p in query.phrases for sequence in p.sequences[:1]) <= MAX_TERMS
    assert "".join(piece for piece, _ in highlight(text, text, 10**6)) == _shown(text)


def _shown(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def test_only_the_beginning_of_a_long_query_counts() -> None:
    assert parse("wort " * 1_000 + "ende") == parse("wort") != parse("wort ende")
    assert len(parse(" ".join(f"x{n}" for n in range(60))).words) == MAX_TERMS
    assert parse("x" * MAX_CHARS + " ende") == parse("x" * MAX_CHARS)


@pytest.mark.parametrize(
    "text", ["", "   ", "*", '"', '""', "!?…", "🙂", "\u202e", "und oder", "\0"]
)
def test_nothing_to_look_for_is_an_empty_query(text: str) -> None:
    assert not parse(text)


def test_one_letter_with_a_star_is_a_plain_word() -> None:
    assert not any(isinstance(word, Prefix) for word in parse("a* b*").words)
    assert any(isinstance(word, Prefix) for word in parse("ab*").words)


def test_matching_words_are_marked_in_any_form() -> None:
    assert highlight("Drei Häuser am Fluß", "haus fluss") == [
        ("Drei ", False),
        ("Häuser", True),
        (" am ", False),
        ("Fluß", True),
    ]


def test_prefixes_and_phrases_are_marked() -> None:
    pieces = highlight("Zählerstand rote Lampe", 'zähl* "rote lampe"')
    assert [piece for piece, is_match in pieces if is_match] == ["Zählerstand", "rote", "Lampe"]


def test_the_passage_is_cut_around_the_words_without_halving_one() -> None:
    text = "Anfang " * 100 + "der Router meldet eine Störung " + "Ende " * 100
    pieces = highlight(text, "Störung Router", 120)
    shown = "".join(piece for piece, _ in pieces)
    assert [piece for piece, is_match in pieces if is_match] == ["Router", "Störung"]
    assert shown.startswith("…Anfang ") and shown.endswith("Ende…")
    assert len(shown) <= 122


def test_without_a_match_the_beginning_is_shown() -> None:
    assert highlight("Ein kurzer Text", "fehlt") == [("Ein kurzer Text", False)]
    assert highlight("", "fehlt") == []
    assert highlight("x" * 500, "", 100) == [("x" * 100 + "…", False)]


def test_markup_stays_text() -> None:
    assert highlight("<b>Tarif</b>", "tarif") == [("<b>", False), ("Tarif", True), ("</b>", False)]
