"""The one blueprint of the desk; it refuses everybody but the team before any view runs."""

from __future__ import annotations

from flask import Blueprint
from flask_login import current_user

from app.accounts.policies import staff
from app.core.rules import require

bp = Blueprint("desk", __name__, url_prefix="/desk")


@bp.before_request
def refuse_others() -> None:
    require(staff(current_user))
