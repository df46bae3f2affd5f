"""The brand colour: from what an operator types to hue and chroma (OKLCH), and to hex for mails.

Lightness is ours, role by role, which is why words stay readable in every hue; LIGHT and DARK repeat
what static/css/tokens.css says of the roles that the brand moves (a house test compares them). The
matrices are Björn Ottosson's. Colours outside sRGB are clipped, as browsers do. No I/O.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

MAX_HUE = 360  # degrees
MAX_CHROMA = 0.13
READABLE = 4.5  # WCAG 2.2, 1.4.3
GREY = 0.005  # below this chroma a hue is noise
CALM_HUE = 236  # what our greys lean to when the brand has no hue of its own
#: Chroma from which a hue is seen as that colour at all.
COLOURFUL = 0.03
#: Meanings whose colour is fixed, with the hues that come close to it.
NEIGHBOURS = {"solved": (135, 175), "danger": (10, 40)}

_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)

Linear = tuple[float, float, float]


@dataclass(frozen=True)
class Role:
    """One use of the brand's hue: its lightness, and its chroma as a share of the brand's plus a trace."""

    lightness: float
    share: float = 0.0
    trace: float = 0.0

    def colour(self, hue: float, chroma: float) -> Linear:
        return from_oklch(self.lightness, self.share * chroma + self.trace, hue)


_TRACE = 0.008  # --hk-grey-chroma
LIGHT = {
    "paper": Role(0.984, trace=_TRACE * 0.35),
    "surface": Role(1),
    "line": Role(0.9, trace=_TRACE),
    "ink": Role(0.245, trace=_TRACE * 2.4),
    "ink-2": Role(0.42, trace=_TRACE * 2.6),
    "brand": Role(0.425, 1),
    "brand-hover": Role(0.35, 0.9),
    "on-brand": Role(1),
    "brand-ink": Role(0.43, 1),
    "brand-ink-hover": Role(0.33, 0.85),
    "brand-tint": Role(0.952, 0.2),
    "brand-wash": Role(0.966, 0.16),
}
DARK = {
    "surface": Role(0.243, trace=_TRACE * 1.8),
    "brand": Role(0.79, 0.95),
    "brand-hover": Role(0.85, 0.8),
    "on-brand": Role(0.2, 0.4),
    "brand-ink": Role(0.82, 0.9),
    "brand-ink-hover": Role(0.89, 0.6),
    "brand-tint": Role(0.29, 0.42),
    "brand-wash": Role(0.245, 0.34),
}
#: Words in the brand's colour, and what they stand on.
PAIRS = (
    ("on-brand", "brand"),
    ("on-brand", "brand-hover"),
    ("brand-ink", "surface"),
    ("brand-ink-hover", "surface"),
    ("brand-ink", "brand-tint"),
    ("brand-ink", "brand-wash"),
)


@dataclass(frozen=True)
class Palette:
    """The brand as hex, for what knows no OKLCH: mails, the browser's frame, the icon."""

    brand: str
    on_brand: str
    link: str
    paper: str
    surface: str
    line: str
    ink: str
    ink_2: str
    dark_brand: str
    dark_surface: str


@lru_cache(maxsize=64)
def palette(hue: float, chroma: float) -> Palette:
    def light(role: str) -> str:
        return to_hex(LIGHT[role].colour(hue, chroma))

    return Palette(
        brand=light("brand"),
        on_brand=light("on-brand"),
        link=light("brand-ink"),
        paper=light("paper"),
        surface=light("surface"),
        line=light("line"),
        ink=light("ink"),
        ink_2=light("ink-2"),
        dark_brand=to_hex(DARK["brand"].colour(hue, chroma)),
        dark_surface=to_hex(DARK["surface"].colour(hue, chroma)),
    )


def read_hex(text: str) -> tuple[int, float]:
    """Hue and chroma of "#00547d", "00547d" or "#05c", the chroma capped; raises ValueError."""
    found = _HEX.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"“{text}” is no colour")
    digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
    red, green, blue = (_linear(int(digits[i : i + 2], 16) / 255) for i in (0, 2, 4))
    hue, chroma = _hue_and_chroma(red, green, blue)
    if chroma < GREY:
        return CALM_HUE, 0.0
    return round(hue) % MAX_HUE, min(round(chroma, 3), MAX_CHROMA)


def contrasts(roles: dict[str, Role], hue: float, chroma: float) -> dict[tuple[str, str], float]:
    """The contrast of each of PAIRS under this brand."""
    return {
        (front, ground): contrast(
            roles[front].colour(hue, chroma), roles[ground].colour(hue, chroma)
        )
        for front, ground in PAIRS
    }


def is_readable(hue: float, chroma: float) -> bool:
    """Does every one of PAIRS keep its contrast, in light and dark?"""
    found = [*contrasts(LIGHT, hue, chroma).values(), *contrasts(DARK, hue, chroma).values()]
    return min(found) >= READABLE


def mistaken_for(hue: float, chroma: float) -> str | None:
    """The meaning ("solved", "danger") whose colour this brand comes close to."""
    if chroma < COLOURFUL:
        return None
    return next((name for name, (low, high) in NEIGHBOURS.items() if low <= hue <= high), None)


def from_oklch(lightness: float, chroma: float, hue: float) -> Linear:
    """Linear sRGB, each from 0 to 1."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _clipped(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _clipped(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _clipped(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def contrast(one: Linear, two: Linear) -> float:
    """From 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def to_hex(colour: Linear) -> str:
    return "#" + "".join(f"{round(255 * _encoded(part)):02x}" for part in colour)


def _hue_and_chroma(red: float, green: float, blue: float) -> tuple[float, float]:
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return math.degrees(math.atan2(b, a)) % MAX_HUE, math.hypot(a, b)


def _clipped(share: float) -> float:
    return min(1.0, max(0.0, share))


def _luminance(colour: Linear) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def _encoded(share: float) -> float:
    return 12.92 * share if share <= 0.0031308 else float(1.055 * share ** (1 / 2.4) - 0.055)
