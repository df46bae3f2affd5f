"""The forum's pages. Each module registers its routes on the one blueprint."""

from app.forum.views import asking, deciding, finding, lists, reading, writing
from app.forum.views.blueprint import bp

__all__ = ["asking", "bp", "deciding", "finding", "lists", "reading", "writing"]
