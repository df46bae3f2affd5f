"""The whole forum, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from app.forum.archive.columns import Fields
from app.forum.archive.export import rows
from app.forum.archive.export.labels import Ids, author_names
from app.forum.archive.export.lines import Writer
from app.forum.models import Post, Topic


def export_lines(*, everything: bool) -> Iterator[Fields]:
    """The lines as they were at one moment; only what guests may read, unless `everything`.

    Holds a hundred topics and the names of all authors in memory.
    """
    rows.begin_snapshot()
    writer = Writer(
        everything=everything,
        topic_ids=Ids(Topic, "topic"),
        post_ids=Ids(Post, "post"),
        names=author_names(rows.authors()) if everything else {},
    )
    for topics in rows.topics_in_chunks(everything=everything):
        yield from writer.lines(topics)
