"""Reading the forum as a program: lists with their pages and filters, one topic, nothing hidden."""

from __future__ import annotations

import re

import pytest

from app.forum.queries.lists import FILTERS
from tests import cast

MOMENT = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
OF_A_TOPIC = {
    "id", "url", "title", "kind", "state", "language", "board", "author", "created_at",
    "last_post_at", "answers_count", "score", "solved", "closed",
}  # fmt: skip
OF_A_POST = {
    "id", "url", "kind", "state", "position", "parent", "author", "created_at", "edited_at",
    "score", "official", "html",
}  # fmt: skip


def ids(answer) -> list[int]:
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json["items"]]


def test_a_list_is_read_page_by_page(client, count_queries):
    topics = [cast.make_topic(f"Frage {n}", author="Karin") for n in range(5)]
    cast.make_topic(board_slug="team")
    seen, url = [], "/api/v1/topics?limit=2"
    with count_queries() as queries:
        client.get(url)
    assert len(queries) <= 4
    while url:
        page = client.get(url)
        assert len(page.json["items"]) <= 2
        assert page.json.keys() == {"items", "next"}
        seen += ids(page)
        url = page.json["next"]
    assert seen == [topic.id for topic in reversed(topics)]


def test_s03_a_topic_in_a_list_has_these_fields_and_no_others(client):
    topic = cast.make_topic("Wie geht das?", author="Karin")
    (item,) = client.get("/api/v1/topics").json["items"]
    assert item.keys() == OF_A_TOPIC
    assert item["url"] == f"/topics/{topic.id}-wie-geht-das"
    assert item["board"] == {"slug": "internet", "name": "Internet"}
    assert item["author"] == {"name": "Karin", "url": "/members/Karin"}
    assert MOMENT.fullmatch(item["created_at"])


def test_lists_have_filters(client, program_as):
    solved, other = cast.make_topic(tags=("wlan",)), cast.make_topic(board_slug="mitglieder")
    cast.accept(cast.make_post(solved))
    member = program_as("Tom", "read")
    assert set(ids(member.get("/api/v1/topics"))) == {solved.id, other.id}
    assert ids(member.get("/api/v1/topics?filter=solved")) == [solved.id]
    assert ids(member.get("/api/v1/topics?filter=unsolved")) == [other.id]
    assert ids(member.get("/api/v1/topics?board=mitglieder")) == [other.id]
    assert ids(member.get("/api/v1/topics?tag=WLAN")) == [solved.id]
    assert ids(member.get("/api/v1/topics?tag=wlan&filter=unsolved")) == []
    assert ids(member.get("/api/v1/topics?tag=wlan&filter=popular&board=internet")) == [solved.id]
    for name in FILTERS:
        assert ids(client.get(f"/api/v1/topics?filter={name}&board=internet")) in ([], [solved.id])
    assert client.get("/api/v1/topics?board=mitglieder").status_code == 404
    assert client.get("/api/v1/topics?board=nirgends").status_code == 404


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=1.0", "limit"),
        ("limit=1_0", "limit"),
        ("limit=%D9%A1", "limit"),
        ("limit=", "limit"),
        ("limit=1&limit=2", "limit"),
        ("limit[]=1", "limit[]"),
        ("filter=alle", "filter"),
        ("after=x", "after"),
        ("after=99999999999999999999", "after"),
        ("tag=a%00b", "tag"),
        ("tag=", "tag"),
        ("offset=3", "offset"),
    ],
)
def test_s09_odd_queries_are_refused_at_their_field(client, query, field):
    answer = client.get(f"/api/v1/topics?{query}")
    assert (answer.status_code, answer.json["error"]["code"]) == (422, "wrong_fields")
    assert list(answer.json["error"]["fields"]) == [field]
    assert "Bitte prüfen" in answer.json["error"]["message"]


def test_a_topic_comes_with_its_posts_in_reading_order(client, count_queries):
    topic = cast.make_topic(author="Karin", tags=("wlan", "router"))
    first, second = cast.make_post(topic, author="Tom"), cast.make_post(topic, author="Uwe")
    comment = cast.make_post(
        topic, author="Karin", kind="comment", parent=first, text="Danke **!**"
    )
    cast.accept(second)
    with count_queries() as queries:
        found = client.get(f"/api/v1/topics/{topic.id}").json
    assert len(queries) <= 6
    assert found.keys() == OF_A_TOPIC | {"tags", "accepted_post_id", "posts", "next"}
    assert (found["tags"], found["accepted_post_id"]) == (["wlan", "router"], second.id)
    assert {frozenset(post) for post in found["posts"]} == {frozenset(OF_A_POST)}
    shown = [(post["id"], post["kind"], post["parent"]) for post in found["posts"]]
    assert shown == [
        (shown[0][0], "question", None),
        (first.id, "answer", None),
        (comment.id, "comment", first.id),
        (second.id, "answer", None),
    ]
    assert found["posts"][2]["html"] == "<p>Danke <strong>!</strong></p>"
    assert client.get(found["posts"][1]["url"]).status_code == 302


def test_a_long_topic_is_read_in_pages(client):
    topic = cast.make_topic(author="Karin")
    posts = [cast.make_post(topic, author="Tom", text=f"Nummer {n}") for n in range(33)]
    first = client.get(f"/api/v1/topics/{topic.id}").json
    second = client.get(first["next"]).json
    answers = [post["id"] for page in (first, second) for post in page["posts"]]
    assert answers[1:] == [post.id for post in posts]
    assert second["next"] is None


def test_hidden_posts_leave_no_place(client, program_as):
    topic = cast.make_topic(author="Karin")
    hidden = cast.make_post(topic, author="Tom", state="hidden")
    cast.make_post(topic, author="Uwe", kind="comment", parent=hidden, text="darunter")
    url = f"/api/v1/topics/{topic.id}"
    assert [post["kind"] for post in client.get(url).json["posts"]] == ["question"]
    assert len(program_as("Karin", "read").get(url).json["posts"]) == 1
    own = program_as("Tom", "read").get(url).json["posts"]
    assert [(post["kind"], post["state"]) for post in own] == [
        ("question", "visible"),
        ("answer", "hidden"),
        ("comment", "visible"),
    ]


@pytest.mark.parametrize("number", ["0", "99999", "9223372036854775808", "x", "1-mit-titel", "-1"])
def test_what_is_not_there_is_json_as_well(as_en, number):
    answer = as_en.get(f"/api/v1/topics/{number}")
    assert (answer.status_code, answer.mimetype) == (404, "application/json")
    assert answer.json == {
        "error": {
            "code": "not_found",
            "message": "There is nothing at this address, or it is not public.",
            "fields": {},
        }
    }
