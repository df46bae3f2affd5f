"""What every part of the API shares: its blueprint, strict reading, fields, errors as JSON."""

from __future__ import annotations

from app.core.api.blueprint import ProgramBlueprint
from app.core.api.document import SIGNED_IN, described
from app.core.api.errors import WrongFields, as_json, bare_json
from app.core.api.fields import Choice, Digits, Items, Line, Moment, Whole, Words
from app.core.api.schemas import Input, Output, Paged

__all__ = [
    "SIGNED_IN",
    "Choice",
    "Digits",
    "Input",
    "Items",
    "Line",
    "Moment",
    "Output",
    "Paged",
    "ProgramBlueprint",
    "Whole",
    "Words",
    "WrongFields",
    "as_json",
    "bare_json",
    "described",
]
