"""One line by itself: what is sound, what is refused and in which words, what is kept aside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.core import clock
from app.forum.archive.refusal import Refusal
from app.forum.archive.thread import check_thread
from tests.forum.archive.samples import post, thread


def one(**fields: Any) -> dict[str, Any]:
    """A line whose only post has these fields."""
    return thread(posts=[post(**fields)])


def refusal_of(line: dict[str, Any]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        check_thread(line)
    return caught.value


TOPIC_FAULTS = [
    ({"title": ...}, "“title” is missing."),
    ({"title": None}, "“title” must be a text, not null."),
    ({"title": 7}, "“title” must be a text, not a number."),
    ({"title": " \n\t"}, "“title” is empty."),
    ({"title": "a\x00b"}, "“title” contains a character that no database can store."),
    ({"title": "\ud800"}, "“title” contains a character that no database can store."),
    ({"title": "x" * 301}, "“title” has 301 characters; 300 are possible."),
    ({"title": "\U0001d15e" * 299}, "“title” has 598 characters; 300 are possible."),
    ({"category": ...}, "“category” is missing."),
    ({"category": ""}, "“category” is empty."),
    ({"category": "x" * 101}, "“category” has 101 characters; 100 are possible."),
    ({"tags": ...}, "“tags” is missing."),
    ({"tags": "router"}, "“tags” must be a list, not a text."),
    ({"tags": [1]}, "“tags” must be a text, not a number."),
    ({"tags": ["x" * 61]}, "“tags” has 61 characters; 60 are possible."),
    ({"tags": ["x"] * 51}, "“tags” has 51 entries; 50 are possible."),
    ({"tags": ["İ" * 40]}, "A tag has more than 60 characters."),
    ({"posts": ...}, "“posts” is missing."),
    ({"posts": {}}, "“posts” must be a list, not an object."),
    ({"posts": []}, "The topic has no posts."),
    ({"posts": ["hello"]}, "A post must be an object, not a text."),
    ({"accepted_post_id": ...}, "“accepted_post_id” is missing."),
    (
        {"accepted_post_id": True},
        "“accepted_post_id” must be a number or a text, not true or false.",
    ),
    ({"closed": "yes"}, "“closed” must be true or false, not a text."),
    ({"pinned": 1}, "“pinned” must be true or false, not a number."),
    ({"archived": []}, "“archived” must be true or false, not a list."),
    ({"views": -1}, "“views” must lie between 0 and 2,000,000,000."),
    ({"views": "many"}, "“views” must be a whole number, not a text."),
    ({"created_at": "yesterday"}, "“created_at” is not a possible time: “yesterday”."),
]

ID_FAULTS = [
    (..., "is missing."),
    (None, "must be a number or a text, not null."),
    (True, "must be a number or a text, not true or false."),
    (1.5, "must be a number or a text, not a number with decimals."),
    ([1], "must be a number or a text, not a list."),
    (" ", "is empty or contains a character that no database can store."),
    ("a\x00", "is empty or contains a character that no database can store."),
    ("\udfff", "is empty or contains a character that no database can store."),
    ("x" * 201, "has 201 characters; 200 are possible."),
    (10**300, "has 301 characters; 200 are possible."),
]

POST_FAULTS = [
    ({"author": ...}, "“author” is missing."),
    ({"author": None}, "“author” must be a text, not null."),
    ({"author": "\r\n"}, "“author” is empty."),
    ({"author": "x" * 101}, "“author” has 101 characters; 100 are possible."),
    ({"markdown": ...}, "The post has neither “markdown” nor “html”."),
    ({"markdown": 5}, "“markdown” must be a text, not a number."),
    ({"markdown": "a\x00"}, "“markdown” contains a character that no database can store."),
    ({"markdown": "\ud83d"}, "“markdown” contains a character that no database can store."),
    ({"markdown": "x" * 1_500_000}, "“markdown” has 1,500,000 characters; 100,000 are possible."),
    ({"markdown": ..., "html": "x" * 100_001}, "“html” has 100,001 characters; 100,000 are possible."),
    ({"likes": ...}, "“likes” is missing."),
    ({"likes": "2"}, "“likes” must be a whole number, not a text."),
    ({"likes": 1.0}, "“likes” must be a whole number, not a number with decimals."),
    ({"likes": True}, "“likes” must be a whole number, not true or false."),
    ({"likes": 10**9}, "“likes” must lie between -1,000,000 and 1,000,000."),
    ({"reply_to": ...}, "“reply_to” is missing."),
    ({"reply_to": False}, "“reply_to” must be a number or a text, not true or false."),
    ({"created_at": ...}, "“created_at” is missing."),
    ({"created_at": 1474108852}, "“created_at” must be a time such as 2016-09-17T10:40:52Z, not a number."),
    ({"created_at": "2021-02-30T10:00:00Z"}, "“created_at” is not a possible time: “2021-02-30T10:00:00Z”."),
    ({"created_at": "2021-13-01"}, "“created_at” is not a possible time: “2021-13-01”."),
    ({"created_at": "2021-01-01T25:00:00Z"}, "“created_at” is not a possible time: “2021-01-01T25:00:00Z”."),
    ({"created_at": "0001-01-01T00:00:00+14:00"}, "“created_at” is not a possible time: “0001-01-01T00:00:00+14:00”."),
    ({"created_at": "١٩٩٩-01-01"}, "“created_at” is not a possible time: “١٩٩٩-01-01”."),
    ({"created_at": "1600-01-01T00:00:00Z"}, "“created_at” lies before 1970 or in the future: “1600-01-01T00:00:00Z”."),
    ({"created_at": "9999-12-31T23:59:59Z"}, "“created_at” lies before 1970 or in the future: “9999-12-31T23:59:59Z”."),
    ({"created_at": "\x1b[31m"}, "“created_at” is not a possible time: “\ufffd[31m”."),
    ({"edited_at": "soon"}, "“edited_at” is not a possible time: “soon”."),
    ({"updated_at": 5}, "“updated_at” must be a time such as 2016-09-17T10:40:52Z, not a number."),
    ({"hidden": "no"}, "“hidden” must be true or false, not a text."),
    ({"staff": 1}, "“staff” must be true or false, not a number."),
    ({"action": {}}, "“action” must be a text, not an object."),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "reason"), TOPIC_FAULTS)
def test_a_fault_of_the_topic_is_named_with_its_id(fields, reason):
    refusal = refusal_of(thread(7, **fields))
    assert (refusal.reason, refusal.thread_id) == (reason, 7)


@pytest.mark.parametrize(("fields", "reason"), POST_FAULTS)
def test_a_fault_of_a_post_is_named_with_its_id(fields, reason):
    refusal = refusal_of(thread("t", posts=[post(1), post("b", **fields)]))
    assert (refusal.reason, refusal.thread_id, refusal.post_id) == (reason, "t", "b")


@pytest.mark.parametrize(("value", "reason"), ID_FAULTS)
def test_an_unsound_id_is_refused_and_not_reported_as_one(value, reason):
    of_topic = refusal_of(thread(value, posts=[post()]))
    assert (of_topic.reason, of_topic.thread_id) == (f"“thread_id” {reason}", None)
    of_post = refusal_of(thread(7, posts=[post(value)]))
    assert (of_post.reason, of_post.thread_id) == (f"“post_id” {reason}", 7)
    assert of_post.post_id is None


def test_the_same_post_id_twice_is_refused_even_as_number_and_text():
    refusal = refusal_of(thread(posts=[post(8), post("8")]))
    assert refusal.reason == "The topic has two posts with this id."
    assert refusal.post_id == "8"


def test_likes_that_overflow_together_are_refused():
    posts = [post(n, likes=1_000_000) for n in range(2_001)]
    assert refusal_of(thread(posts=posts)).reason.startswith("The likes of all posts together")


def test_a_sound_line_is_taken_with_its_largest_values():
    fields = {"title": "x" * 300, "tags": ["x" * 60] * 50, "views": 2_000_000_000}
    posts = [post("x" * 200, author="x" * 100, markdown="x" * 100_000, likes=-1_000_000)]
    checked = check_thread(thread(10**199, posts=posts, **fields))
    assert (checked.score, checked.views, checked.tags) == (-1_000_000, 2_000_000_000, ("x" * 60,))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2014-01-21T22:04:34.977", datetime(2014, 1, 21, 22, 4, 34, 977_000, UTC)),
        ("2014-01-21T22:04:34.123456Z", datetime(2014, 1, 21, 22, 4, 34, 123_456, UTC)),
        ("2014-01-21T23:04:34+01:00", datetime(2014, 1, 21, 22, 4, 34, 0, UTC)),
        ("2014-01-21 22:04:34", datetime(2014, 1, 21, 22, 4, 34, 0, UTC)),
        ("2014-01-21", datetime(2014, 1, 21, tzinfo=UTC)),
    ],
)
def test_times_keep_their_moment_and_their_own_spelling(text, moment):
    checked = check_thread(one(post_id="a", edited_at=text)).posts[0]
    assert checked.edited_at == moment
    ours = text == "2014-01-21T22:04:34.123456Z"  # the column gives it back as it is
    assert checked.imported == ({} if ours else {"given": {"edited_at": text}})


def test_a_clock_that_was_a_little_fast_is_no_fault():
    soon = clock.now() + timedelta(hours=23)
    assert check_thread(one(created_at=soon.isoformat())).posts[0].created_at == soon


def test_nothing_is_kept_twice():
    checked = check_thread(thread("a", views=3, closed=True))
    assert checked.imported == {}
    assert [p.imported for p in checked.posts] == [{}, {}]


def test_what_no_column_holds_is_kept_as_it_was_given():
    line = thread(8, archived=True, tags=["Zwei", "eins"], flair={"a": [1, None, "ü😀"]})
    line["posts"][1] |= {"post_id": 9, "post_number": 3, "staff": True, "updated_at": "2017-01-01"}
    checked = check_thread(line)
    assert checked.imported["given"] == {
        "thread_id": 8,
        "archived": True,
        "tags": ["Zwei", "eins"],
        "flair": {"a": [1, None, "ü😀"]},
    }
    given = {"post_id": 9, "post_number": 3, "staff": True, "updated_at": "2017-01-01"}
    assert checked.posts[1].imported["given"] == given
    assert checked.posts[1].edited_at == datetime(2017, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "value", ["x" * 10_000, "a\x00b", "\ud800", {"\udfff": 1}, [1e400], [[[]]] * 9_000]
)
def test_an_unknown_field_never_refuses_a_line_but_may_be_too_much_to_keep(value):
    checked = check_thread(thread("t", strange=value, archived=True))
    assert checked.imported == {"given": {"archived": True}}
    assert [n.text for n in checked.notes] == [
        "Not kept, because too large or not storable: strange."
    ]


def test_many_unknown_fields_take_no_room_from_known_ones():
    crowd = {f"field{n}": "x" * 50 for n in range(1_000)}
    checked = check_thread(thread("t", **crowd, archived=True))
    assert checked.imported["given"]["archived"] is True
    assert len(str(checked.imported)) < 20_000
    assert len(checked.notes) == 1


def kinds(*posts: dict[str, Any]) -> list[str]:
    return [p.kind for p in check_thread(thread(posts=[post("q"), *posts])).posts]


def test_what_the_old_software_wrote_itself_is_a_note():
    assert kinds(post(1, action="closed.enabled", markdown=" \n")) == ["question", "note"]
    assert kinds(post(1, action="split_topic", markdown="Moved.")) == ["question", "answer"]
    assert kinds(post(1, markdown="")) == ["question", "answer"]


def test_a_comment_needs_a_post_that_it_hangs_under():
    answer, comment = post(1), post(2, kind="comment", reply_to=1)
    assert kinds(answer, comment) == ["question", "answer", "comment"]
    assert kinds(answer, comment | {"reply_to": None}) == ["question", "answer", "answer"]
    below = post(3, kind="comment", reply_to=2)
    assert kinds(answer, comment, below) == ["question", "answer", "comment", "answer"]


def test_an_unknown_kind_says_nothing():
    checked = check_thread(
        thread(kind="poll", posts=[post(1, kind=["x"]), post(2, kind="question")])
    )
    assert (checked.kind, [p.kind for p in checked.posts]) == ("question", ["question", "answer"])
    assert check_thread(thread(kind="discussion")).kind == "discussion"


def test_a_hidden_question_hides_its_topic_and_a_hidden_answer_itself():
    posts = [post(1), post(2, hidden=True)]
    checked = check_thread(thread(posts=posts))
    assert (checked.state, [p.state for p in checked.posts]) == ("visible", ["visible", "hidden"])
    assert check_thread(thread(posts=[post(1, hidden=True), post(2)])).state == "hidden"


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Wie kann ich den Router neu starten?", "de"),
        ("How can I restart the router?", "en"),
        ("Router", "de"),
        ("", "de"),
    ],
)
def test_the_language_is_guessed_by_little_words(title, language):
    checked = check_thread(thread(title=title or "?", posts=[post(markdown="")]))
    assert checked.language == language
