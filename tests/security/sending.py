"""Every route that changes something, filled in as its page would send it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask, url_for
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.core.forms import AppForm
from tests import cast
from tests.surfer import Surfer
from tests.visibility.acting import ACTING, DESK, FIELDS, OF_THE_TEAM
from tests.visibility.readers import Circle

SAFE = {"GET", "HEAD", "OPTIONS"}
SHOWN = re.compile(r'name="shown"[^>]*value="([0-9a-f]{64})"')
#: What a form began from; whoever has not seen the newest is refused.
SEEN = re.compile(r'name="seen"[^>]*value="([0-9a-f]{16})"')
BEGIN_FROM_SOMETHING = {"administration.frame_send", "administration.rule_send"}
#: What a good form says, over all forms; where a word means different things, see THERE.
FILLED = {
    **FIELDS,
    "about": "Neu hier.",
    "bona_fide": "y",
    "board": "internet",
    "category": "speech",
    "comment": "Kürzer.",
    "current_password": cast.PASSWORD,
    "email": "elke@example.org",
    "lang": "en",
    "law": "",
    "locale": "en",
    "name": "Elke",
    "netiquette": "y",
    "new_password": "sieben blaue Leitern knarren",
    "next": "/members",
    "password": "vier krumme Dosen wackeln",
    "tags": "",
    "url": "http://localhost/posts/1",
    "valid_for": "alle",
    "version": "1",
}
BOARD = {"board_name": "Elkes", "icon": "house", "audience": "0", "post_audience": "1"}
#: Where a field of that name means something else than elsewhere.
THERE: dict[str, dict[str, Any]] = {
    "accounts.consent_send": {"accepted_netiquette": "1"},
    "accounts.login_send": {"email": "karin@example.org", "password": cast.PASSWORD},
    "administration.board_send": {**BOARD, "confirmed": "0"},
    "administration.language_send": {
        "languages": ["de", "en"],
        "default_language": "de",
        "address": "sie",
    },
    "administration.look_send": {"by": "code", "colour": "#663399"},
    "administration.move_board": {"to": "up"},
    "administration.new_board_send": BOARD,
    "administration.frame_send": {"intro_de": "Guten Tag", "intro_en": "Good day"},
    "administration.rule_send": {
        "title_de": "Freundlich",
        "ground": "incompatible",
        "category": "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
    },
    "administration.set_role": {"role": "moderator"},
    "administration.text_send": {
        "version": "0",
        **{f"{part}_{language}": "Text" for part in ("title", "text") for language in ("de", "en")},
    },
    "forum.ask_send": {"kind": "question"},
    "forum.ask_solved": {"solved": "topic:1"},
    "knowledge.rate": {"revision": "4"},
    "knowledge_staff.edit_send": {"board": "", "based_on": "1"},
    "knowledge_staff.new_send": {"board": ""},
    "knowledge_staff.promote_send": {"board": ""},
}
#: What views read from the form by themselves.
READ = {"account", "back", "continue", "filter", "helpful", "insert", "lang", "next", "preview",
        "reply", "revision", "solved", "then", "to", "topic", "accepted_netiquette", "csrf_token",
        "idempotency_key", "logo"}  # fmt: skip
#: Route → the kind of thing whose number it takes, where acting.py does not say.
THINGS = {
    **{endpoint: thing for endpoint, (_page, thing) in ACTING.items()},
    **{f"forum.{verb}": "Topic" for verb in ("post_answer", "watch", "unwatch")},
    **{f"forum.{verb}": "Post" for verb in ("accept", "vote", "unvote", "withdraw")},
    "desk.write_note": "Topic",
    "administration.board_send": "Board",
    "administration.move_board": "Board",
    "administration.resend": "Invitation",
    "administration.set_role": "Colleague",
    "administration.withdraw": "Invitation",
}
#: Arguments that are words.
WORDS = {
    "administration.text_send": {"kind": "privacy"},
    "administration.settle_step": {"step": "look"},
    "administration.reopen_step": {"step": "look"},
    "administration.move_rule": {"way": "up"},
}
TRIES = 4  # of the first and of the last things of a kind, until one can be acted on
#: Who is asked to send each form; the first whose form is taken.
SENDERS = ("guest", "Karin", "Anna")
BY_OTHERS = {
    "accounts.password_send": ("Karin",),
    "desk.archive_reply": ("Ada",),
    "desk.move_reply": ("Ada",),
    "desk.new_reply_send": ("Ada",),
    "desk.reply_send": ("Ada",),
    "desk.restore_reply": ("Ada",),
    "desk.retry": ("Ada",),
    "moderation.appeal": ("Olga",),
}


@dataclass(frozen=True)
class Form:
    """A route, who may send it, where, and which fields its forms read."""

    rule: Rule
    name: str
    url: str
    fields: frozenset[str]
    taken: bool


def unsafe_rules(app: Flask) -> list[Rule]:
    rules = (rule for rule in app.url_map.iter_rules() if (rule.methods or set()) - SAFE)
    return sorted(rules, key=lambda rule: rule.endpoint)


def by_token(rule: Rule) -> bool:
    """Programs bring a token instead of a cookie: no form of another site can send it."""
    return rule.rule.startswith("/api/")


def form_rules(app: Flask) -> list[Rule]:
    return [rule for rule in unsafe_rules(app) if not by_token(rule)]


def method_of(rule: Rule) -> str:
    return min((rule.methods or set()) - SAFE)


def filled(endpoint: str) -> dict[str, Any]:
    return {**FILLED, **THERE.get(endpoint, {})}


def targets(world: Circle, rule: Rule) -> list[str]:
    """The addresses at which this route may find something to act on. Needs a request context."""
    ids = world.ids.get(THINGS.get(rule.endpoint, ""), [1])
    if rule.endpoint in DESK:
        return [
            url_for(rule.endpoint, kind="topic", id=topic_id) for topic_id in world.ids["Topic"][:3]
        ]
    samples: list[dict[str, Any]] = [
        {name: "t" * 43 if name == "token" else number for name in rule.arguments}
        for number in ({*ids[:TRIES], *ids[-TRIES:]} if rule.arguments else [1])
    ]
    words = WORDS.get(rule.endpoint, {})
    return [url_for(rule.endpoint, **{**values, **words}) for values in samples]


def press(browser: Surfer, rule: Rule, url: str, fields: dict[str, str]) -> TestResponse:
    """Send the form, and press once more where a letter is shown first."""
    method, hidden = method_of(rule), {"csrf_token": browser.form_token()}
    if rule.endpoint in BEGIN_FROM_SOMETHING and (seen := SEEN.search(browser.get(url).text)):
        hidden["seen"] = seen[1]
    answer = browser.open(url, method=method, data={**hidden, **fields})
    letter = SHOWN.search(answer.get_data(as_text=True))
    if answer.status_code < 300 and letter:
        data = {**hidden, **fields, "shown": letter[1]}
        answer = browser.open(url, method=method, data=data)
    return answer


@contextmanager
def names_of_forms() -> Iterator[set[str]]:
    """The names of all fields of the forms that are read meanwhile."""
    seen: set[str] = set()
    original = AppForm.__init__

    def noting(self: AppForm, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        seen.update(self._fields)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(AppForm, "__init__", noting)
        yield seen


def find_forms(
    app: Flask, world: Circle, browsers: dict[str, Surfer], back: Callable[[], None]
) -> list[Form]:
    """Each route once; `back` puts the database back. Routes that refuse everybody are left out."""
    found = (_find(app, world, browsers, back, rule) for rule in form_rules(app))
    return [form for form in found if form is not None]


def _senders(endpoint: str) -> tuple[str, ...]:
    return ("Ada",) if endpoint.startswith("administration.") else BY_OTHERS.get(endpoint, SENDERS)


def _find(
    app: Flask, world: Circle, browsers: dict[str, Surfer], back: Callable[[], None], rule: Rule
) -> Form | None:
    with app.test_request_context():
        urls = targets(world, rule)
    best, kept_away = None, rule.endpoint.startswith(OF_THE_TEAM)
    for name in _senders(rule.endpoint):
        for url in urls:
            with names_of_forms() as fields:
                status = press(browsers[name], rule, url, filled(rule.endpoint)).status_code
            if status < 400:
                back()
                return Form(rule, name, url, frozenset(fields), taken=True)
            if status == 401 or (status == 403 and kept_away and name != "Anna"):
                break  # turned away before anything was read
            if fields or best is None:
                best = Form(rule, name, url, frozenset(fields), taken=False)
    return best
