"""What a canned reply leaves open: filled in, or still to be done."""

from __future__ import annotations

import pytest

from app.core.text import plain, render
from app.desk.placeholders import fill, still_open

VALUES = {"asker": "Karin", "agent": "Anna", "topic": "WLAN fällt aus", "board": "Internet"}


@pytest.fixture(autouse=True)
def laid() -> None:
    """Pure: nothing is laid for this."""


def test_what_is_known_is_filled_in_in_both_languages() -> None:
    text = "Hallo {{vorname}}, {{ Thema }} im Bereich {{bereich}}: {{topic}}/{{board}}. {{agent}}"
    filled = "Hallo Karin, WLAN fällt aus im Bereich Internet: WLAN fällt aus/Internet. Anna"
    assert fill(text, VALUES) == filled
    assert still_open(filled) == []


def test_what_nobody_knows_stays_visible() -> None:
    text = "Bis {{frist}}, {{vorname}}, spätestens {{frist}} oder {{ Tag der Lieferung }}."
    filled = fill(text, VALUES)
    assert filled == "Bis {{frist}}, Karin, spätestens {{frist}} oder {{ Tag der Lieferung }}."
    assert still_open(filled) == ["{{frist}}", "{{ Tag der Lieferung }}"]


def test_an_empty_value_is_not_filled_in() -> None:
    assert fill("{{thema}}", {**VALUES, "topic": ""}) == "{{thema}}"


@pytest.mark.parametrize(
    "text",
    ["{{}}", "{{ }}", "{{1}}", "{frist}", "{{a\nb}}", "{{" + "x" * 41 + "}}", "{{frist}", "{{_x}}"],
)
def test_other_braces_are_no_placeholders(text: str) -> None:
    assert still_open(text) == []
    assert fill(text, VALUES) == text


def test_code_may_hold_braces() -> None:
    assert still_open("Schreiben Sie `{{name}}`:\n\n```\n{{ name }}\n```\n") == []


@pytest.mark.parametrize(
    "title",
    [
        "[Hier](/hier) ![x](y)",
        "**laut** und _leise_ `code`",
        "{{frist}}",
        "Ole_aus_Bardowick",
        "a\\*b\nc",
    ],
)
def test_a_title_is_words_and_nothing_else(title: str) -> None:
    """Whatever somebody called their topic stands there as it was typed."""
    filled = fill("Zu „{{thema}}“.", {**VALUES, "topic": title})
    html = render(filled)
    assert plain(html) == f"Zu „{' '.join(title.split())}“."
    assert "<a" not in html and "<strong" not in html and "<code" not in html
    assert still_open(filled) == []


def test_many_braces_are_read_in_no_time() -> None:
    text = "{{a " * 5_000
    assert still_open(text) == []
    assert fill(text, VALUES) == text
