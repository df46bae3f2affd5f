"""What the operator calls the forum, how it looks and what is switched on: mostly defaults."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app


@dataclass(frozen=True)
class Settings:
    """Hue in degrees, chroma 0–0.13 (OKLCH); see static/css/tokens.css."""

    name: str = "Helferkreis"
    company: str = ""
    brand_hue: int = 236
    brand_chroma: float = 0.095
    hold_newcomers: bool = False  # first posts of new members wait until somebody has looked
    review_by_another: bool = False  # nobody publishes an article that they wrote themselves


def load_settings() -> Settings:
    """The defaults with what the environment says (app/config.py); needs an app context."""
    config = current_app.extensions["helferkreis.config"]
    return Settings(hold_newcomers=config.hold_newcomers)
