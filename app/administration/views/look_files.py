"""What every page's look needs besides the built assets: brand colour, icon and logo.

The addresses say all that is in the answer, so browsers and proxies keep it for a year. Nobody is
recognised here (accounts/session.py), so nobody's cookie is in an answer that others get.
"""

from __future__ import annotations

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response

from app.accounts.policies import everyone
from app.core.colour import MAX_CHROMA, MAX_HUE, palette
from app.core.errors import NotFound
from app.core.settings import load_settings
from app.core.uploads import read_upload
from app.core.web.headers import lasting
from app.core.web.policy import policy

bp = Blueprint("look", __name__, url_prefix="/look")
#: Where the colour holds: on every page, or in the preview of the settings page alone.
SCOPES = {"brand": ":root", "preview": ".hk-brand-preview"}


@bp.get("/<scope>-<int:hue>-<int:chroma>.css")
@policy(everyone)
def colour(scope: str, hue: int, chroma: int) -> Response:
    """`chroma` in thousandths."""
    _require_colour(hue, chroma)
    if scope not in SCOPES:
        raise NotFound()
    css = f"{SCOPES[scope]}{{--hk-brand-hue:{hue};--hk-brand-chroma:{chroma / 1_000:g}}}\n"
    return lasting(make_response(css, {"Content-Type": "text/css; charset=utf-8"}))


@bp.get("/icon-<int:hue>-<int:chroma>.svg")
@policy(everyone)
def icon(hue: int, chroma: int) -> Response:
    """Our mark on a tile in the brand's colour: it is seen on light and on dark tabs."""
    _require_colour(hue, chroma)
    svg = render_template("look/icon.svg", colours=palette(hue, chroma / 1_000))
    return lasting(make_response(svg, {"Content-Type": "image/svg+xml; charset=utf-8"}))


@bp.get("/logo-<name>")
@policy(everyone)
def logo(name: str) -> Response:
    """The logo in force, and no other file."""
    settings = load_settings()
    data = read_upload(name) if name == settings.logo else None
    if data is None:
        raise NotFound()
    return lasting(make_response(data, {"Content-Type": "image/png"}))


def _require_colour(hue: int, chroma: int) -> None:
    if hue > MAX_HUE or chroma > MAX_CHROMA * 1_000:
        raise NotFound()
