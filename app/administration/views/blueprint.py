"""The one blueprint of administration; it refuses everybody else before any view runs."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g
from flask_login import current_user

from app.administration.guide import Guide, guide
from app.administration.rules import can_administer
from app.core.rules import require

bp = Blueprint("administration", __name__, url_prefix="/admin")


@bp.before_request
def refuse_others() -> None:
    require(can_administer(current_user))


@bp.context_processor
def page_values() -> dict[str, Any]:
    """Every page of administration shows how far the guide is; error pages do not ask for it."""
    return {"guide": _guide_of_page}


def _guide_of_page() -> Guide:
    if "guide" not in g:
        g.guide = guide()
    return g.guide  # type: ignore[no-any-return]
