"""The forum as an archive: rows → lines that `import-archive` takes."""

from __future__ import annotations

from app.forum.archive.export.counts import Counts
from app.forum.archive.export.out import STANDARD_OUTPUT, UnwritableArchive, archive_file
from app.forum.archive.export.rows import count_topics
from app.forum.archive.export.run import export_lines

__all__ = [
    "STANDARD_OUTPUT",
    "Counts",
    "UnwritableArchive",
    "archive_file",
    "count_topics",
    "export_lines",
]
