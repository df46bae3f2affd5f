"""The API as a whole: search over everything, its description, and errors that are always JSON."""

from __future__ import annotations

import pytest
from flask import Flask

from app.core.api import errors
from app.core.jobs.runner import Runner
from app.core.search import rebuild
from app.core.web.policy import policy_of
from app.core.web.programs import PREFIX
from tests import cast
from tests.knowledge.conftest import published, solved
from tests.visibility.test_edge import everything


@pytest.fixture
def found(app: Flask) -> dict[str, int]:
    """A solved topic, its article and a topic of the team, all about the same words."""
    post = solved("Router neu starten")
    Runner(app).drain()
    article = published(post, title="Den Router neu starten").id
    secret = cast.make_topic("Router im Team", author="Anna", board_slug="team")
    rebuild(lambda _count: None)
    return {"topic": post.topic_id, "article": article, "secret": secret.id}


def test_search_finds_topics_and_articles(found, client, program_as):
    answer = client.get("/api/v1/search?q=Router")
    assert (answer.status_code, answer.json.keys()) == (200, {"results"})
    results = answer.json["results"]
    assert [(r["kind"], r["id"]) for r in results] == [
        ("article", found["article"]),
        ("topic", found["topic"]),
    ]
    assert {frozenset(r) for r in results} == {frozenset({"kind", "id", "title", "url", "score"})}
    assert results[1]["url"] == f"/topics/{found['topic']}-router-neu-starten"
    assert all(0 <= r["score"] <= 1 for r in results)
    kinds = {k: client.get(f"/api/v1/search?q=Router&kind={k}").json["results"] for k in ("topic", "article")}  # fmt: skip
    assert [[r["kind"] for r in kinds[k]] for k in ("topic", "article")] == [["topic"], ["article"]]
    assert len(client.get("/api/v1/search?q=Router&limit=1").json["results"]) == 1
    agent = program_as("Anna", "read").get("/api/v1/search?q=Router&kind=topic").json["results"]
    assert {r["id"] for r in agent} == {found["topic"], found["secret"]}
    assert client.get("/api/v1/search?q=nirgendwo").json == {"results": []}


@pytest.mark.parametrize(
    "query", ["", "q=", "q=a&kind=post", "q=a&limit=101", "q=a&x=1", "q=" + "a" * 201]
)
def test_search_refuses_what_it_does_not_know(client, query):
    assert client.get(f"/api/v1/search?{query}").status_code == 422


def test_articles_are_listed_and_read(found, client):
    listed = client.get("/api/v1/articles").json
    assert (listed["next"], [item["id"] for item in listed["items"]]) == (None, [found["article"]])
    article = client.get(f"/api/v1/articles/{found['article']}").json
    assert article["url"] == listed["items"][0]["url"]
    assert article["solution_html"].startswith("<")
    assert client.get("/api/v1/articles?board=team").status_code == 404
    assert client.get("/api/v1/articles/99999").status_code == 404


def test_the_description_names_every_route_and_nothing_else(app, client):
    paths = client.get("/api/v1/openapi.json").json["paths"]
    described = {
        (path, method.upper())
        for path, ways in paths.items()
        for method in ways
        if method != "parameters"
    }
    routes = {
        (rule.rule.replace("<id:id>", "{id}"), method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(PREFIX)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {(PREFIX + path.removeprefix(PREFIX), method) for path, method in described} == routes


def test_whatever_lies_below_the_prefix_is_for_programs(app):
    """So that no route there is open to a cookie, and none elsewhere goes without a form token."""
    for rule in app.url_map.iter_rules():
        blueprint = app.blueprints.get(rule.endpoint.rpartition(".")[0])
        declared = getattr(blueprint, "for_programs", False)
        assert declared == rule.rule.startswith("/api/"), rule


@pytest.mark.parametrize(
    ("method", "url", "status", "code"),
    [
        ("GET", "/api/v1/nirgends", 404, "not_found"),
        ("GET", "/api/v2/topics", 404, "not_found"),
        ("GET", "/api/", 404, "not_found"),
        ("POST", "/api/v1/nirgends", 404, "not_found"),
        ("DELETE", "/api/v1/topics", 405, "method_not_allowed"),
        ("GET", "/api/v1/posts/1/vote", 405, "method_not_allowed"),
        ("POST", "/api/v1/topics", 401, "no_valid_token"),
        ("PUT", "/api/v1/posts/1/vote", 401, "no_valid_token"),
    ],
)
def test_errors_are_json_in_the_readers_language(as_en, as_de, method, url, status, code):
    english, german = (surfer.open(url, method=method) for surfer in (as_en, as_de))
    for answer in (english, german):
        assert (answer.status_code, answer.mimetype) == (status, "application/json")
        assert answer.json["error"]["code"] == code
    assert english.json["error"]["message"] != german.json["error"]["message"]
    assert ("Allow" in english.headers) == (status == 405)
    assert english.headers.get("WWW-Authenticate") == ("Bearer" if status == 401 else None)


def test_s55_our_own_faults_are_json_without_details(app, client):
    def broken(**_arguments: object) -> str:
        raise RuntimeError("planted")

    broken.policy = policy_of(app, "forum_api.topics")  # type: ignore[attr-defined]
    app.view_functions["forum_api.topics"] = broken
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = client.get("/api/v1/topics")
    assert (answer.status_code, answer.json["error"]["code"]) == (500, "failure")
    assert len(answer.json["error"]["reference"]) == 8
    assert "planted" not in answer.text


def test_s29_a_foreign_host_is_refused_in_json(client):
    answer = client.get("/api/v1/topics", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.json["error"]["code"]) == (400, "bad_request")


def test_an_error_that_cannot_even_be_translated_is_json(app, client, monkeypatch):
    def broken(_message: str, **_values: object) -> str:
        raise RuntimeError("planted")

    monkeypatch.setattr(errors, "_", broken)
    answer = client.get("/api/v1/nirgends")
    assert (answer.status_code, answer.json["error"]["code"]) == (404, "not_found")


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_s29_no_other_website_may_read_or_write(client_as, method):
    topic = cast.make_topic(author="Tom")
    headers = {
        "Origin": "https://evil.example",
        "Sec-Fetch-Site": "cross-site",
        "Access-Control-Request-Method": "PUT",
    }
    browser = client_as("Karin")
    before = everything()
    answer = browser.open(
        f"/api/v1/topics/{topic.id}" + ("" if method == "GET" else "/posts"),
        method=method,
        headers=headers,
        json={"text": "Hallo"} if method == "POST" else None,
    )
    assert not [name for name, _value in answer.headers if name.startswith("Access-Control")]
    assert answer.status_code == {"GET": 200, "POST": 401, "OPTIONS": 401}[method]
    assert everything() == before
