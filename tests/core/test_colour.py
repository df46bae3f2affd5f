"""From what an operator types to a brand that can be read, and to hex for mails."""

from __future__ import annotations

import pytest

from app.core.colour import (
    CALM_HUE,
    MAX_CHROMA,
    contrast,
    from_oklch,
    is_readable,
    mistaken_for,
    palette,
    read_hex,
    to_hex,
)
from app.core.settings import Settings

WHITE, BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    "typed, hue, chroma",
    [
        # Checked against the values that CSS Color 4 and browsers give for these colours.
        ("#ff0000", 29, MAX_CHROMA),
        ("#00ff00", 142, MAX_CHROMA),
        ("#0000ff", 264, MAX_CHROMA),
        ("#663399", 303, MAX_CHROMA),
        ("#00547d", 239, 0.096),
    ],
)
def test_a_typed_colour_becomes_hue_and_chroma(typed: str, hue: int, chroma: float):
    assert read_hex(typed) == (hue, pytest.approx(chroma))


@pytest.mark.parametrize("typed", ["#05c", "0055CC", " #0055cc "])
def test_it_may_be_written_as_people_write_it(typed: str):
    assert read_hex(typed) == read_hex("#0055cc")


@pytest.mark.parametrize("typed", ["#000", "#fff", "#808080"])
def test_grey_has_no_hue_of_its_own(typed: str):
    assert read_hex(typed) == (CALM_HUE, 0.0)


@pytest.mark.parametrize("typed", ["", "#", "blue", "#12345", "#00557b;}", "rgb(0,0,0)", "#gggggg"])
def test_what_is_no_colour_is_refused(typed: str):
    with pytest.raises(ValueError, match="is no colour"):
        read_hex(typed)


def test_back_to_hex():
    assert to_hex(from_oklch(0.62796, 0.25768, 29.2339)) == "#ff0000"
    assert (to_hex(WHITE), to_hex(BLACK)) == ("#ffffff", "#000000")


def test_contrast_is_that_of_the_guidelines():
    assert contrast(WHITE, BLACK) == pytest.approx(21)
    assert contrast(WHITE, WHITE) == 1


@pytest.mark.parametrize("hue", range(0, 361, 10))
@pytest.mark.parametrize("chroma", [0.0, 0.05, MAX_CHROMA])
def test_every_brand_that_may_be_chosen_can_be_read(hue: int, chroma: float):
    assert is_readable(hue, chroma)


def test_what_nobody_could_read_is_noticed():
    assert not is_readable(0, 0.4)


@pytest.mark.parametrize(
    "hue, chroma, meaning",
    [
        (150, 0.1, "solved"),
        (175, 0.1, "solved"),
        (176, 0.1, None),
        (25, 0.1, "danger"),
        (236, 0.1, None),
        (25, 0.01, None),
    ],
)
def test_a_brand_close_to_a_meaning_is_named(hue: int, chroma: float, meaning: str | None):
    assert mistaken_for(hue, chroma) == meaning


def test_mails_have_the_colour_of_the_pages():
    assert palette(236, 0.095).brand == "#00557b"
    assert Settings(brand_hue=300, brand_chroma=0.1).brand.brand == palette(300, 0.1).brand
