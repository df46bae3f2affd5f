"""The pages of moderation: `bp` for everybody, `staff` for those who decide."""

from app.moderation.views import (
    appeals,
    cases,
    decisions,
    noticing,
    queue,
    reporting,
    rulebook,
)
from app.moderation.views.blueprint import bp, staff

__all__ = [
    "appeals",
    "bp",
    "cases",
    "decisions",
    "noticing",
    "queue",
    "reporting",
    "rulebook",
    "staff",
]
