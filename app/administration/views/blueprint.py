"""The one blueprint of administration; it refuses everybody else before any view runs."""

from __future__ import annotations

from flask import Blueprint
from flask_login import current_user

from app.administration.rules import can_administer
from app.core.rules import require

bp = Blueprint("administration", __name__, url_prefix="/admin")


@bp.before_request
def refuse_others() -> None:
    require(can_administer(current_user))
