"""T-02: whoever may act on a thing may see it; what one may not see answers 404 and stays as it is."""

from __future__ import annotations

import re

import pytest
from flask import Flask, url_for

from app.accounts.actions import standing
from app.accounts.models import Account, SignedInSession
from app.core.db import db, transaction
from app.moderation import actions as moderation
from app.superusers import actions as programme
from tests import cast
from tests.moderation.conftest import accept_netiquette, report, rude_answer
from tests.surfer import Surfer
from tests.visibility.test_edge import everything
from tests.visibility.world import AUTHOR, World, build, through_the_eyes_of

ACTIVE = (AUTHOR, "Uwe", "Anna")  # one for each way of seeing
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


#: Person → pages that their standing opens.
THEIRS = {
    "Sina": ("/moderation",),
    "Anna": ("/desk", "/moderation/appeals", "/knowledge/drafts", "/superusers/nominations"),
    "Mo": ("/desk", "/superusers/terms"),
    "Ada": ("/desk", "/knowledge/suggestions"),
}


def _suspend(account_id: int) -> None:
    db.session.get_one(Account, account_id).state = "suspended"


def _demote(account_id: int) -> None:
    standing.set_role(None, account_id, "customer")


def _take_grant(account_id: int) -> None:
    standing.revoke(None, account_id, "moderate")


@pytest.fixture
def netiquette(app: Flask) -> None:
    with transaction():
        moderation.ensure_rulebook()
        programme.lay_ranks()
    accept_netiquette(*cast.PEOPLE)
    cast.grant("Sina", "moderate")


@pytest.mark.parametrize(
    ("name", "lose"),
    [
        ("Sina", _suspend),
        ("Sina", _demote),
        ("Sina", _take_grant),
        ("Anna", _suspend),
        ("Anna", _demote),
        ("Mo", _demote),
        ("Ada", _suspend),
    ],
)
def test_t02_who_loses_the_standing_loses_it_with_the_next_request(
    netiquette, client_as, name, lose
):
    """The same browser, the same session; nothing is signed out."""
    post, browser = rude_answer(), client_as(name)
    case = report(post)
    url = f"/moderation/cases/{case.id}"
    assert [browser.get(page).status_code for page in (*THEIRS[name], url)] == [200] * (
        len(THEIRS[name]) + 1
    )
    answer = browser.submit(url, kind="hide", rule="1", facts="Grob.")
    shown = re.search(r'name="shown"[^>]*value="([0-9a-f]{64})"', answer.get_data(as_text=True))
    assert shown is not None, "the premise: the letter was read, one press is missing"
    with transaction():
        lose(cast.account(name).id)
    before = everything()
    assert {browser.get(page).status_code for page in (*THEIRS[name], url)} == {403}
    sent = [
        browser.submit(url, kind="hide", rule="1", facts="Grob.", shown=shown[1]),
        browser.submit(f"/moderation/posts/{post.id}/case"),
        browser.submit(f"/desk/topics/{post.topic_id}/notes", text="Hallo"),
        browser.submit(f"/desk/topic/{post.topic_id}/take"),
        browser.submit(f"/posts/{post.id}/official"),
        browser.submit("/knowledge/new", title="T", problem="P", solution="S", audience="0"),
    ]
    assert {answer.status_code for answer in sent} == {403}
    assert everything() == before


def test_t02_a_suspended_member_reads_and_objects_but_does_nothing_else(netiquette, client_as):
    post, browser = rude_answer(author="Tom"), client_as("Karin")
    assert browser.get(f"/posts/{post.id}/report").status_code == 200
    with transaction():
        _suspend(cast.account("Karin").id)
    before = everything()
    sent = [
        browser.submit(f"/posts/{post.id}/report", rule="1", text="Grob."),
        browser.submit(f"/posts/{post.id}/vote"),
        browser.submit(f"/topics/{post.topic_id}/posts", text="Hallo"),
        browser.submit("/superusers/charter/accept", version="1"),
        browser.submit("/superusers/charter/refuse"),
    ]
    assert {answer.status_code for answer in sent} == {403}
    assert everything() == before


def test_t02_an_ended_sign_in_ends_everything(netiquette, client_as):
    browser = client_as("Ada")
    assert browser.get("/desk").status_code == 200
    with transaction():
        db.session.query(SignedInSession).delete()
    before = everything()
    assert browser.get("/desk").location.startswith("/account/login")
    assert browser.post("/desk/jobs/1/retry").status_code in (400, 401)
    assert everything() == before
