"""The two blueprints, and what their pages share."""

from __future__ import annotations

from flask import Blueprint
from flask_login import current_user

from app.core.rules import require
from app.moderation.policies import moderating

bp = Blueprint("moderation", __name__)
staff = Blueprint("casework", __name__, url_prefix="/moderation")


@staff.before_request
def refuse_by_default() -> None:
    """Every page of this blueprint is for moderators, whatever its own policy says."""
    require(moderating(current_user))
