"""The pages of the programme: for everybody, and for the team."""

from app.superusers.views import charter, nominations, programme, terms
from app.superusers.views.blueprint import bp, staff_bp

__all__ = ["bp", "charter", "nominations", "programme", "staff_bp", "terms"]
