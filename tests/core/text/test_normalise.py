"""One form for every text before anything else looks at it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.text import TextError, normalise


@pytest.mark.parametrize(
    "text, expected",
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("a\u0308", "ä"),
        ("\u212b", "Å"),
        ("ﬁ", "ﬁ"),
        ("a\x01b", "a\x01b"),
    ],
)
def test_a_text_has_one_form(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\ud800", "a\udfffb"])
def test_what_no_database_can_store_is_refused(text: str) -> None:
    with pytest.raises(TextError) as refusal:
        normalise(text)
    assert refusal.value.code == "bad_character"


@settings(deadline=None)
@given(st.text(alphabet="aäé\u0308\u0315\u0300\r\n😀", max_size=120))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=60))
def test_a_usual_text_gets_the_form_of_unicode(text: str) -> None:
    if sum(map(bool, map(unicodedata.combining, text))) <= 10:
        assert normalise(text) == unicodedata.normalize("NFC", text)
