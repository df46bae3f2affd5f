"""The two blueprints of this folder: `bp` for readers, `staff` for the service team alone."""

from __future__ import annotations

from flask import Blueprint
from flask_login import current_user

from app.core.rules import require
from app.knowledge import rules

bp = Blueprint("knowledge", __name__)
staff = Blueprint("knowledge_staff", __name__)


@staff.before_request
def refuse_others() -> None:
    """Whatever policy a route declares: nobody else gets in here."""
    require(rules.can_edit_articles(current_user))
