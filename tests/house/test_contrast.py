"""The colours of static/css/tokens.css: readable for every brand hue an operator may choose.

Text needs 4.5:1 on every ground it meets, marks and control borders 3:1 (WCAG 2.2, 1.4.3 and
1.4.11). Also: what core/colour.py says of the brand's roles is what stands there.
"""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from app.core import colour
from app.core.colour import Linear, Role, contrast, from_oklch

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
    return from_oklch(*(float(part) for part in found.groups()))


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


def strangers(tokens: Tokens, roles: dict[str, Role]) -> list[str]:
    """Roles of core/colour.py that the style sheet draws otherwise."""
    grey = float(tokens["grey-chroma"])
    return [
        f"{name} at hue {hue}, chroma {chroma}"
        for name, role in roles.items()
        for hue in HUES
        for chroma in CHROMAS
        if linear_rgb(tokens[name], hue=hue, chroma=chroma, grey=grey)
        != pytest.approx(role.colour(hue, chroma), abs=1e-6)
    ]


@pytest.mark.parametrize(
    "tokens, roles",
    [(LIGHT, colour.LIGHT), (LIGHT | BY_CHOICE, colour.DARK)],
    ids=["light", "dark"],
)
def test_the_code_knows_the_roles_as_they_are_drawn(tokens: Tokens, roles: dict[str, Role]) -> None:
    assert strangers(tokens, roles) == []


def test_a_role_that_is_drawn_otherwise_is_reported() -> None:
    planted = LIGHT | {"brand": "oklch(0.43 var(--hk-brand-chroma) var(--hk-brand-hue))"}
    assert strangers(planted, colour.LIGHT)


def test_both_dark_blocks_agree() -> None:
    assert BY_SYSTEM == BY_CHOICE


def test_a_pale_grey_would_be_noticed() -> None:
    planted = LIGHT | {"ink-3": "oklch(0.72 0 0)"}
    assert too_faint(planted, TEXT, TEXT_CONTRAST)
