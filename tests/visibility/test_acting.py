"""T-02: whoever may act on a thing may see it; what one may not see answers 404 and stays as it is."""

from __future__ import annotations

import pytest
from flask import Flask, url_for

from tests import cast
from tests.surfer import Surfer
from tests.visibility.test_edge import everything
from tests.visibility.world import AUTHOR, World, build, through_the_eyes_of

ACTIVE = ("Nele", AUTHOR, "Uwe", "Anna")  # one for each way of seeing
ABOUT_POSTS = ("forum.vote", "forum.unvote", "forum.accept", "forum.withdraw")
OFFICIAL = ("forum.make_official", "forum.withdraw_official")  # for the team alone
ABOUT_TOPICS = ("forum.watch", "forum.unwatch", "forum.post_answer")


@pytest.fixture
def world(app: Flask) -> World:
    return build()


def _urls(app: Flask, endpoints: tuple[str, ...], thing_id: int) -> list[str]:
    with app.test_request_context():
        return [url_for(endpoint, id=thing_id) for endpoint in endpoints]


def _unreadable(app: Flask, world: World, browser: Surfer) -> list[str]:
    """The addresses of actions on everything that this person cannot open."""
    posts = [p.id for p in world.posts if browser.get(f"/posts/{p.id}").status_code == 404]
    topics = [
        topic.id
        for topic in world.topics
        if browser.get(f"/topics/{topic.id}", follow_redirects=True).status_code == 404
    ]
    urls = [url for post_id in posts for url in _urls(app, ABOUT_POSTS, post_id)]
    return urls + [url for topic_id in topics for url in _urls(app, ABOUT_TOPICS, topic_id)]


def test_every_route_about_a_thing_is_asked(app):
    about = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and rule.endpoint.startswith("forum.") and rule.arguments
    }
    assert about == {*ABOUT_POSTS, *ABOUT_TOPICS, *OFFICIAL}


@pytest.mark.parametrize("name", ["Karin", "Uwe", "Bert"])
def test_t02_members_speak_for_the_team_nowhere(app, world, client_as, name):
    browser, before = client_as(name), everything()
    urls = [url for post in world.posts for url in _urls(app, OFFICIAL, post.id)]
    assert {browser.submit(url).status_code for url in urls} == {403}
    assert everything() == before


@pytest.mark.parametrize("name", through_the_eyes_of(*ACTIVE))
def test_t02_nobody_acts_on_what_they_cannot_see(app, world, client_as, name):
    browser = client_as(name)
    urls = _unreadable(app, world, browser)
    assert len(urls) > 20, "the premise: there are things that this person cannot see"
    before = everything()
    answers = {url: browser.submit(url, text="Hallo").status_code for url in urls}
    assert {url: status for url, status in answers.items() if status != 404} == {}
    assert everything() == before


@pytest.mark.slow
@pytest.mark.only("sqlite")  # they are refused before anything is asked of the database
@pytest.mark.parametrize(("name", "status"), [("guest", 401), ("Bert", 403)])
def test_t02_guests_and_suspended_members_change_nothing(app, world, client_as, name, status):
    browser, before = client_as(name), everything()
    urls = [url for post in world.posts for url in _urls(app, ABOUT_POSTS, post.id)]
    urls += [url for topic in world.topics for url in _urls(app, ABOUT_TOPICS, topic.id)]
    answers = {browser.submit(url, text="Hallo").status_code for url in urls}
    assert answers == {status}
    assert everything() == before


@pytest.mark.slow
def test_t02_a_comment_cannot_hang_under_what_one_cannot_see(app, world, client_as):
    host = next(topic for topic in world.topics if topic.title.startswith("Gastgeber"))
    below = [p for p in world.posts if p.topic_id == host.id and p.state != "visible"]
    browser, before = client_as("Karin"), everything()
    answers = {
        browser.submit(f"/topics/{host.id}/posts", text="Hallo", parent=post.id).status_code
        for post in below
        if post.author_id != cast.account("Karin").id
    }
    assert answers == {422}
    assert everything() == before
