"""What the team does at its desk: one verb per function. Actions never commit."""

from app.desk.actions.replies import (
    ReplyWords,
    archive_reply,
    change_reply,
    move_reply,
    restore_reply,
    write_reply,
)
from app.desk.actions.taking import assign, release, release_all, retry_job, take, write_note

__all__ = [
    "ReplyWords",
    "archive_reply",
    "assign",
    "change_reply",
    "move_reply",
    "release",
    "release_all",
    "restore_reply",
    "retry_job",
    "take",
    "write_note",
    "write_reply",
]
