"""Where the real material for tests lies. It is never part of the project."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest

ROOT = Path(__file__).resolve().parent.parent
THOROUGH = os.environ.get("HELFERKREIS_THOROUGH") == "1"
Item = TypeVar("Item")


def data_set(name: str) -> Path:
    """The folder of that name. Without it a test is skipped, but fails in CI."""
    base = ROOT / os.environ.get("HELFERKREIS_TEST_DATA", "../shared/data")
    folder = base / name
    if not folder.is_dir():
        message = f"test data {name!r} is missing (HELFERKREIS_TEST_DATA names its folder)"
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(message)
        pytest.skip(message)
    return folder


def json_lines(name: str, file: str) -> Iterator[dict[str, Any]]:
    """Lines end in LF only: payloads contain other separators that `splitlines` would cut at."""
    with (data_set(name) / file).open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def hostile_strings() -> list[str]:
    """What broke the forms of others."""
    naughty = [line["string"] for line in json_lines("sec_web_inputs", "naughty_strings.jsonl")]
    found = naughty + [line["payload"] for line in json_lines("sec_web_inputs", "web_inputs.jsonl")]
    assert len(found) > 400
    return found


def spread(items: Sequence[Item], share: int, field: int = 0) -> list[Item]:
    """One item of every `share`, or all if HELFERKREIS_THOROUGH=1.

    Each `field` begins elsewhere, so that as many fields as the `share` see all items together.
    """
    return list(items if THOROUGH else items[field % share :: share])
