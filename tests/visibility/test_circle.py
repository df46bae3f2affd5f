"""T-01 and T-02 for moderation, knowledge, programme and desk: in one small world per module.

The last test changes the world; keep it last.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, url_for
from sqlalchemy import select

from app.accounts.models import SignedInSession
from app.core.db import db
from app.notifications import reactions
from app.notifications.models import Notification
from tests import cast
from tests.databases import Databases
from tests.open_forum import browser_of, open_forum
from tests.surfer import Surfer
from tests.visibility import circle, routes
from tests.visibility.acting import (
    ACTING,
    DESK,
    FIELDS,
    FORUM,
    OWN,
    PROGRAMS,
    SECRET_LINKS,
    Target,
    Values,
    enough,
    things,
    unseen,
)
from tests.visibility.circle import VIEWERS
from tests.visibility.readers import Circle, Secret
from tests.visibility.test_edge import everything
from tests.visibility.test_needles import shown
from tests.visibility.world import COMMON, through_the_eyes_of

NOBODYS = 10**9  # a number that nothing has
READERS = ("Karin", "Olga", "Sina", "Anna")  # of mails
#: What is walked through here: every page with states of these features, and where they are told.
PAGES = {
    "accounts.member",
    "forum.ask_answers",
    "forum.post",
    "forum.search",
    "forum.topic",
    "moderation.decision",
    "moderation.decisions",
    "moderation.notice_status",
    "moderation.report",
    "notifications.inbox",
}
PREFIXES = ("casework.", "desk.", "knowledge", "superusers")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Iterator[Flask]:
    """One forum for all tests of this module: nearly all of them only look."""
    with open_forum(tmp_path_factory.mktemp("circle"), databases) as app:
        yield app


@pytest.fixture(scope="module")
def world(app: Flask) -> Circle:
    return circle.build()


@pytest.fixture(scope="module")
def browsers(app: Flask, world: Circle) -> dict[str, Surfer]:
    return {name: browser_of(app, name) for name in VIEWERS}


def _urls(app: Flask, world: Circle) -> list[str]:
    """Pages about each thing of this world, and the lists; the others are in test_needles.py."""
    ours = [e for e in routes.ARGUMENTS if e in PAGES or e.startswith(PREFIXES)]
    with app.test_request_context():
        return [
            url_for(endpoint, **values)
            for endpoint in sorted(ours)
            for values in routes.ARGUMENTS[endpoint](world)
        ] + [
            url_for("desk.thing", kind=kind, id=thing_id)
            for kind, ids in things(world).items()
            for thing_id in ids
        ]


@pytest.fixture(scope="module")
def walk(app: Flask, world: Circle, browsers: dict[str, Surfer]) -> Callable[[str], dict[str, Any]]:
    """What each person finds at each address, asked for once: (status, everything shown)."""

    changed = app.extensions.setdefault("tests.changed", {})

    @functools.cache
    def walked(name: str) -> dict[str, Any]:
        pages, before = {}, everything()
        for url in _urls(app, world):
            answer = browsers[name].get(url, follow_redirects=True)
            signed_out = answer.request.path == "/account/login"
            pages[url] = (401 if signed_out else answer.status_code, shown(answer))
        after = everything()
        changed[name] = [table for table in before if before[table] != after[table]]
        return pages

    return walked


def _forbidden(world: Circle, name: str) -> list[Secret]:
    return [secret for secret in world.secrets if not secret.who(cast.actor(name))]


def _leaks(text: str, secrets: list[Secret]) -> list[str]:
    return [secret.what for secret in secrets if secret.word in text]


@pytest.mark.parametrize("name", through_the_eyes_of(*VIEWERS))
def test_t01_every_page_keeps_its_secrets(world, walk, name):
    forbidden = _forbidden(world, name)
    assert forbidden, "the premise: there is something to hide from everybody"
    pages = {url: text for url, (_status, text) in walk(name).items()}
    found = {url: leaks for url, text in pages.items() if (leaks := _leaks(text, forbidden))}
    assert found == {}
    everything_shown = "".join(pages.values())
    allowed = [s for s in world.secrets if s.shown and s.who(cast.actor(name))]
    assert [s.what for s in allowed if s.word not in everything_shown] == []


@pytest.mark.parametrize("name", through_the_eyes_of(*VIEWERS))
def test_t05_whoever_walks_through_it_changes_nothing(app, walk, name):
    """The rows of all tables, counted up in `walk` before and after."""
    _pages, changed = walk(name), app.extensions["tests.changed"]
    assert changed[name] == []


@pytest.mark.parametrize("name", through_the_eyes_of("guest", "Karin", "Olga", "Sina"))
def test_t01_only_the_team_learns_who_reported(walk, name):
    """Rita reported everything and wrote nothing; only the inbox names her, as who answered."""
    named = [url for url, (_status, text) in walk(name).items() if "Rita" in text]
    assert [url for url in named if url != "/account/notifications"] == []


@pytest.mark.slow
def test_t01_no_mail_tells_what_its_reader_may_not_know(app, world, outbox_of):
    """Every mail about every thing to everybody, as if the wrong job had been written."""
    for name in READERS:
        account_id = cast.account(name).id
        for kind, subject_id in circle.subjects(world):
            reactions.mail_subject(account_id=account_id, kind=kind, subject_id=subject_id)
        for post in world.posts:
            reactions.mail_notice(account_id=account_id, kind="answer", post_id=post.id)
    db.session.rollback()
    mails = outbox_of(app)
    assert len(mails) > 20, "the premise: some are sent"
    found = [
        (name, leak)
        for name in READERS
        for text in mails
        if f"{name.lower()}@example.org" in text
        for leak in _leaks(text, _forbidden(world, name))
    ]
    assert found == []


@pytest.fixture
def outbox_of():
    def texts(app: Flask) -> list[str]:
        folder = Path(app.extensions["helferkreis.config"].instance) / "outbox"
        mails = [
            message_from_bytes(f.read_bytes(), policy=policy.default) for f in folder.iterdir()
        ]
        return [
            "\n".join([str(m["To"]), str(m["Subject"])])
            + "".join(p.get_content() for p in m.walk() if not p.is_multipart())
            for m in mails
        ]

    return texts


def test_t02_every_acting_route_is_asked(app):
    """But those of administration: they refuse everybody else before any view runs."""
    about = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ())
        and rule.arguments
        and not rule.endpoint.startswith("administration.")
    }
    assert about == {*ACTING, *DESK, *OWN, *FORUM, *PROGRAMS, *SECRET_LINKS}


@pytest.mark.parametrize("name", through_the_eyes_of(*VIEWERS))
def test_t02_nobody_acts_on_what_they_cannot_see(app, world, browsers, walk, name):
    """What has no page for somebody answers as a number that nothing has, and stays as it is."""
    browser = browsers[name]
    hidden = unseen(app, world, walk(name), name) + _others_own(browser)
    assert len(hidden) > 5, "the premise: something is hidden from everybody"
    before, wrong = everything(), {}
    nobodys: dict[str, int] = {}
    for endpoint, values in hidden:
        with app.test_request_context():
            url = url_for(endpoint, **values)
            other = url_for(endpoint, **{**values, _number(values): NOBODYS})
        if other not in nobodys:
            nobodys[other] = browser.submit(other, **FIELDS).status_code
        status = browser.submit(url, **FIELDS).status_code
        if status not in (401, 403, 404) or status != nobodys[other]:
            wrong[url] = status
    assert wrong == {}
    assert everything() == before


def _number(values: Values) -> str:
    return "session_id" if "session_id" in values else "id"


def _others_own(browser: Surfer) -> list[Target]:
    me = db.session.execute(
        select(SignedInSession.account_id).filter_by(secret_hash=browser.session_hash)
    ).scalar()
    told = db.session.scalars(select(Notification.id).where(Notification.account_id != (me or 0)))
    signed_in = db.session.scalars(
        select(SignedInSession.id).where(SignedInSession.account_id != (me or 0))
    )
    return [
        *(("notifications.open", {"id": i}) for i in list(told)[:3]),
        *(("accounts.end_session", {"session_id": i}) for i in list(signed_in)[:3]),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Karin", "Sina"])
def test_t01_answers_to_what_was_sent_keep_secrets_too(app, world, browsers, name):
    """Every acting route on every thing, half filled in. Last: what may be done is done."""
    browser, forbidden = browsers[name], _forbidden(world, name)
    found = {}
    for endpoint, (_page, thing) in ACTING.items():
        for i in enough(endpoint, world.ids.get(thing, [1]), name):
            with app.test_request_context():
                url = url_for(endpoint, id=i)
            fields = FIELDS if i % 2 else {}
            if leaks := _leaks(shown(browser.submit(url, **fields)), forbidden):
                found[url] = leaks
    for url, fields in (
        ("/topics/preview", {"text": f"@Olga {COMMON}"}),
        ("/topics/ask", {"title": COMMON, "text": COMMON}),
        ("/topics/ask/solved", {"id": str(world.topics[0].id)}),
        ("/moderation/notice", {"url": f"http://localhost/posts/{world.posts[-1].id}"}),
    ):
        if leaks := _leaks(shown(browser.submit(url, **fields)), forbidden):
            found[url] = leaks
    assert found == {}
