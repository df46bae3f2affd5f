"""Pictures from strangers, drawn anew: what comes out holds pixels and nothing else.

Decoding happens in a child process with little memory and time (child.py), so that a picture made
to break a decoder breaks nothing of ours.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import N_, Refused

PATIENCE_SECONDS = 15
CHILD = Path(__file__).with_name("child.py")
NO_PICTURE = N_("We cannot read this picture. Please choose a PNG, JPEG or WebP file.")
TOO_MANY_PIXELS = N_(
    "The picture has too many pixels; %(megapixels)s million are possible. Please make it smaller."
)


@dataclass(frozen=True)
class Picture:
    """A PNG. `on_light` and `on_dark` are how well it stands out there, as a contrast of 1 to 21."""

    data: bytes
    width: int
    height: int
    on_light: float
    on_dark: float


def redraw(data: bytes, *, width: int, height: int, megapixels: int) -> Picture:
    """The picture within this box, upright, without metadata; never enlarged. Raises Refused."""
    command = [sys.executable, "-I", str(CHILD), str(width), str(height), str(megapixels * 10**6)]
    try:
        done = subprocess.run(  # noqa: S603 — our own script; the picture comes on standard input
            command, input=data, capture_output=True, timeout=PATIENCE_SECONDS, check=False, env={}
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(NO_PICTURE) from error
    said, _, drawn = done.stdout.partition(b"\n")
    if done.returncode != 0 or not drawn:
        if said == b"pixels":
            raise Refused(TOO_MANY_PIXELS, megapixels=megapixels)
        raise Refused(NO_PICTURE)
    return Picture(data=drawn, **json.loads(said))
