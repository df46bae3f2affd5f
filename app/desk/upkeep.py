"""The team's notes rendered anew after the text pipeline changed."""

from __future__ import annotations

from app.core.renewal import renew
from app.core.text import render
from app.desk.models import Note


def render_notes() -> int:
    """Returns how many changed."""
    return renew(Note, lambda row: {"html": render(row.text)})
