"""What the operator calls the forum and how it looks: the defaults."""

from __future__ import annotations

from dataclasses import dataclass


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
    return Settings()
