"""`export-archive`: what came in goes out as it was, and what guests cannot see stays inside."""

from __future__ import annotations

import json
import random
from typing import Any

from sqlalchemy import update

from app.accounts.models import Account
from app.core.db import db, transaction
from app.forum.archive.export.labels import author_names
from app.forum.models import Board, Post, Topic
from tests import cast
from tests.data_sets import THOROUGH
from tests.forum.archive.samples import as_text, empty, export, import_lines, rows
from tests.forum.archive.samples import post as a_post
from tests.forum.archive.samples import thread as a_thread
from tests.visibility import world as needles

ODD_THREADS = 1_000 if THOROUGH else 60
LEFT_OUT = ...

#: Every optional field in every odd way that an archive may have it.
OF_THREADS: dict[str, list[Any]] = {
    "tags": [[], ["wlan"], ["Zwei", "zwei", "eins"], ["e\u0301te\u0301"]],
    "title": ["Kurz", "  Zwei   Leerzeichen ", "Cafe\u0301", "a\u2028b"],
    "category": ["Internet", "INTERNET", "C++", "日本", "Cafe\u0301"],
    "created_at": [LEFT_OUT, None, "2016-09-17T10:40:52.944Z", "2016-09-17", "2010-01-01T00:00:00.5Z"],
    "views": [LEFT_OUT, None, 0, 7],
    "closed": [LEFT_OUT, None, False, True],
    "archived": [LEFT_OUT, None, False, True],
    "pinned": [LEFT_OUT, None, False, True],
    "kind": [LEFT_OUT, None, "question", "discussion", "poll", 7],
    "audience": [LEFT_OUT, None, "public", "staff", "strangers", ["public"]],
    "flair": [LEFT_OUT, {"a": [1, None, 1.5, "ü😀"]}],
}  # fmt: skip
OF_POSTS: dict[str, list[Any]] = {
    "created_at": ["2016-09-17T10:40:52.944Z", "2016-09-17T10:40:52.944123+02:00", "2016-09-17"],
    "likes": [0, 4, -3],
    "updated_at": [LEFT_OUT, None, "2017-01-01T00:00:00.000Z", "2017-01-01"],
    "edited_at": [LEFT_OUT, None, "2018-01-01T00:00:00.000Z", "2018-01-01T01:00:00+01:00"],
    "staff": [LEFT_OUT, None, False, True],
    "action": [LEFT_OUT, None, "closed"],
    "hidden": [LEFT_OUT, None, False, True],
    "post_number": [LEFT_OUT, 3, "drei"],
    "kind": [LEFT_OUT, None, "answer", "comment", "note", "question", "review"],
    "state": [LEFT_OUT, "held", "Bayern"],
    "html": [LEFT_OUT, None],
    "markdown": ["Text", "", " \n", "<b>\u2028 \x85 & ü"],
}


def odd_thread(number: int, chance: random.Random) -> dict[str, Any]:
    """A sound line in which every field is one of its odd ways; ids are numbers or texts."""
    spell = chance.choice([int, str])
    ids = [spell(number * 10 + n) for n in range(chance.randint(1, 4))]
    posts = [
        a_post(post_id, author=f"mensch {chance.randint(1, 9)}", **_ways(OF_POSTS, chance))
        for post_id in ids
    ]
    for post in posts[1:]:
        post["reply_to"] = chance.choice([None, *ids, int(ids[0]), str(ids[0]), "nirgends"])
    accepted = chance.choice([None, *ids, int(ids[-1]), str(ids[-1]), 99_999])
    ways = _ways(OF_THREADS, chance)
    return a_thread(spell(number), accepted_post_id=accepted, posts=posts, **ways)


def _ways(fields: dict[str, list[Any]], chance: random.Random) -> dict[str, Any]:
    return {name: chance.choice(ways) for name, ways in fields.items()}


def test_odd_lines_come_back_as_they_were(app, tmp_path):
    chance = random.Random(17)
    lines = [odd_thread(number, chance) for number in range(1, ODD_THREADS)]
    report = import_lines(app, tmp_path, *lines)
    assert report["refused"] == []
    for found, line in zip(export(app, "--all"), lines, strict=True):
        assert as_text(found) == as_text(line)


def own_forum() -> tuple[needles.World, Topic]:
    """A forum of this house: every kind of post, votes, a solution, closed boards, every state."""
    world = needles.build()
    topic = cast.make_topic("Eigenes Thema", author="Anna", tags=("wlan", "router"), views=3)
    answer = cast.make_post(topic, author="Tom")
    cast.make_post(topic, author="Karin", kind="comment", parent=answer, text="Danke\u2028!")
    cast.accept(answer, by="Anna")
    cast.close(topic)
    cast.make_topic("Eine Idee", kind="idea", pinned=True)
    with transaction():
        db.session.execute(update(Post).where(Post.id == answer.id).values(votes_count=4))
    return world, topic


def test_s02_a_forum_of_our_own_goes_out_in_and_out_again(app, tmp_path):
    """Whole for the operator; guests get what they see, before and after."""
    world, topic = own_forum()
    first, seen = export(app, "--all"), export(app)
    check_needles(world, first, seen)
    check_own_topic(next(line for line in first if line["thread_id"] == topic.id))
    states = [post.get("state") for line in first for post in line["posts"] if post.get("hidden")]
    assert {"held", "removed", None} == set(states), "the premise: every state is there"
    audiences = dict(rows(Board, "name", "audience"))

    empty(app)
    report = import_lines(app, tmp_path, *first)
    assert report["refused"] == []
    assert export(app, "--all") == first
    assert dict(rows(Board, "name", "audience")) == audiences, "a closed board stays closed"
    assert [line["thread_id"] for line in export(app)] == [line["thread_id"] for line in seen]
    check_needles(world, first, export(app))


def check_needles(world: needles.World, first: list[Any], seen: list[Any]) -> None:
    guest, whole, guests = cast.GUEST, json.dumps(first), json.dumps(seen)
    words = [needle for needle in world.needles if needle.word in whole]
    assert len(words) > 60, "the premise: everything is in the whole archive"
    assert [n.what for n in words if (n.word in guests) != n.may_be_seen_by(guest)] == []


def check_own_topic(line: dict[str, Any]) -> None:
    assert (line["tags"], line["closed"], line["views"]) == (["wlan", "router"], True, 3)
    question, answer, comment = line["posts"]
    assert (question["staff"], answer.get("staff"), answer["likes"]) == (True, None, 4)
    assert (comment["kind"], comment["reply_to"]) == ("comment", answer["post_id"])
    assert line["accepted_post_id"] == answer["post_id"]


def test_guests_get_no_field_that_they_cannot_see_here(app, tmp_path):
    """Nor the name that somebody had elsewhere, nor an id of what is hidden."""
    cast.account("karin")
    first = a_post("1", hidden=True)
    line = a_thread("hidden", posts=[first])
    posts = [
        a_post("11", ip="192.0.2.7", staff=True),
        a_post("12", hidden=True),
        a_post("13", reply_to="12"),
    ]
    strange = a_thread(
        "t", posts=posts, accepted_post_id="12", email="k@example.org", archived=True
    )
    import_lines(app, tmp_path, line, strange)
    (found,) = export(app)
    assert found.keys() == {"thread_id", "title", "category", "tags", "accepted_post_id", "archived", "posts"}  # fmt: skip
    assert found["accepted_post_id"] is None
    assert [(p["post_id"], p["reply_to"], p["author"]) for p in found["posts"]] == [
        ("11", None, "karin-2"),
        ("13", None, "karin-2"),
    ]
    assert "ip" not in found["posts"][0]
    whole = export(app, "--all")
    assert [as_text(line) for line in whole] == [as_text(line), as_text(strange)]


def test_what_changed_since_counts_more_than_the_old_line(app, tmp_path):
    posts = [
        a_post(8),
        a_post(9, hidden=False, edited_at=None, updated_at="2017-01-01"),
        a_post(10),
    ]
    line = a_thread(
        7,
        title="Alter  Titel",
        tags=["WLAN"],
        closed=False,
        views=0,
        kind="question",
        created_at=None,
        category="INTERNET",
        accepted_post_id="9",
        posts=posts,
    )
    import_lines(app, tmp_path, line)
    topic = db.session.scalars(db.select(Topic)).one()
    cast.close(topic)
    moment = topic.created_at.replace(year=2020)
    with transaction():
        columns = {"title": "Neuer Titel", "views": 5, "kind": "discussion", "created_at": moment}
        db.session.execute(update(Topic).values(board_id=cast_board("umzug"), **columns))
        db.session.execute(update(Post).where(Post.position == 2).values(state="hidden", edited_at=moment))  # fmt: skip
        db.session.execute(db.text("DELETE FROM acceptance"))
        db.session.execute(db.text("DELETE FROM topic_tag"))
        db.session.execute(update(Post).where(Post.position == 1).values(votes_count=2))
    (found,) = export(app, "--all")
    assert found == {
        "thread_id": 7,
        "title": "Neuer Titel",
        "category": "Umzug",
        "tags": [],
        "accepted_post_id": None,
        "created_at": "2020-09-17T10:40:52.944Z",
        "views": 5,
        "closed": True,
        "kind": "discussion",
        "posts": [
            posts[0] | {"likes": 2},
            {**without(posts[1], "updated_at"), "hidden": True, "edited_at": found["created_at"]},
            posts[2],
        ],
    }


def cast_board(slug: str) -> int:
    return int(db.session.scalars(db.select(Board.id).filter_by(slug=slug)).first() or _new(slug))


def _new(slug: str) -> int:
    board = Board(slug=slug, name=slug.title())
    db.session.add(board)
    db.session.flush()
    return board.id


def without(post: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in post.items() if key != name}


def test_ids_and_names_stay_apart(app, tmp_path):
    """Own ids give way to imported ones, ids of two archives to each other, names as well."""
    own = cast.make_topic(author="karin")
    clash = a_thread(own.id, posts=[a_post(own.last_post_id), a_post("post-1"), a_post("x")])
    import_lines(app, tmp_path, clash, source="old")
    import_lines(app, tmp_path, a_thread("z", posts=[a_post("x", author="uwe")]), source="older")
    lines = export(app, "--all")
    assert [line["thread_id"] for line in lines] == [f"topic-{own.id}", own.id, "z"]
    ids = [post["post_id"] for line in lines for post in line["posts"]]
    last = rows(Post, "id")[-2:]
    assert ids == [
        f"other-post-{own.last_post_id}",
        own.last_post_id,
        "post-1",
        f"other-post-{last[0]}",
        f"other-post-{last[1]}",
    ]
    assert [line["posts"][0]["author"] for line in lines] == ["karin", "karin-2", "uwe"]
    empty(app)
    assert import_lines(app, tmp_path, *lines)["refused"] == []
    assert export(app, "--all") == lines


def test_names_are_told_apart_to_the_end():
    def account(id: int, name: str, source_id: str | None, state: str = "imported") -> Account:
        return Account(id=id, name=name, source_id=source_id, state=state)

    people = [
        account(1, "karin", None, "active"),
        account(2, "karin-2", "karin"),
        account(3, "karin-2-2", "karin-2"),
        account(4, "Tom W.", "tom w."),
        account(5, "gone", "Real Name", "erased"),
    ]
    assert author_names(people) == {1: "karin", 2: "karin-2", 3: "karin-2-2", 4: "tom w.", 5: "gone"}  # fmt: skip


def test_a_closed_topic_never_lands_in_an_open_board(app, tmp_path):
    cast.board("internet")
    import_lines(app, tmp_path, a_thread("1", audience="staff"), a_thread("2", posts=[a_post(1)]))
    assert rows(Board, "slug", "audience") == [
        ("internet", cast.PUBLIC),
        ("internet-closed-1", cast.STAFF),
    ]
    assert [line["thread_id"] for line in export(app)] == ["2"]
    assert [line["category"] for line in export(app, "--all")] == ["Internet", "Internet"]
