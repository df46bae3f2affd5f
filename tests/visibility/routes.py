"""How to ask for every GET route. A route without a line here fails the matrix: add one.

Each line gives, for a world of needles, the values of the route's arguments (and of its query).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, url_for

from app.forum.queries import FILTERS
from tests import cast
from tests.visibility.world import AUTHOR, COMMENTER, COMMON, World

Values = Iterable[dict[str, Any]]
ONCE: Values = ({},)


def _topics(world: World) -> Values:
    ids = [topic.id for topic in world.topics]
    return [{"id": topic_id} for topic_id in ids] + [{"id": ids[0], "from": 2}]


def _posts(world: World) -> Values:
    return [{"id": post.id} for post in world.posts]


def _filters(world: World) -> Values:
    return [{}, *({"filter": name} for name in FILTERS)]


def _boards(world: World) -> Values:
    return [{"slug": slug, **values} for slug in cast.BOARDS for values in _filters(world)]


def _lists(world: World) -> Values:
    """The API's lists: every filter of every board, and a tag."""
    boards = [{"board": slug, **values} for slug in cast.BOARDS for values in _filters(world)]
    return [*_filters(world), *boards, {"tag": "unbenutzt"}, {"limit": 1}]


def _members(world: World) -> Values:
    names = (AUTHOR, COMMENTER, "Karin", "Bert")
    return [{"name": name, **more} for name in names for more in ({}, {"filter": "answers"})]


def _articles(world: World) -> Values:
    return [{"id": article_id} for article_id in world.articles]


def _ids(thing: str) -> Callable[[World], Values]:
    """Numbers that the world has kept of a kind of thing; else that of the first."""
    return lambda world: [{"id": number} for number in world.ids.get(thing, [1])]


def _token(world: World) -> Values:
    return [{"token": "t" * 43}]


ARGUMENTS: dict[str, Callable[[World], Values]] = {
    "accounts.confirm": _token,
    "accounts.confirmed": lambda world: ONCE,
    "accounts.document": lambda world: ONCE,
    "accounts.forgot": lambda world: ONCE,
    "accounts.forgot_sent": lambda world: ONCE,
    "accounts.invitation": _token,
    "accounts.login": lambda world: ONCE,
    "accounts.member": _members,
    "accounts.members": lambda world: ONCE,
    "accounts.password": lambda world: ONCE,
    "accounts.register": lambda world: ONCE,
    "accounts.registered": lambda world: ONCE,
    "accounts.reset": _token,
    "accounts.sessions": lambda world: ONCE,
    "accounts.settings": lambda world: ONCE,
    "administration.board": _ids("Board"),
    "administration.boards": lambda world: ONCE,
    "administration.mail": lambda world: ONCE,
    "administration.frame": lambda world: ONCE,
    "administration.netiquette": lambda world: ONCE,
    "administration.netiquette_preview": lambda world: ONCE,
    "administration.rule": lambda world: [{"key": 1}],
    "administration.new_board": lambda world: ONCE,
    "administration.imprint": lambda world: ONCE,
    "administration.language": lambda world: ONCE,
    "administration.look": lambda world: ONCE,
    "administration.overview": lambda world: ONCE,
    "administration.team": lambda world: ONCE,
    "administration.text": lambda world: [{"kind": "privacy"}, {"kind": "accessibility"}],
    "api.openapi": lambda world: ONCE,
    "api.search": lambda world: [{"q": COMMON}, {"q": f"{COMMON} nadel*"}, {"q": "zq*"}, {}],
    "desk.answer_times": lambda world: ONCE,
    "desk.answer_times_csv": lambda world: [{}, {"by": "question"}],
    "desk.counts": lambda world: [{}, {"for": "tabs"}],
    "desk.inbox": lambda world: [{}, {"kind": "question"}, {"kind": "mine"}, {"all": 1}],
    "desk.job": lambda world: [{"id": 1}],
    "desk.new_reply": lambda world: ONCE,
    "desk.notes": lambda world: [{"id": topic.id} for topic in world.topics],
    "desk.replies": lambda world: [{}, {"archived": 1}],
    "desk.reply": _ids("CannedReply"),
    "desk.reply_for": lambda world: [{"id": 1, "topic_id": topic.id} for topic in world.topics],
    "desk.thing": lambda world: [{"kind": "topic", "id": topic.id} for topic in world.topics],
    "forum_api.topic": _topics,
    "forum_api.topics": _lists,
    "forum.ask_answers": lambda world: [{"title": f"{COMMON} nadel"}, {"title": "zu kurz"}],
    "forum.ask": lambda world: [{}, {"title": COMMON}, {"board": "team"}],
    "forum.board": _boards,
    "forum.boards": lambda world: ONCE,
    "forum.comment": _posts,
    "forum.home": _filters,
    "forum.post": _posts,
    "forum.quote": _posts,
    "forum.search": lambda world: [{}, {"q": COMMON}, {"q": f"{COMMON} nadel*"}, {"q": "zq*"}],
    "forum.tag": lambda world: [{"tag": "unbenutzt"}],  # needles are asked for in a test of its own
    "forum.tags": lambda world: ONCE,
    "forum.topic": _topics,
    "forum.topics": _filters,
    "health.healthz": lambda world: ONCE,
    "health.readyz": lambda world: ONCE,
    "knowledge.article": _articles,
    "knowledge.articles": lambda world: [{}, *({"board": slug} for slug in cast.BOARDS)],
    "knowledge_api.article": _articles,
    "knowledge_api.articles": lambda world: [{}, *({"board": slug} for slug in cast.BOARDS)],
    "knowledge_staff.archive": _articles,
    "knowledge_staff.drafts": lambda world: ONCE,
    "knowledge_staff.edit": _articles,
    "knowledge_staff.new": lambda world: ONCE,
    "knowledge_staff.promote": lambda world: [{"id": i} for i in world.suggestions],
    "knowledge_staff.revisions": _articles,
    "knowledge_staff.searches": lambda world: ONCE,
    "knowledge_staff.send_back": _articles,
    "knowledge_staff.suggestions": lambda world: ONCE,
    "accounts.consent": lambda world: ONCE,
    "casework.appeal": _ids("Appeal"),
    "casework.appeals": lambda world: ONCE,
    "casework.case": _ids("Case"),
    "casework.queue": lambda world: [{}, {"filter": "held"}],
    "legal.accessibility": lambda world: ONCE,
    "legal.contact": lambda world: ONCE,
    "legal.imprint": lambda world: ONCE,
    "legal.privacy": lambda world: ONCE,
    "look.colour": lambda world: [{"scope": "brand", "hue": 12, "chroma": 95}],
    "look.icon": lambda world: [{"hue": 12, "chroma": 95}],
    "look.logo": lambda world: [{"name": "x" * 22 + ".png"}],
    "moderation.decision": _ids("Decision"),
    "moderation.decisions": lambda world: ONCE,
    "moderation.notice": lambda world: [{}, *({"post": post.id} for post in world.posts)],
    "moderation.notice_status": _token,
    "moderation.report": _posts,
    "moderation.rulebook": lambda world: ONCE,
    "notifications.inbox": lambda world: ONCE,
    "superusers.charter": lambda world: ONCE,
    "superusers.leave": lambda world: ONCE,
    "superusers.points": lambda world: ONCE,
    "superusers.programme": lambda world: ONCE,
    "superusers_staff.nomination": _ids("Nomination"),
    "superusers_staff.nominations": lambda world: [{}, {"filter": "decided"}],
    "superusers_staff.term": _ids("Term"),
    "superusers_staff.terms": lambda world: ONCE,
    "static": lambda world: [{"filename": "manifest.json"}],
}


def get_endpoints(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}


def without_line(app: Flask) -> list[str]:
    """Routes that nobody taught the matrix to ask for."""
    return sorted(get_endpoints(app) - ARGUMENTS.keys())


def all_urls(app: Flask, world: World) -> list[str]:
    with app.test_request_context():
        return [
            url_for(endpoint, **values)
            for endpoint in sorted(get_endpoints(app) & ARGUMENTS.keys())
            for values in ARGUMENTS[endpoint](world)
        ]


def one_url_each(app: Flask, world: World) -> list[str]:
    """The first address of each route."""
    with app.test_request_context():
        return [
            url_for(endpoint, **ARGUMENTS[endpoint](world)[0])
            for endpoint in sorted(get_endpoints(app) & ARGUMENTS.keys())
            if ARGUMENTS[endpoint](world)
        ]


def some_urls(app: Flask, world: World, most: int) -> list[str]:
    """Up to `most` addresses of each route, evenly spread over the things that it shows."""
    with app.test_request_context():
        found = []
        for endpoint in sorted(get_endpoints(app) & ARGUMENTS.keys()):
            values = list(ARGUMENTS[endpoint](world))
            found += [url_for(endpoint, **one) for one in values[:: -(-len(values) // most) or 1]]
        return found


def unsafe_urls(app: Flask, world: World) -> list[tuple[str, str]]:
    """(method, URL) of every route that changes something, on things that exist."""
    samples = {
        "token": "t" * 43,
        "name": AUTHOR,
        "slug": "internet",
        "kind": "privacy",
        "way": "up",
    }
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            number = world.posts[0].id
            values = {name: samples.get(name, number) for name in rule.arguments}
            methods = (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}
            found += [(method, url_for(rule.endpoint, **values)) for method in sorted(methods)]
    return sorted(found)
