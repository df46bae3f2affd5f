"""Which requests come from programs: asked wherever the house treats them unlike a browser's.

A blueprint says it with `for_programs = True` (core.api.ProgramBlueprint). Where no route matches
there is none to ask; then the address decides whether the error is JSON.
"""

from __future__ import annotations

from flask import current_app, request

PREFIX = "/api/v1"
_ROOT = "/api/"


def is_for_programs() -> bool:
    if request.blueprint is None:
        return request.path.startswith(_ROOT)
    return getattr(current_app.blueprints[request.blueprint], "for_programs", False)
