"""Rendering posts anew after the text pipeline changed."""

from __future__ import annotations

from sqlalchemy import update

from app.core.db import db
from app.core.text import PIPELINE_VERSION, TextError, render, render_imported
from app.forum.models import Post


def rendered_anew(text: str, *, format: str, is_imported: bool) -> str:
    """The HTML of a stored source. Made before the transaction, like every rendering.

    What was taken once must stay readable: a text that breaks a newer cap is shown as one of an
    archive would be.
    """
    if not is_imported and format == "markdown":
        try:
            return render(text)
        except TextError:
            pass
    return render_imported(text, "html" if format == "html" else "markdown")


def replace_html(post_id: int, *, text: str, html: str) -> None:
    """Nothing happens where the post was edited meanwhile: its HTML is newer than this one."""
    db.session.execute(
        update(Post)
        .where(Post.id == post_id, Post.text == text)
        .values(html=html, html_version=PIPELINE_VERSION)
    )
