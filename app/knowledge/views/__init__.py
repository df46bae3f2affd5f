"""The pages of the knowledge base: for readers, and for the staff who write it."""

from app.knowledge.views import history, reading, reviewing, searching, suggestions, writing
from app.knowledge.views.blueprint import bp, staff

__all__ = ["bp", "history", "reading", "reviewing", "searching", "staff", "suggestions", "writing"]
