"""The blueprint that all modules of this folder share, and small things that their pages need."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for
from flask_login import current_user

from app.core.web.paging import Cursor, Page, cursor_text
from app.forum import queries
from app.forum.display import topic_line

bp = Blueprint("forum", __name__)


def page_of(rows: Any, following: Cursor | None, endpoint: str, **values: Any) -> Page:
    """Topic rows as a page whose links keep the route's own values."""
    viewer = current_user._get_current_object()
    items = [topic_line(row, viewer) for row in rows]
    following_url = url_for(endpoint, **values, after=cursor_text(following)) if following else None
    start_url = url_for(endpoint, **values) if request.args.get("after") else None
    return Page(items, following_url, start_url)


def filter_from_request() -> str:
    """The list that was asked for; an unknown one is the newest."""
    wanted = request.args.get("filter", "")
    return wanted if wanted in queries.FILTERS else "new"
