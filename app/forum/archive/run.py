"""A whole archive, from the file to the counters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, StatementError

from app.core.db import db, transaction
from app.forum import recount
from app.forum.archive import queries
from app.forum.archive.batches import Batch, SoundLine, batches
from app.forum.archive.lines import numbered_lines, open_archive, size
from app.forum.archive.people import date_accounts
from app.forum.archive.refusal import Refusal
from app.forum.archive.rendering import Htmls, Renderer
from app.forum.archive.report import Report
from app.forum.archive.writing import Writer
from app.forum.reactions import enqueue_index

IMPORT_LOCK = 0x48454C46  # any number that nobody else in the database locks

Progress = Callable[[int], None]
Work = list[tuple[SoundLine, Htmls]]
Refused = list[tuple[SoundLine, Refusal]]


def import_archive(path: Path, source: str, progress: Progress = lambda _end: None) -> Report:
    """Take every sound line that is not there yet; `progress` hears the position in the file.

    Opens its own transactions. May be killed and started again at any time: what is there is
    always a beginning of the archive. Raises UnreadableArchive.
    """
    report = Report()
    writer = Writer(source)
    with open_archive(path) as file, Renderer(size(path)) as renderer:
        lines = numbered_lines(file)
        for batch in batches(lines, source=source, renderer=renderer, report=report):
            _take(batch, writer, report)
            progress(batch.end)
    _recount(source)
    return report


def _take(batch: Batch, writer: Writer, report: Report) -> None:
    work: Work = [(line, line.html()) for line in batch.lines if line.html is not None]
    refused = _write(work, writer) if work else []
    for line, refusal in refused:
        report.refuse(line.number, refusal.within(thread_id=line.thread.given_id))
    not_taken = {line.number for line, _refusal in refused}
    for line in batch.lines:
        if line.number not in not_taken:
            report.take(line.number, line.thread)
            _note_growth(line, report)
    report.added += len(work) - len(refused)


def _note_growth(line: SoundLine, report: Report) -> None:
    if line.there is not None and line.there != len(line.thread.posts):
        note = (
            f"The topic is there with {line.there} of {len(line.thread.posts)} posts; not changed."
        )
        report.note(line.number, line.thread, note)


def _write(work: Work, writer: Writer) -> Refused:
    """One transaction; what is refused pulls down none of the others."""
    refused: Refused = []
    topic_ids: list[int] = []
    with transaction():
        _lock_out_other_imports()
        writer.prepare([line.thread for line, _htmls in work])
        for line, htmls in work:
            try:
                topic_ids.append(writer.write(line.thread, htmls))
            except Refusal as refusal:
                refused.append((line, refusal))
            except StatementError as error:
                refused.append((line, _surprise(error)))
        enqueue_index(topic_ids)
    return refused


def _surprise(error: StatementError) -> Refusal:
    """The checks should have found it; the line is refused all the same, not the whole archive.

    A full disk or a lost connection is no fault of the line and ends the import.
    """
    if isinstance(error, DBAPIError) and not isinstance(error, IntegrityError | DataError):
        raise error
    reason = (str(error.orig).splitlines() or ["unknown"])[0]
    return Refusal(f"The database does not take the line: {reason}")


def _lock_out_other_imports() -> None:
    """SQLite has one writer anyhow. Ends with the transaction."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": IMPORT_LOCK})


def _recount(source: str) -> None:
    """Topics were counted when they were written; boards and members are counted once, here."""
    boards, accounts = queries.boards_of_source(source), queries.accounts_of_source(source)
    recount.in_chunks(recount.recount_boards, boards)
    recount.in_chunks(recount.recount_members, accounts)
    recount.in_chunks(date_accounts, accounts)
