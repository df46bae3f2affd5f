"""The pages that are measured, by whom they are asked for, and the goals of DESIGN.md §6 and §4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.forum.queries import FILTERS
from bench.material import Material

GUEST, MEMBER, AGENT = "guest", "member", "agent"


@dataclass(frozen=True)
class Goal:
    """None where there is no goal. `p95` in ms, by database."""

    share: float | None = None
    cpu_ms: float | None = None
    sql: int | None = None
    p95: Mapping[str, float] = field(default_factory=dict)

    def judged(self, row: Mapping[str, Any], database: str) -> dict[str, Any]:
        """The goal in words, and what of it was missed: an empty list is a goal that is met."""
        at_most = (
            (self.cpu_ms, row["cpu_ms"], "≤ {:g} ms"),
            (self.p95.get(database), row["p95_ms"], "p95 ≤ {:g} ms"),
            (self.sql, row["sql"], "≤ {:g} SQL"),
        )
        words = [f"≥ {self.share:g} ×"] if self.share is not None else []
        missed = words[:] if self.share is not None and row["share"] < self.share else []
        for limit, value, wording in at_most:
            if limit is not None:
                words.append(wording.format(limit))
                missed += [words[-1]] if value > limit else []
        return {"goal": words, "missed": missed}


NO_GOAL = Goal()


@dataclass(frozen=True)
class Page:
    """`paths` are asked for in turn. `revalidate`: with the ETag that the page gave before."""

    name: str
    paths: Sequence[str]
    goal: Goal = NO_GOAL
    viewer: str = GUEST
    cached: bool = False
    revalidate: bool = False

    @property
    def status(self) -> int:
        return 304 if self.revalidate else 200


CACHED = Goal(share=0.70, cpu_ms=0.40, sql=0)
LIST = Goal(share=0.17, cpu_ms=2.0, sql=4)
TOPIC = Goal(share=0.15, cpu_ms=2.2, sql=6)
TOPIC_MEMBER = Goal(share=0.12, cpu_ms=2.8, sql=8)
SEARCH = Goal(p95={"sqlite": 100.0, "postgresql": 20.0})
STAFF = Goal(sql=16)
POSTING = Goal(cpu_ms=4.0)
MEMORY_MIB = 110.0
START_SECONDS = 1.5


def pages(material: Material) -> list[Page]:
    """In the order of the table."""
    return [*_guests(material), *_cached(material), *_members(material)]


def _guests(material: Material) -> list[Page]:
    lists = [
        Page(f"list: {filter_}", [f"/topics?filter={filter_}"], goal=LIST) for filter_ in FILTERS
    ]
    return [
        Page("home", ["/"], goal=LIST),
        *lists,
        Page("list: far down, by key", [material.deep_list], goal=LIST),
        Page("board", [material.board], goal=LIST),
        Page("board: unsolved", [f"{material.board}?filter=unsolved"], goal=LIST),
        Page("tag", [material.tag], goal=LIST),
        Page("tags", ["/tags"]),
        Page("topic, 20 posts", material.topics_20, goal=TOPIC),
        Page("topic, 50 posts", material.topics_50, goal=Goal(sql=8)),
        Page("search: rare word", material.rare, goal=SEARCH),
        Page("search: common word", material.common, goal=SEARCH),
        Page("search: two words", material.two_words, goal=SEARCH),
        Page("search: prefix", material.prefixes, goal=SEARCH),
        Page("article", material.articles),
        Page("member", material.members),
        Page("sign-in", ["/account/login"]),
    ]


def _cached(material: Material) -> list[Page]:
    return [
        Page("home, cached", ["/"], goal=CACHED, cached=True),
        Page("list: new, cached", ["/topics?filter=new"], goal=CACHED, cached=True),
        Page("topic, 20 posts, cached", material.topics_20, goal=CACHED, cached=True),
        Page(
            "topic, 20 posts, 304",
            material.topics_20,
            goal=Goal(cpu_ms=0.4, sql=0),
            cached=True,
            revalidate=True,
        ),
    ]


def _members(material: Material) -> list[Page]:
    return [
        Page("home, signed in", ["/"], viewer=MEMBER),
        Page("topic, 20 posts, signed in", material.topics_20, goal=TOPIC_MEMBER, viewer=MEMBER),
        Page("topic, 50 posts, signed in", material.topics_50, goal=Goal(sql=12), viewer=MEMBER),
        Page("answers while asking", material.titles, viewer=MEMBER),
        Page("desk inbox, agent", ["/desk"], goal=STAFF, viewer=AGENT),
        Page("topic, 20 posts, agent", material.topics_20, goal=Goal(sql=16), viewer=AGENT),
    ]
