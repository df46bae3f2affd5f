"""What people upload: files under random names in one folder of the instance.

Nothing of a file's own name is kept, and what is kept was made anew by us (core/pictures), so that
the ending says what is in it.
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path

from flask import current_app

from app.core.files import write_whole

FOLDER = "uploads"
NAME_BYTES = 16  # 128 bits: nobody guesses what lies there
_NAME = re.compile(r"[A-Za-z0-9_-]{22}\.png")


def keep_upload(data: bytes, ending: str) -> str:
    """Write a new file; gives its name."""
    name = f"{secrets.token_urlsafe(NAME_BYTES)}.{ending}"
    write_whole(_place(name), data)
    return name


def read_upload(name: str) -> bytes | None:
    """None where there is no such file."""
    try:
        return _place(name).read_bytes()
    except FileNotFoundError:
        return None


def forget_upload(name: str) -> None:
    """Delete a file; one that is gone already is fine."""
    _place(name).unlink(missing_ok=True)


def _place(name: str) -> Path:
    """Raises ValueError for a name that we never gave."""
    if not _NAME.fullmatch(name):
        raise ValueError("This is no name of an upload.")
    instance: Path = current_app.extensions["helferkreis.config"].instance
    return instance / FOLDER / name
