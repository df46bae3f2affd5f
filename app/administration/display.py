"""Settings → what the pages of administration show of them."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from app.core.colour import DARK, LIGHT, contrasts, mistaken_for
from app.core.pictures import Picture
from app.core.settings import Settings

SEEN_AT_ALL = 1.6  # contrast on white; a logo below it is hardly there


@dataclass(frozen=True)
class Look:
    """`site` is the draft. `logo` is where the picture comes from: an address, or the data itself."""

    site: Settings
    logo_data: str
    logo_is_pale: bool
    mistaken_for: str | None
    contrasts: tuple[tuple[str, float, float], ...]


def shown_look(site: Settings, picture: Picture | None = None) -> Look:
    hue, chroma = site.brand_hue, site.brand_chroma
    light, dark = contrasts(LIGHT, hue, chroma), contrasts(DARK, hue, chroma)
    lines = {
        "button": ("on-brand", "brand"),
        "link": ("brand-ink", "surface"),
        "chip": ("brand-ink", "brand-tint"),
    }
    return Look(
        site=site,
        logo_data=base64.b64encode(picture.data).decode() if picture else "",
        logo_is_pale=picture is not None and picture.on_light < SEEN_AT_ALL,
        mistaken_for=mistaken_for(hue, chroma),
        contrasts=tuple((name, light[pair], dark[pair]) for name, pair in lines.items()),
    )
