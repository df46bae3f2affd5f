"""The forum for programs: the same actions and rules as the pages."""

from app.forum.api import deciding, reading, writing
from app.forum.api.blueprint import bp

__all__ = ["bp", "deciding", "reading", "writing"]
