"""The command on small archives: what is in the database afterwards, and what the report says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Account
from app.core.db import db
from app.core.events import EventRow
from app.core.search import engine
from app.forum.models import Board, Closure, Pin, Post, Tag, Topic, TopicTag
from tests.forum.archive.samples import (
    everything,
    import_file,
    import_lines,
    post,
    rows,
    thread,
    write,
)


def test_a_thread_is_taken_whole(app, tmp_path):
    line = thread(
        5,
        title="Der Router",
        category="Internet & Telefon",
        tags=["Zwei", "eins", "zwei"],
        kind="discussion",
        views=12,
        accepted_post_id="5-2",
        created_at="2016-09-01T00:00:00Z",
        posts=[
            post("5-1", likes=-3),
            post("5-2", author="tom", reply_to="5-1", likes=2, edited_at="2016-10-01T00:00:00"),
            post("5-3", author="karin", reply_to="5-2", kind="comment"),
            post("5-4", author="mo", action="closed", markdown=""),
        ],
    )
    report = import_lines(app, tmp_path, line)
    assert report == {
        "topics": 1,
        "posts": 4,
        "accounts": 3,
        "solutions": 1,
        "score": -1,
        "refused": [],
        "notes": [],
        "exit": 0,
    }
    topic = db.session.execute(select(Topic)).scalar_one()
    assert (topic.title, topic.kind, topic.views, topic.source_id) == (
        "Der Router", "discussion", 12, "5",
    )  # fmt: skip
    assert topic.created_at == datetime(2016, 9, 1, tzinfo=UTC)
    assert (topic.posts_count, topic.answers_count, topic.score, topic.solved) == (3, 1, -1, True)
    ids = rows(Post, "id")
    assert topic.last_post_id == ids[2]
    assert rows(Post, "position", "kind", "parent_id", "imported_score") == [
        (1, "question", None, -3),
        (2, "answer", ids[0], 2),
        (3, "comment", ids[1], 0),
        (4, "note", None, 0),
    ]
    tags = select(Tag.name).join(TopicTag).order_by(TopicTag.position)
    assert list(db.session.execute(tags).scalars()) == ["zwei", "eins"]


def test_text_is_stored_as_given_and_rendered_safely(app, tmp_path):
    texts = ["**fett**\r\n<script>x</script>", "<p onclick=x>Hallo <b>Welt</b></p>"]
    posts = [post(1, markdown=texts[0]), post(2, markdown=..., html=texts[1])]
    import_lines(app, tmp_path, thread(posts=posts))
    assert rows(Post, "text") == texts
    first, second = rows(Post, "html")
    assert "<strong>fett</strong>" in first
    assert "<script" not in first
    assert "<b>Welt</b>" in second
    assert "onclick" not in second


def test_closed_and_pinned_are_rows_and_hidden_is_a_state(app, tmp_path):
    posts = [post(1), post(2, hidden=True, likes=5)]
    import_lines(app, tmp_path, thread(1, closed=True, pinned=True, posts=posts), thread(2))
    assert rows(Topic, "closed", "pinned", "state", "posts_count", "score") == [
        (True, True, "visible", 1, 0), (False, False, "visible", 2, 2),
    ]  # fmt: skip
    first = rows(Topic, "id")[0]
    assert rows(Closure, "topic_id", "closed_by", "closed_at") == [(first, None, None)]
    assert rows(Pin, "topic_id", "pinned_by") == [(first, None)]
    assert rows(Post, "state")[:2] == ["visible", "hidden"]


def test_a_hidden_solution_does_not_make_the_topic_solved(app, tmp_path):
    posts = [post(1), post(2, hidden=True)]
    report = import_lines(app, tmp_path, thread(1, accepted_post_id=2, posts=posts))
    assert report["solutions"] == 1
    assert rows(Topic, "solved") == [False]


def test_a_second_run_adds_nothing_and_reports_the_same(app, tmp_path):
    lines = [
        thread(1),
        thread(2, accepted_post_id="2-2"),
        "{",
        thread(3, accepted_post_id="nobody"),
    ]
    first = import_lines(app, tmp_path, *lines)
    before = everything()
    assert before["topic"] == 3
    assert import_lines(app, tmp_path, *lines) == first
    assert everything() == before


def test_refused_lines_leave_nothing_and_the_rest_goes_in(app, tmp_path):
    broken = thread(2, category="Never", tags=["never"])
    broken["posts"][1] |= {"author": "never", "likes": "2"}
    report = import_lines(app, tmp_path, thread(1), broken, '{"thread_id": 3', thread(4), "")
    assert report["exit"] == 3
    assert report["topics"] == 2
    assert report["refused"] == [
        {
            "line": 2,
            "thread_id": 2,
            "post_id": "2-2",
            "reason": "“likes” must be a whole number, not a text.",
        },
        {
            "line": 3,
            "thread_id": None,
            "post_id": None,
            "reason": "The line breaks off: its JSON is not complete.",
        },
        {"line": 5, "thread_id": None, "post_id": None, "reason": "The line is empty."},
    ]
    assert rows(Topic, "source_id") == ["1", "4"]
    assert rows(Board, "name") == ["Internet"]
    assert rows(Tag, "name") == ["router"]
    assert "never" not in rows(Account, "name")


@pytest.mark.parametrize("runs", [1, 2])
def test_the_same_thread_or_post_id_twice_is_refused_every_time(app, tmp_path, runs):
    lines = [thread(1), thread("1", posts=[post("x")]), thread(2, posts=[post("new"), post("1-2")])]
    for _run in range(runs):
        report = import_lines(app, tmp_path, *lines, thread(3))
    assert [(r["line"], r["thread_id"], r["post_id"], r["reason"]) for r in report["refused"]] == [
        (2, "1", None, "An earlier line has the same thread_id."),
        (3, 2, "1-2", "Another topic of this source has a post with this id."),
    ]
    assert rows(Topic, "source_id") == ["1", "3"]


def test_a_refused_line_does_not_stand_in_the_way_of_its_better_copy(app, tmp_path):
    report = import_lines(app, tmp_path, thread(1, posts=[]), thread(1))
    assert (report["topics"], len(report["refused"])) == (1, 1)


def test_a_fault_that_only_the_database_finds_refuses_the_line_alone(app, tmp_path, monkeypatch):
    def kind(_fields: object, text: str, _first: bool) -> str:
        return "x" * 99 if text == "broken" else "answer"

    monkeypatch.setattr("app.forum.archive.posts._kind", kind)
    broken = thread(1, category="Never", posts=[post(1), post(2, markdown="broken")])
    report = import_lines(app, tmp_path, broken, thread(2))
    assert report["topics"] == 1
    assert report["refused"][0]["reason"].startswith("The database does not take the line: ")
    assert rows(Topic, "source_id") == ["2"]
    assert rows(Board, "name") == ["Internet"]
    assert rows(Account, "name") == ["karin", "tom"]  # made anew: those of line 1 are gone


def test_a_topic_that_grew_is_noted_and_not_changed(app, tmp_path):
    import_lines(app, tmp_path, thread("t"))
    grown = thread("t")
    grown["posts"].append(post("t-3"))
    report = import_lines(app, tmp_path, grown)
    note = "The topic is there with 2 of 3 posts; not changed."
    assert report["notes"] == [{"line": 1, "thread_id": "t", "post_id": None, "note": note}]
    assert len(rows(Post, "id")) == 2


def test_what_was_taken_differently_is_noted_with_line_and_post(app, tmp_path):
    posts = [post(1), post(2, reply_to=77)]
    report = import_lines(app, tmp_path, thread(9, posts=posts, accepted_post_id=1))
    assert [(n["line"], n["thread_id"], n["post_id"]) for n in report["notes"]] == [
        (1, 9, 2), (1, 9, 1),
    ]  # fmt: skip
    assert report["exit"] == 0


def test_no_event_is_recorded_and_nobody_is_told(app, tmp_path, outbox):
    import_lines(app, tmp_path, thread(1, accepted_post_id="1-2"))
    assert rows(EventRow, "name") == []
    assert outbox() == []
    assert everything()["watch"] == 0


def test_imported_topics_can_be_found_at_once(app, tmp_path):
    import_lines(app, tmp_path, thread(1, title="Sonnenfinsternis über Ulm"))
    hits = engine().search("Sonnenfinsternis", restricted=False)
    assert [hit.id for hit in hits] == rows(Topic, "id")
    engine().close()


def test_the_source_is_the_folder_and_the_file_unless_it_is_named(app, tmp_path):
    path = write(tmp_path / "beer" / "threads.jsonl", thread(1))
    import_file(app, path)
    import_file(app, path, source="other")
    assert rows(Topic, "source") == ["beer/threads.jsonl", "other"]


def run(app: Flask, *arguments: str) -> tuple[int, str, str]:
    result = app.test_cli_runner().invoke(args=["import-archive", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_a_name_that_cannot_be_a_source_is_one_clear_line(app, tmp_path):
    path = str(write(tmp_path / "a" / "b.jsonl", thread(1)))
    for source in ("", " ", "a\nb", "x" * 201):
        code, out, err = run(app, path, "--json", "--source", source)
        assert (code, out) == (1, "")
        assert err.startswith("Error: An archive needs a name of 1 to 200 printable characters;")
    assert everything()["topic"] == 0


def test_a_missing_file_is_one_clear_line(app, tmp_path):
    code, out, err = run(app, str(tmp_path / "none.jsonl"), "--json")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "There is no file “" in err


def test_people_read_the_same_report_in_sentences(app, tmp_path):
    path = write(
        tmp_path / "a" / "b.jsonl", thread(1, accepted_post_id=5), thread("\x1b", posts=[])
    )
    code, out, _err = run(app, str(path))
    assert code == 3
    assert out.splitlines() == [
        "Line 1, topic 1, post 5: The accepted post is not in this topic; the topic is kept unsolved.",
        "Line 2, topic \ufffd refused: The topic has no posts.",
        "1 topics (1 of them new), 2 posts, 2 accounts, 0 solutions, score 2",
        "1 lines refused",
    ]


def test_many_lines_go_in_by_several_transactions(app, tmp_path):
    lines = [thread(n, title=f"Titel {n}") for n in range(250)]
    assert import_lines(app, tmp_path, *lines)["posts"] == 500
    assert rows(Topic, "title") == [f"Titel {n}" for n in range(250)]
