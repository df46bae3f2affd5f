"""The blueprint that all modules of this folder share."""

from __future__ import annotations

from app.core.api import ProgramBlueprint

bp = ProgramBlueprint("forum_api", __name__, description="Topics, posts, votes, solutions")
