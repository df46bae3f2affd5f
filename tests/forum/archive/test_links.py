"""Which post answers which, and which one solved it: kept where it can be, noted where not."""

from __future__ import annotations

from typing import Any

import pytest

from app.forum.archive.thread import check_thread
from tests.forum.archive.samples import post, thread


def parents(*replies: Any) -> tuple[list[int | None], list[Any]]:
    """Post n answers replies[n]; returns the indexes of the parents and the posts with a note."""
    posts = [post(n, reply_to=reply) for n, reply in enumerate(replies)]
    checked = check_thread(thread(posts=posts))
    return [p.parent for p in checked.posts], [n.post_id for n in checked.notes]


def test_reply_edges_are_kept_forwards_and_backwards():
    assert parents(None, 0, "1", 4, 0) == ([None, 0, 1, 4, 0], [])


def test_an_edge_to_nowhere_or_in_a_circle_is_cut_and_noted():
    assert parents(None, 99) == ([None, None], [1])
    assert parents(0) == ([None], [0])
    assert parents(None, 3, 1, 2) == ([None, None, 1, 2], [1])
    assert parents(1, 0, 3, 2, 0) == ([None, 0, None, 2, 0], [0, 2])


def test_a_cut_edge_is_kept_aside_as_it_was_given():
    checked = check_thread(thread("t", posts=[post("a"), post("b", reply_to=99)]))
    assert checked.posts[1].imported == {"given": {"reply_to": 99}}


@pytest.mark.slow
def test_very_long_chains_of_replies_are_no_trouble():
    count = 20_000
    posts = [post(n, reply_to=n + 1 if n + 1 < count else None) for n in range(count)]
    checked = check_thread(thread(posts=posts))
    assert [p.parent for p in checked.posts[:2]] == [1, 2]
    assert checked.notes == ()


@pytest.mark.parametrize(
    ("accepted", "note"),
    [
        (99, "The accepted post is not in this topic; the topic is kept unsolved."),
        (1, "The accepted post is a question; the topic is kept unsolved."),
        (3, "The accepted post is a note; the topic is kept unsolved."),
    ],
)
def test_an_acceptance_that_cannot_be_is_noted_and_kept_aside(accepted, note):
    posts = [post(1), post(2), post(3, action="closed", markdown="")]
    checked = check_thread(thread("t", accepted_post_id=accepted, posts=posts))
    assert checked.solution is None
    assert [(n.text, n.post_id) for n in checked.notes] == [(note, accepted)]
    assert checked.imported == {"given": {"accepted_post_id": accepted}}


def test_an_accepted_answer_is_found_by_number_or_text():
    assert check_thread(thread(accepted_post_id="2", posts=[post(1), post(2)])).solution == 1
