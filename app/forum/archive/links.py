"""Which post of a thread answers which, and which one solved it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: A reply edge that cannot be kept, by the index of the post, with the reason.
Cut = dict[int, str]


def parents(ids: Sequence[str], replies: Sequence[str | None]) -> tuple[list[int | None], Cut]:
    """For each post the index of the post that it answers; what had to be cut stands at top level."""
    index = {post_id: number for number, post_id in enumerate(ids)}
    found: list[int | None] = []
    cut: Cut = {}
    for number, wanted in enumerate(replies):
        parent = None if wanted is None else index.get(wanted)
        if wanted is not None and parent is None:
            cut[number] = "It answers a post that is not in this topic; it is kept at top level."
        found.append(parent)
    for number in _first_of_each_circle(found):
        found[number] = None
        cut[number] = "It answers itself, directly or in a circle; it is kept at top level."
    return found, cut


def _first_of_each_circle(parent_of: Sequence[int | None]) -> list[int]:
    """The lowest index of every circle. Each post is looked at once, however long the chains are."""
    seen_from: dict[int, int] = {}
    first: list[int] = []
    for start in range(len(parent_of)):
        at: int | None = start
        while at is not None and at not in seen_from:
            seen_from[at] = start
            at = parent_of[at]
        if at is not None and seen_from[at] == start:
            first.append(_lowest(parent_of, at))
    return first


def _lowest(parent_of: Sequence[int | None], start: int) -> int:
    lowest = at = start
    while (after := parent_of[at]) is not None and after != start:
        at = after
        lowest = min(lowest, at)
    return lowest


def solution(
    accepted: str | None, index: Mapping[str, int], kinds: Sequence[str]
) -> tuple[int | None, str | None]:
    """The index of the accepted answer, or None with a sentence where the mark cannot be kept."""
    if accepted is None:
        return None, None
    number = index.get(accepted)
    if number is None:
        return None, "The accepted post is not in this topic; the topic is kept unsolved."
    if kinds[number] != "answer":
        return None, f"The accepted post is a {kinds[number]}; the topic is kept unsolved."
    return number, None
