"""The languages that the house speaks, and which of them a request asks for. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

LANGUAGES = ("de", "en")
#: As people who read it call it.
OWN_NAMES = {"de": "Deutsch", "en": "English"}
DEFAULT = "de"
COOKIE = "lang"


def wanted_language(chosen: str | None, accepted: str) -> str:
    """What was chosen, else the best of this Accept-Language; "" for one that we do not speak."""
    if chosen in LANGUAGES:
        return str(chosen)
    return parse_accept_header(accepted, LanguageAccept).best_match(LANGUAGES, "") or ""


def offered_language(wanted: str, *, offered: Sequence[str], default: str) -> str:
    """The wanted one where the operator offers it, else their default."""
    return wanted if wanted in offered else default
