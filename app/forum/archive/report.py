"""What became of an archive, for the operator and for programs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.forum.archive.checked import CheckedThread
from app.forum.archive.refusal import Refusal, shown


@dataclass
class Report:
    """Counts of the lines that were taken, whether now or in an earlier run; `added` only now."""

    topics: int = 0
    posts: int = 0
    solutions: int = 0
    score: int = 0
    added: int = 0
    authors: set[str] = field(default_factory=set)
    refused: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)

    def take(self, number: int, thread: CheckedThread) -> None:
        self.topics += 1
        self.posts += len(thread.posts)
        self.solutions += thread.solution is not None
        self.score += thread.score
        self.authors.update(post.author for post in thread.posts)
        for note in thread.notes:
            self.note(number, thread, note.text, note.post_id)

    def refuse(self, number: int, refusal: Refusal) -> None:
        self.refused.append(
            {
                "line": number,
                "thread_id": refusal.thread_id,
                "post_id": refusal.post_id,
                "reason": refusal.reason,
            }
        )

    def note(self, number: int, thread: CheckedThread, note: str, post_id: Any = None) -> None:
        self.notes.append(
            {"line": number, "thread_id": thread.given_id, "post_id": post_id, "note": note}
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "topics": self.topics,
            "posts": self.posts,
            "accounts": len(self.authors),
            "solutions": self.solutions,
            "score": self.score,
            "refused": sorted(self.refused, key=lambda refused: refused["line"]),
            "notes": sorted(self.notes, key=lambda note: note["line"]),
        }


def describe(report: Report) -> str:
    """The report for people; the counts come last, because the lists may be long."""
    found = report.as_json()
    counts = (
        f"{report.topics:,} topics ({report.added:,} of them new), {report.posts:,} posts, "
        f"{found['accounts']:,} accounts, {report.solutions:,} solutions, score {report.score:,}"
    )
    lines = [f"{_place(item)}: {item['note']}" for item in found["notes"]]
    lines += [f"{_place(item)} refused: {item['reason']}" for item in found["refused"]]
    return "\n".join([*lines, counts, f"{len(report.refused):,} lines refused"])


def _place(item: dict[str, Any]) -> str:
    parts = [f"Line {item['line']}"]
    parts += [
        f"{word} {shown(item[key])}"
        for word, key in (("topic", "thread_id"), ("post", "post_id"))
        if item[key] is not None
    ]
    return ", ".join(parts)
