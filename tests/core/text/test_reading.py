"""Posts as text: for the index, for mails, for excerpts, and who is called in them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.text import excerpt, mentions, plain, render


@pytest.mark.parametrize(
    "source, text",
    [
        ("**a** b\n\nc", "a b\nc"),
        ("- a\n- b", "a\nb"),
        ("a & b < c", "a & b < c"),
        ("|a|b|\n|-|-|\n|1|2|", "a b\n1 2"),
        ("![ein Bild](/uploads/a.png) [Link](https://b.de)", "ein Bild Link"),
        ("```\nx < y\n```", "x < y"),
        ("", ""),
    ],
)
def test_plain_is_what_a_reader_reads(source: str, text: str) -> None:
    assert plain(render(source)) == text


@pytest.mark.parametrize(
    "text, length, expected",
    [
        ("kurz", 10, "kurz"),
        ("ein  langer\nSatz", 30, "ein langer Satz"),
        ("ein langer Satz, der weitergeht", 16, "ein langer Satz…"),
        ("ein langer Satz, der weitergeht", 14, "ein langer…"),
        ("Donaudampfschifffahrt", 10, "Donaudamp…"),
        ("ab", 1, "…"),
        ("ab", 0, ""),
    ],
)
def test_an_excerpt_ends_at_a_word(text: str, length: int, expected: str) -> None:
    assert excerpt(text, length) == expected


@settings(deadline=None)
@given(st.text(max_size=200), st.integers(0, 100))
def test_an_excerpt_is_never_longer_than_asked(text: str, length: int) -> None:
    assert len(excerpt(text, length)) <= length


@pytest.mark.parametrize(
    "source, names",
    [
        ("Hallo @anna, und @Bernd.", ["anna", "Bernd"]),
        ("(@anna) @anna @ANNA", ["anna"]),
        ("@jörg_m @a-b.c", ["jörg_m", "a-b.c"]),
        ("anna@example.org https://b.de/@anna", []),
        ("`@anna` ```@bert```", []),
        ("```\n@anna\n```\n@bert", ["bert"]),
        ("[code]@anna[/code] @bert", ["bert"]),
        ("> @anna hat gefragt\n\n@bert", ["bert"]),
        ("[quote=x]@anna[/quote]@bert", ["bert"]),
        ("@ab @", []),
    ],
)
def test_mentions_are_names_outside_code_and_quotes(source: str, names: list[str]) -> None:
    assert mentions(source) == names
