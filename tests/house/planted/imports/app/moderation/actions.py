"""Planted: neighbours, closed rooms and the factory."""
from typing import TYPE_CHECKING

import app.knowledge.queries
from app.forum.forms import AskForm

if TYPE_CHECKING:
    from app import wiring
