"""T-01, S02: over every GET route × every viewer, a word of a thing shows only where it may."""

from __future__ import annotations

import re

import pytest
from flask import Blueprint, Flask
from werkzeug.test import TestResponse

from app.core.db import db
from app.core.rules import ALLOW
from app.core.web.policy import policy
from app.forum.models import Post, Topic
from tests import cast
from tests.surfer import Surfer
from tests.visibility import routes
from tests.visibility.world import AUTHOR, USUAL, VIEWERS, Needle, World, build, through_the_eyes_of

SECRETS = re.compile(r'value="[^"]*"')


@pytest.fixture
def world(app: Flask) -> World:
    return build()


def shown(response: TestResponse) -> str:
    """Everything that left the server: body and headers."""
    return f"{response.headers}\n{response.get_data(as_text=True)}"


def with_token(browser: Surfer, name: str) -> Surfer:
    """Pages know the person by the cookie, the API by the token."""
    if name != "guest":
        browser.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {cast.token(name, 'read')}"
    return browser


def crawl(browser: Surfer, urls: list[str]) -> dict[str, str]:
    """Each address and whatever it leads to; nothing is asked for twice."""
    pages: dict[str, str] = {}
    todo = list(reversed(urls))
    while todo:
        url = todo.pop().partition("#")[0]
        if url not in pages:
            response = browser.get(url)
            pages[url] = shown(response)
            if response.location:
                todo.append(response.location)
    return pages


def leaks(pages: dict[str, str], forbidden: list[Needle]) -> list[str]:
    return [
        f"{url} shows the {needle.what}"
        for url, text in pages.items()
        for needle in forbidden
        if needle.word in text
    ]


def test_every_get_route_is_in_the_matrix(app):
    assert routes.without_line(app) == []
    assert routes.ARGUMENTS.keys() - routes.get_endpoints(app) == set(), "no line without a route"


@pytest.mark.parametrize("name", through_the_eyes_of(*USUAL))
def test_t01_everybody_sees_what_is_for_them_and_nothing_else(app, world, client_as, name):
    viewer = cast.actor(name)
    pages = crawl(with_token(client_as(name), name), routes.all_urls(app, world))
    forbidden = [needle for needle in world.needles if not needle.may_be_seen_by(viewer)]
    assert len(forbidden) >= 20, "the premise: there is much to hide, even from staff"
    assert leaks(pages, forbidden) == []
    everything = "".join(pages.values())
    allowed = [needle for needle in world.needles if needle.may_be_seen_by(viewer)]
    assert [needle.what for needle in allowed if needle.word not in everything] == []


@pytest.mark.slow
@pytest.mark.only("sqlite")
@pytest.mark.parametrize("name", ["guest", "Karin", "Uwe", "Anna"])
def test_t01_a_secret_word_is_like_any_unknown_word(world, client_as, time_machine, name):
    """No count, no "did you mean", no title: asking for it answers as asking for nonsense does."""
    time_machine.move_to("2026-05-04 10:00:00Z", tick=False)
    viewer, browser = cast.actor(name), client_as(name)
    different = []
    for url in ("/search?q={}", "/tags/{}", "/search?q={}*"):
        expected = _answer(browser, url, "zqnichtdaqz")
        different += [
            f"{url} for the word of a {needle.what}"
            for needle in world.needles
            if not needle.may_be_seen_by(viewer) and _answer(browser, url, needle.word) != expected
        ]
    assert different == []


def _answer(browser: Surfer, url: str, word: str) -> tuple[int, str]:
    response = browser.get(url.format(word))
    text = response.get_data(as_text=True).replace(word, "WORD")
    return response.status_code, SECRETS.sub("", text)


@pytest.mark.parametrize("name", ["guest", "Karin"])
def test_a_hidden_post_does_not_name_its_author(app, client_as, name):
    topic = cast.make_topic(author="Karin")
    cast.make_post(topic, author="Zqverborgen", state="hidden")
    cast.make_post(topic, author="Zqentfernt", state="removed")
    browser = client_as(name)
    for url in (f"/topics/{topic.id}", "/", "/topics", "/boards/internet", "/search?q=Router"):
        text = "".join(crawl(browser, [url]).values())
        assert "Zqverborgen" not in text
        assert "Zqentfernt" not in text


def test_the_matrix_reports_a_planted_leak(app, client_as):
    """A route that lists every title, and one that hides a word in a header, must be caught."""
    careless = Blueprint("careless", __name__)

    @careless.get("/careless")
    @policy(lambda actor: ALLOW)
    def everything() -> str:
        return " ".join(db.session.scalars(db.select(Topic.title)))

    @careless.get("/header")
    @policy(lambda actor: ALLOW)
    def header() -> tuple[str, dict[str, str]]:
        hidden = db.session.scalars(
            db.select(Post.text).filter_by(state="hidden", kind="answer").order_by(Post.id)
        ).first()
        return "", {"X-Next": str(hidden)}

    app.register_blueprint(careless)
    assert routes.without_line(app) == ["careless.everything", "careless.header"]
    world = build()
    forbidden = [n for n in world.needles if not n.may_be_seen_by(cast.actor("guest"))]
    faults = leaks(crawl(client_as("guest"), ["/careless", "/header", "/healthz"]), forbidden)
    assert "/careless shows the title of a topic hidden in internet" in faults
    assert [f for f in faults if f.startswith("/header")] == ["/header shows the hidden answer"]
    assert not any(fault.startswith("/healthz") for fault in faults)


def test_the_table_says_what_the_design_says(app):
    """The expectation itself, spelled out for the cases that people argue about."""
    needle = Needle("x", "hidden answer", cast.PUBLIC, ("hidden",), (AUTHOR,))
    seen = [name for name in VIEWERS if needle.may_be_seen_by(cast.actor(name))]
    assert seen == [AUTHOR, "Anna", "Mo", "Ada"]
    lounge = Needle("x", "topic", cast.SUPERUSERS, ("visible",), (AUTHOR,))
    seen = [name for name in VIEWERS if lounge.may_be_seen_by(cast.actor(name))]
    assert seen == ["Uwe", "Anna", "Mo", "Ada"], "not its author, who is no super user any more"
    removed = Needle("x", "post", cast.PUBLIC, ("removed",), (AUTHOR,))
    assert [name for name in VIEWERS if removed.may_be_seen_by(cast.actor(name))] == []
