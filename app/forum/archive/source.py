"""The name under which an archive's ids are unique."""

from __future__ import annotations

from pathlib import Path

from app.forum.archive.lines import UnreadableArchive

SOURCE_LENGTH = 200


def default_source(path: Path) -> str:
    """The file's folder and name: the same archive keeps its name when its tree is moved."""
    whole = path.absolute()
    return f"{whole.parent.name}/{whole.name}"


def check_source(source: str) -> None:
    """Raises UnreadableArchive."""
    if not source.strip() or not source.isprintable() or len(source) > SOURCE_LENGTH:
        raise UnreadableArchive(
            f"An archive needs a name of 1 to {SOURCE_LENGTH} printable characters; "
            "give it one with --source NAME."
        )
