"""Everything about the texts that people write: Markdown in, safe HTML out.

Only this package imports markdown and bleach, and only `safe` marks HTML as fit for templates.
"""

from __future__ import annotations

from markupsafe import Markup

from app.core.text.errors import TextError
from app.core.text.literal import literal
from app.core.text.normalise import normalise
from app.core.text.reading import excerpt, mentions, plain, without_code
from app.core.text.rendering import PIPELINE_VERSION, render, render_imported

__all__ = [
    "PIPELINE_VERSION",
    "TextError",
    "excerpt",
    "literal",
    "mentions",
    "normalise",
    "plain",
    "render",
    "render_imported",
    "safe",
    "without_code",
]


def safe(html: str) -> Markup:
    """Mark the stored result of `render` or `render_imported` as HTML; never pass anything else."""
    return Markup(html)  # noqa: S704 — the one place
