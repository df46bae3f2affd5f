"""Articles rendered anew after the text pipeline changed."""

from __future__ import annotations

from typing import Any

from app.core.renewal import renew
from app.core.text import PIPELINE_VERSION, render
from app.knowledge.models import Revision


def render_revisions() -> int:
    """Every revision, published or not; returns how many changed."""
    return renew(Revision, _rendered)


def _rendered(row: Any) -> dict[str, Any]:
    return {
        "problem_html": render(row.problem),
        "solution_html": render(row.solution),
        "html_version": PIPELINE_VERSION,
    }
