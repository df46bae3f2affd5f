"""Settings → what the pages of administration show of them."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from babel import Locale
from flask import current_app

from app.accounts import queries
from app.administration.actions.texts import shipped_text
from app.administration.rules import missing_from_imprint
from app.core.colour import DARK, LIGHT, contrasts, mistaken_for
from app.core.locale import current_language
from app.core.pictures import Picture
from app.core.settings import Settings, load_settings
from app.core.text import render

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


def language_names(codes: Iterable[str]) -> dict[str, str]:
    """Codes with their names in the reader's language, sorted by name."""
    names = Locale(current_language()).languages
    return dict(sorted(((code, str(names[code])) for code in codes), key=lambda pair: pair[1]))


def why_closed() -> tuple[str, ...]:
    """What keeps a forum in production mode closed, as message ids; empty when it is open."""
    if not current_app.extensions["helferkreis.config"].is_production:
        return ()
    return missing_from_imprint(load_settings())


@dataclass(frozen=True)
class PublicText:
    """`version` and `valid_from` are None for our template, which nobody has checked yet."""

    title: str
    html: str
    language: str
    version: int | None = None
    valid_from: datetime | None = None


def shown_text(kind: str) -> PublicText:
    language = current_language()
    found = queries.document(kind, language)
    if found is None:
        title, source = shipped_text(kind, language, load_settings())
        return PublicText(title, _rendered(source), language)
    return PublicText(found.title, found.html, found.language, found.version, found.valid_from)


@lru_cache(maxsize=16)
def _rendered(source: str) -> str:
    return render(source, headings_lower_by=0)
