"""Archives of whole forums, one topic a line (see DESIGN.md §4): read, checked, written.

A line is all or nothing. Nothing here records events, sends mail or asks a gate.
"""

from app.forum.archive.lines import UnreadableArchive, size
from app.forum.archive.report import Report, describe
from app.forum.archive.run import import_archive
from app.forum.archive.source import check_source, default_source

__all__ = [
    "Report",
    "UnreadableArchive",
    "check_source",
    "default_source",
    "describe",
    "import_archive",
    "size",
]
