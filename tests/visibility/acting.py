"""Every route that acts on a thing, and what each person cannot see of the world in circle.py."""

from __future__ import annotations

from typing import Any

from flask import Flask, url_for

from app.desk.models import THINGS
from tests import cast
from tests.visibility.readers import Circle

Values = dict[str, object]
Target = tuple[str, Values]
#: What a browser would send so that each of these actions succeeds.
FIELDS = {
    "account": "1",
    "facts": "Darum.",
    "helpful": "yes",
    "kind": "hide",
    "outcome": "upheld",
    "reason": "Darum.",
    "reasons": "Darum.",
    "rule": "1",
    "text": "Hallo",
    "title": "Ein Titel",
    "problem": "Ein Problem",
    "solution": "Eine Lösung",
    "audience": "0",
    "language": "de",
    "address": "sie",
}
#: Route that acts → the page that shows the thing, and what the thing is.
ACTING = {
    "casework.appeal_send": ("casework.appeal", "Appeal"),
    "casework.case_send": ("casework.case", "Case"),
    "casework.open_case": ("forum.post", "Post"),
    "desk.answer": ("forum.topic", "Topic"),
    "desk.archive_reply": ("desk.reply", "CannedReply"),
    "desk.move_reply": ("desk.reply", "CannedReply"),
    "desk.reply_send": ("desk.reply", "CannedReply"),
    "desk.restore_reply": ("desk.reply", "CannedReply"),
    "desk.write_note": ("forum.topic", "Topic"),
    "desk.retry": ("desk.job", "Job"),
    "forum.make_official": ("forum.post", "Post"),
    "forum.withdraw_official": ("forum.post", "Post"),
    "knowledge.rate": ("knowledge.article", "Article"),
    "knowledge_staff.archive_send": ("knowledge.article", "Article"),
    "knowledge_staff.decline": ("knowledge_staff.promote", "Suggestion"),
    "knowledge_staff.edit_send": ("knowledge.article", "Article"),
    "knowledge_staff.promote_send": ("knowledge_staff.promote", "Suggestion"),
    "knowledge_staff.publish": ("knowledge.article", "Article"),
    "knowledge_staff.review": ("knowledge.article", "Article"),
    "knowledge_staff.send_back_send": ("knowledge.article", "Article"),
    "moderation.appeal": ("moderation.decision", "Decision"),
    "moderation.report_send": ("forum.post", "Post"),
    "superusers_staff.confirm": ("superusers_staff.nomination", "Nomination"),
    "superusers_staff.decline": ("superusers_staff.nomination", "Nomination"),
    "superusers_staff.end": ("superusers_staff.term", "Term"),
    "superusers_staff.renew": ("superusers_staff.term", "Term"),
    "superusers_staff.withdraw": ("superusers_staff.nomination", "Nomination"),
}
DESK = ("desk.assign", "desk.release", "desk.take")  # their things: (kind, id)
#: What is one's own only, and has no page: others' numbers are like nobody's.
OWN = ("accounts.end_session", "accounts.revoke_token", "notifications.open")
#: Asked in test_acting.py.
FORUM = {
    "forum.accept",
    "forum.post_answer",
    "forum.unvote",
    "forum.unwatch",
    "forum.vote",
    "forum.watch",
    "forum.withdraw",
}
PROGRAMS = {"forum_api.post_answer"}  # asked in tests/forum/api
SECRET_LINKS = {"accounts.confirm_send", "accounts.invitation_send", "accounts.reset_send"}
#: Routes of which whole roles are kept away, whatever the thing.
OF_THE_TEAM = ("casework.", "desk.", "knowledge_staff.", "superusers_staff.")


def things(world: Circle) -> dict[str, list[int]]:
    """What the desk can put somebody in charge of."""
    names = {kind: kind.title() for kind in sorted(set(THINGS.values()) - {"job"})}
    return {kind: world.ids[name] for kind, name in names.items()}


def unseen(app: Flask, world: Circle, pages: dict[str, Any], name: str) -> list[Target]:
    """(route, its arguments) of every action on something that has no page for this person.

    Of routes that refuse a whole role, whatever the thing, one number is enough.
    """
    found: list[Target] = []
    with app.test_request_context():
        for endpoint, (page, thing) in ACTING.items():
            ids = world.ids.get(thing, [1])
            hidden = [i for i in ids if pages[url_for(page, id=i)][0] != 200]
            found += [(endpoint, {"id": i}) for i in enough(endpoint, hidden, name)]
        for kind, ids in things(world).items():
            hidden = [i for i in ids if pages[url_for("desk.thing", kind=kind, id=i)][0] != 200]
            for endpoint in DESK:
                chosen = enough(endpoint, hidden, name)
                found += [(endpoint, {"kind": kind, "id": i}) for i in chosen]
    return found


def enough(endpoint: str, ids: list[int], name: str) -> list[int]:
    reaches = cast.actor(name).is_staff or (name == "Sina" and endpoint.startswith("casework."))
    kept_away = name == "guest" or (endpoint.startswith(OF_THE_TEAM) and not reaches)
    return ids[:1] if kept_away else ids
