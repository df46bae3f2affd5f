"""Writing as a program: the contract, the gates, the same key twice, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from app.core.db import Base, db, transaction
from app.forum.models import Acceptance, Post, Topic, Vote
from app.moderation.actions import ensure_rulebook
from tests import cast
from tests.moderation.conftest import accept_netiquette
from tests.surfer import Surfer
from tests.visibility import world as needles
from tests.visibility.test_edge import everything

TOPIC = {"board": "internet", "title": "Router blinkt rot", "text": "Was **tun**?"}
TOPICS = "/api/v1/topics"


@pytest.fixture
def environment(request, environment):
    wanted = {"holding": {"HOLD_NEWCOMERS": "on"}, "limited": {"RATE_LIMITS": "on"}}
    for name, settings in wanted.items():
        if name in request.fixturenames:
            environment.update(settings)
    return environment


@pytest.fixture
def holding(app) -> None:
    with transaction():
        ensure_rulebook()
    accept_netiquette("Nele")


@pytest.fixture
def limited(app) -> None:
    """Budgets count."""


@pytest.fixture
def karin(program_as: Callable[..., Surfer]) -> Surfer:
    cast.board()
    return program_as("Karin")


def error(answer: TestResponse, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/json"
    found: dict[str, Any] = answer.json["error"]
    assert found.keys() == {"code", "message", "fields"}
    return found


def test_a_topic_is_opened(karin, client):
    answer = karin.post(TOPICS, json={**TOPIC, "tags": ["WLAN", "router"], "kind": "discussion"})
    assert answer.status_code == 201
    topic = db.session.scalars(db.select(Topic)).one()
    assert answer.json == {
        "id": topic.id,
        "url": f"/topics/{topic.id}-router-blinkt-rot",
        "state": "visible",
    }
    found = client.get(f"{TOPICS}/{topic.id}").json
    assert (found["title"], found["kind"], found["tags"]) == (TOPIC["title"], "discussion", ["wlan", "router"])  # fmt: skip
    assert found["posts"][0]["html"] == "<p>Was <strong>tun</strong>?</p>"
    assert client.get(answer.json["url"]).status_code == 200


def test_an_answer_and_a_comment_are_written(karin, program_as):
    topic = cast.make_topic(author="Karin")
    url = f"{TOPICS}/{topic.id}/posts"
    answer = program_as("Tom").post(url, json={"text": "Stecker ziehen"})
    assert (answer.status_code, answer.json["url"]) == (201, f"/posts/{answer.json['id']}")
    comment = karin.post(url, json={"text": "Danke", "parent": answer.json["id"]})
    assert db.session.get_one(Post, comment.json["id"]).parent_id == answer.json["id"]
    assert karin.post(url, json={"text": "Oben", "parent": None}).status_code == 201
    assert error(karin.post(url, json={"text": "Danke", "parent": 99999}), 422)["fields"]["parent"]


def test_solution_and_thanks_are_said_and_taken_back_and_twice_is_once(karin, program_as):
    post = cast.make_post(cast.make_topic(author="Karin"), author="Tom")
    acceptance, vote = f"/api/v1/posts/{post.id}/acceptance", f"/api/v1/posts/{post.id}/vote"
    for url, row in ((acceptance, Acceptance), (vote, Vote)):
        for method, rows in (("PUT", 1), ("PUT", 1), ("DELETE", 0), ("DELETE", 0)):
            answer = karin.open(url, method=method)
            assert (answer.status_code, answer.data) == (204, b"")
            assert db.session.query(row).count() == rows
    tom = program_as("Tom")
    assert "die Person, die gefragt hat" in error(tom.put(acceptance), 403)["message"]
    assert error(tom.put(vote), 403)["code"] == "forbidden"
    assert error(karin.put("/api/v1/posts/99999/vote"), 404)["code"] == "not_found"


def test_a_held_topic_is_told_and_seen_by_its_author_alone(holding, program_as, client):
    cast.board()
    nele = program_as("Nele")
    topic = nele.post(TOPICS, json=TOPIC).json
    assert topic["state"] == "held"
    assert nele.get(f"{TOPICS}/{topic['id']}").json["state"] == "held"
    assert client.get(f"{TOPICS}/{topic['id']}").status_code == 404
    other = cast.make_topic(author="Tom")
    answer = nele.post(f"{TOPICS}/{other.id}/posts", json={"text": "Hallo"})
    assert (answer.status_code, answer.json["state"]) == (201, "held")


def test_the_same_key_gives_the_same_answer(karin, program_as):
    headers = {"Idempotency-Key": '"8e03978e-40d5-43dd-bc93-6894a57f9324"'}
    first = karin.post(TOPICS, json=TOPIC, headers=headers)
    again = karin.post(TOPICS, json=TOPIC, headers={"Idempotency-Key": headers["Idempotency-Key"].strip('"')})  # fmt: skip
    assert (again.status_code, again.json) == (201, first.json)
    other = karin.post(TOPICS, json={**TOPIC, "text": "Anders"}, headers=headers)
    assert "andere Anfrage" in error(other, 422)["message"]
    answers = f"{TOPICS}/{first.json['id']}/posts"
    assert karin.post(answers, json={"text": "Anders"}, headers=headers).status_code == 422
    assert db.session.query(Post).count() == 1
    tom = program_as("Tom").post(TOPICS, json=TOPIC, headers=headers)
    assert (tom.status_code, tom.json["id"] != first.json["id"]) == (201, True)
    assert error(karin.post(TOPICS, json=TOPIC, headers={"Idempotency-Key": "kurz"}), 422)
    karin.post(TOPICS, json=TOPIC)
    assert db.session.query(Topic).count() == 3, "without a key it is another topic"


#: Every field with values of the wrong kind, and the field that must be named.
ODD: list[tuple[dict[str, Any], str]] = [
    *(({"title": value}, "title") for value in (None, 7, True, ["x"], {"a": 1}, "", " ", "kurz")),
    *(({"text": value}, "text") for value in (None, 7, [], "", " \n", "x" * 20_001, "a\0b", "\ud800")),
    *(({"board": value}, "board") for value in (None, 7, "", "nirgends", "team", ["internet"])),
    *(({"kind": value}, "kind") for value in (None, "idea", "announcement", 1, ["question"])),
    *(({"tags": value}, "tags") for value in (None, "wlan", {}, [1], [None], ["a,b"], ["?"], [""], ["a"] * 6)),
    *(({"product": value}, "product") for value in (7, "TalBox 7", [])),
    ({"title": "x" * 201}, "title"),
    ({"title": "Ein Titel\ud800"}, "title"),
    ({"state": "visible"}, "state"),
    ({"title ": "x"}, "title "),
]  # fmt: skip


def test_s09_odd_values_are_refused_at_their_field(karin):
    cast.board("team")
    before = everything()
    wrong = {}
    for fields, name in ODD:
        answer = karin.post(TOPICS, json={**TOPIC, **fields})
        if answer.status_code != 422 or list(answer.json["error"]["fields"]) != [name]:
            wrong[repr(fields)[:60]] = answer.text
    assert wrong == {}
    without_note_of_use = {k: v for k, v in everything().items() if k != "api_token"}
    assert without_note_of_use == {k: v for k, v in before.items() if k != "api_token"}


@pytest.mark.parametrize("parent", ["1", 1.0, True, [1], {}, 0, -1, 2**63])
def test_s09_a_parent_is_a_number(karin, parent):
    topic = cast.make_topic()
    answer = karin.post(f"{TOPICS}/{topic.id}/posts", json={"text": "Hallo", "parent": parent})
    assert list(error(answer, 422)["fields"]) == ["parent"]


def test_t07_no_column_can_be_sent(karin):
    topic = cast.make_topic(author="Tom")
    names = {column.name for table in Base.metadata.sorted_tables for column in table.columns} - {
        "title",
        "text",
        "kind",
    }
    assert len(names) > 100, "the premise"
    for url, body, columns in (
        (TOPICS, TOPIC, names - {"board", "tags"}),
        (f"{TOPICS}/{topic.id}/posts", {"text": "Hallo"}, names | {"title", "kind", "board"}),
    ):
        answer = karin.post(url, json={**body, **dict.fromkeys(columns, 1)})
        assert error(answer, 422)["fields"].keys() == columns
    assert db.session.query(Post).count() == 1


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        (b'{"text": "a"', "application/json", 400, "bad_request"),
        (b"", "application/json", 400, "bad_request"),
        (b"\xff", "application/json", 400, "bad_request"),
        (b'{"text": NaN}', "application/json", 400, "bad_request"),
        (b'{"text": "a", "text": "b"}', "application/json", 400, "bad_request"),
        (b"[" * 100_000, "application/json", 400, "bad_request"),
        (b"1" * 5_000, "application/json", 400, "bad_request"),
        (b'["a"]', "application/json", 422, "wrong_fields"),
        (b"null", "application/json", 422, "wrong_fields"),
        (b"text=Hallo", "application/x-www-form-urlencoded", 415, "not_json"),
        (b'{"text": "Hallo"}', "text/plain", 415, "not_json"),
        (b"x" * (1024 * 1024 + 1), "application/json", 413, "too_large"),
    ],
)
def test_what_is_no_json_is_told_so(karin, body, content_type, status, code):
    topic = cast.make_topic()
    answer = karin.post(f"{TOPICS}/{topic.id}/posts", data=body, content_type=content_type)
    assert error(answer, status)["code"] == code
    assert db.session.query(Post).count() == 1


@pytest.mark.slow
@pytest.mark.only("sqlite")
def test_t02_nobody_acts_on_what_they_cannot_see(app, program_as):
    world = needles.build()
    program = program_as("Karin")
    topics = [t.id for t in world.topics if program.get(f"{TOPICS}/{t.id}").status_code == 404]
    readable = {
        post["id"]
        for topic in world.topics
        if topic.id not in topics
        for post in program.get(f"{TOPICS}/{topic.id}").json["posts"]
    }
    posts = [post.id for post in world.posts if post.id not in readable]
    assert min(len(topics), len(posts)) > 5, "the premise: there are things that she cannot see"
    before = everything()
    statuses = {
        program.open(f"/api/v1/posts/{post_id}/{what}", method=method).status_code
        for post_id in posts
        for what in ("vote", "acceptance")
        for method in ("PUT", "DELETE")
    } | {program.post(f"{TOPICS}/{i}/posts", json={"text": "Hallo"}).status_code for i in topics}
    after = everything()
    before.pop("api_token")
    after.pop("api_token")
    assert (statuses, after) == ({404}, before)


@pytest.mark.only("sqlite")
def test_s12_too_much_is_told_with_the_time_to_wait(limited, karin):
    topic = cast.make_topic(author="Tom")
    url = f"/api/v1/posts/{topic.last_post_id}/vote"
    statuses = [karin.put(url).status_code for _ in range(61)]
    assert statuses == [204] * 60 + [429]
    answer = karin.put(url)
    assert error(answer, 429)["code"] == "too_many_requests"
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert karin.get(TOPICS).status_code == 200, "reading has a budget of its own"
