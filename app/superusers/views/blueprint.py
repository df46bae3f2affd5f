"""The two blueprints; the team's refuses everybody else before any view runs."""

from __future__ import annotations

from flask import Blueprint
from flask_login import current_user

from app.accounts.policies import staff
from app.core.rules import require

bp = Blueprint("superusers", __name__)
staff_bp = Blueprint("superusers_staff", __name__)


@staff_bp.before_request
def refuse_others() -> None:
    require(staff(current_user))
