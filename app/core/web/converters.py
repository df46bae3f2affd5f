"""URL parts: bounded ids, and ids followed by a decorative slug."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from werkzeug.routing import BaseConverter, ValidationError

MAX_ID = 2**63 - 1
SLUG_LENGTH = 80


class IdConverter(BaseConverter):
    """A positive bigint; anything else is an unknown page (404), never a database error."""

    regex = r"[0-9]{1,19}"

    def to_python(self, value: str) -> int:
        number = int(value)
        if not 0 < number <= MAX_ID:
            raise ValidationError
        return number


class SluggedConverter(IdConverter):
    """`12-some-title` → 12. The slug is decoration; the view redirects from a wrong one."""

    regex = r"[0-9]{1,19}(?:-[^/]{0,400})?"
    part_isolating = True

    def to_python(self, value: str) -> int:
        return super().to_python(value.split("-", 1)[0])

    def to_url(self, value: Any) -> str:
        return str(value)


_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@lru_cache(maxsize=4_096)
def slugify(text: str) -> str:
    """Lower-case ASCII words joined by hyphens, at most 80 characters; may be empty."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(_GERMAN))
    words = re.findall(r"[a-z0-9]+", folded.encode("ascii", "ignore").decode())
    return "-".join(words)[:SLUG_LENGTH].strip("-")


def slugged(thing_id: int, title: str) -> str:
    """The URL part of a thing: `12-some-title`, or `12` where nothing of the title is left."""
    slug = slugify(title)
    return f"{thing_id}-{slug}" if slug else str(thing_id)
