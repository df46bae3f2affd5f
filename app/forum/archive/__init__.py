"""Archives of whole forums, one topic a line (see DESIGN.md §4): read, checked, written.

A line is all or nothing. Nothing here records events, sends mail or asks a gate.
"""

from app.forum.archive.lines import UnreadableArchive
from app.forum.archive.report import Report
from app.forum.archive.run import import_archive

__all__ = ["Report", "UnreadableArchive", "import_archive"]
