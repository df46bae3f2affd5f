"""T-01: a guest cannot tell a forum with secrets from the same forum without them, byte by byte."""

from __future__ import annotations

import re

import pytest

from app.core.db import db
from app.forum.models import Post
from tests import cast
from tests.visibility import routes
from tests.visibility.world import AUTHOR, COMMENTER, VIEWERS, World, index

MASKED = re.compile(r'(name="(?:csrf_token|idempotency_key)" value=)"[^"]*"')
NAMES = (*VIEWERS[1:], COMMENTER)


def public_world() -> World:
    world = World()
    for name in NAMES:
        cast.account(name)
    for slug in cast.BOARDS:
        cast.board(slug)
    world.topics.append(cast.make_topic("Router", author="Karin", tags=("dsl",)))
    world.posts.append(cast.make_post(world.topics[0], author=AUTHOR))
    world.topics.append(cast.make_topic("Rechnung", author="Nele", kind="discussion"))
    return world


def add_secrets(world: World) -> World:
    """Made last, so that the ids of public things agree in both worlds."""
    extra = World(topics=list(world.topics), posts=list(world.posts))
    for slug in ("mitglieder", "lounge", "team"):
        extra.topics.append(cast.make_topic("Router geheim", author=AUTHOR, board_slug=slug))
        cast.make_post(extra.topics[-1], author="Karin", text="Router Router Router")
    for state in ("held", "hidden", "removed"):
        extra.topics.append(
            cast.make_topic("Router dsl", author="Nele", state=state, tags=("dsl",))
        )
        if state == "hidden":
            continue  # a hidden answer leaves a placeholder, which everybody may see
        post = cast.make_post(world.topics[0], author=AUTHOR, text="Router", state=state)
        cast.make_post(world.topics[0], author="Nele", kind="comment", parent=post, text="Router")
    return extra


@pytest.fixture
def recount(app):
    """Counters as the operator's command leaves them."""

    def run() -> None:
        db.session.rollback()
        result = app.test_cli_runner().invoke(args=["recount"])
        assert result.exit_code == 0, result.output

    return run


def test_t01_a_guest_sees_the_same_in_both_worlds(app, client, time_machine, recount):
    time_machine.move_to("2026-05-04 10:00:00Z", tick=False)
    world = public_world()
    index(world)
    recount()
    urls = [*routes.all_urls(app, world), "/search?q=router", "/search?q=geheim", "/tags/dsl"]
    before = {url: _bytes(client, url) for url in urls}
    assert {url: _bytes(client, url) for url in urls} == before, "the premise: nothing else varies"
    extra = add_secrets(world)
    index(extra)
    recount()
    assert db.session.query(Post).count() > 10, "the premise: there are secrets"
    assert [url for url in urls if _bytes(client, url) != before[url]] == []


def test_the_comparison_notices_a_public_topic(app, client, time_machine):
    time_machine.move_to("2026-05-04 10:00:00Z", tick=False)
    public_world()
    before = _bytes(client, "/topics")
    cast.make_topic("Neu", author="Karin")
    assert _bytes(client, "/topics") != before


def _bytes(client, url: str) -> tuple[int, str, str]:
    response = client.get(url, follow_redirects=True)
    body = MASKED.sub(r"\1", response.get_data(as_text=True))
    return response.status_code, str(sorted(response.headers.items())), body
