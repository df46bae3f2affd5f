"""What went into an archive, counted in the lines themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Counts:
    """The figures of the import's report, for the same file."""

    topics: int = 0
    posts: int = 0
    solutions: int = 0
    score: int = 0
    authors: set[str] = field(default_factory=set)

    def add(self, line: dict[str, Any]) -> None:
        self.topics += 1
        self.posts += len(line["posts"])
        self.solutions += line["accepted_post_id"] is not None
        self.score += sum(post["likes"] for post in line["posts"])
        self.authors.update(post["author"] for post in line["posts"])

    def as_json(self) -> dict[str, Any]:
        return {
            "topics": self.topics,
            "posts": self.posts,
            "accounts": len(self.authors),
            "solutions": self.solutions,
            "score": self.score,
        }

    def __str__(self) -> str:
        return (
            f"{self.topics:,} topics, {self.posts:,} posts, {len(self.authors):,} accounts, "
            f"{self.solutions:,} solutions, score {self.score:,}"
        )
