"""The colours of static/css/tokens.css: readable for every brand hue an operator may choose.

Text needs 4.5:1 on every ground it meets, marks and control borders 3:1 (WCAG 2.2, 1.4.3 and
1.4.11). The OKLCH → sRGB matrices are Björn Ottosson's; colours outside sRGB are clipped, as
browsers do.
"""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"
HUES = range(0, 360, 5)
CHROMAS = (0.0, 0.05, 0.095, 0.13)
TEXT_CONTRAST, MARK_CONTRAST = 4.5, 3.0

MEANINGS = ("solved", "open", "waiting", "super", "danger", "notice")
GROUNDS = ("paper", "surface", "raised", "sunken", "brand-wash")
INKS = ("ink", "ink-2", "ink-3", "brand-ink", "brand-ink-hover")
TINTED = ("solved", "waiting", "super", "danger", "notice")
TEXT = (
    [(ink, ground) for ink in INKS for ground in GROUNDS]
    + [(ink, "brand-tint") for ink in ("ink", "ink-2", "brand-ink")]
    + [(f"{m}-ink", g) for m in MEANINGS for g in (f"{m}-tint", "surface", "paper", "sunken")]
    + [(ink, f"{m}-tint") for m in TINTED for ink in ("ink", "ink-2", "brand-ink")]
    + [("on-brand", "brand"), ("on-brand", "brand-hover"), ("on-danger", "danger"), ("ink", "mark")]
)
MARKS = [
    (mark, ground)
    for mark in ("solved", "open", "waiting", "super", "danger", "brand", "line-strong")
    for ground in ("surface", "paper")
]

Tokens = dict[str, str]
Linear = tuple[float, float, float]


def themes(css: str) -> tuple[Tokens, Tokens, Tokens]:
    """Light, dark by the system's setting, dark by the reader's choice."""
    light, rest = css.split("/* dark:begin */")
    dark = rest.split("/* dark:end */")[0]
    by_system, by_choice = re.findall(r":root[^{]*\{(.*?)\n\}", dark, re.S)
    return declarations(light), declarations(by_system), declarations(by_choice)


def declarations(block: str) -> Tokens:
    return dict(re.findall(r"--hk-([\w-]+):\s*([^;]+);", block))


def linear_rgb(value: str, *, hue: float, chroma: float, grey: float) -> Linear:
    """An `oklch(…)` token with its variables filled in, as linear sRGB."""
    for name, number in (("brand-hue", hue), ("brand-chroma", chroma), ("grey-chroma", grey)):
        value = value.replace(f"var(--hk-{name})", str(number))
    value = re.sub(
        r"calc\(([\d. *]+)\)",
        lambda found: str(math.prod(float(factor) for factor in found[1].split("*"))),
        value,
    )
    found = re.match(r"oklch\(([\d.e-]+) ([\d.e-]+) ([\d.e-]+)", value)
    assert found, f"not a colour: {value}"
    return _from_oklch(*(float(part) for part in found.groups()))


def _from_oklch(lightness: float, chroma: float, hue: float) -> Linear:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _clipped(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _clipped(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _clipped(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def _clipped(share: float) -> float:
    return min(1.0, max(0.0, share))


def contrast(one: Linear, two: Linear) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Linear) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def too_faint(tokens: Tokens, pairs: list[tuple[str, str]], limit: float) -> list[str]:
    """Every pair below the limit, with the brand where it happens; empty is good."""
    faint = []
    for hue in HUES:
        for chroma in CHROMAS:
            brand = {"hue": hue, "chroma": chroma, "grey": float(tokens["grey-chroma"])}
            names = {name for pair in pairs for name in pair}
            colours = {name: linear_rgb(tokens[name], **brand) for name in names}
            faint += [
                f"{front} on {ground} at hue {hue}, chroma {chroma}"
                for front, ground in pairs
                if contrast(colours[front], colours[ground]) < limit
            ]
    return faint


LIGHT, BY_SYSTEM, BY_CHOICE = themes(TOKENS.read_text("utf-8"))


@pytest.mark.parametrize("tokens", [LIGHT, LIGHT | BY_CHOICE], ids=["light", "dark"])
def test_text_is_readable_on_every_ground(tokens: Tokens) -> None:
    assert too_faint(tokens, TEXT, TEXT_CONTRAST) == []


@pytest.mark.parametrize("tokens", [LIGHT, LIGHT | BY_CHOICE], ids=["light", "dark"])
def test_marks_and_borders_stand_out(tokens: Tokens) -> None:
    assert too_faint(tokens, MARKS, MARK_CONTRAST) == []


def test_both_dark_blocks_agree() -> None:
    assert BY_SYSTEM == BY_CHOICE


def test_a_pale_grey_would_be_noticed() -> None:
    planted = LIGHT | {"ink-3": "oklch(0.72 0 0)"}
    assert too_faint(planted, TEXT, TEXT_CONTRAST)
