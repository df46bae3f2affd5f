"""Articles rendered anew after the text pipeline changed; which of them help most."""

from __future__ import annotations

from typing import Any

from app.core.figures import keep_figure
from app.core.renewal import renew
from app.core.text import PIPELINE_VERSION, render
from app.knowledge import queries
from app.knowledge.display import HELPED, OFTEN
from app.knowledge.models import Revision

ENOUGH_HELPED = 3  # people, before an article is named on the start page


def count_helped() -> None:
    """Hourly: the articles that helped most people, for the start page."""
    keep_figure(HELPED, queries.most_helpful(2 * OFTEN, ENOUGH_HELPED))


def render_revisions() -> int:
    """Every revision, published or not; returns how many changed."""
    return renew(Revision, _rendered)


def _rendered(row: Any) -> dict[str, Any]:
    return {
        "problem_html": render(row.problem),
        "solution_html": render(row.solution),
        "html_version": PIPELINE_VERSION,
    }
