"""Something of everything that the circle's pages can show, and who looks at which of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, url_for

from app.core.db import transaction
from app.core.jobs.runner import Runner
from app.desk import actions as desk
from app.forum import actions as forum
from app.knowledge import actions as knowledge
from app.moderation import actions as moderation
from app.moderation import reactions as order
from app.notifications import actions as notifications
from app.superusers import actions as superusers
from tests import cast
from tests.desk.conftest import do, failed_job
from tests.knowledge.conftest import article, content, promoted, published, solved, suggestion
from tests.moderation import conftest as cases
from tests.notifications.conftest import answer, ask, comment
from tests.superusers import conftest as programme

#: Endpoints with a page of their own in here; the rest is looked at by test_every_page.
FEATURES = ("casework", "desk", "knowledge", "knowledge_staff", "moderation", "notifications")
FEATURES += ("superusers", "superusers_staff", "administration")
PARTS = ("desk.counts", "desk.reply_for", "desk.answer_times_csv", "moderation.rulebook")
# A fragment, plain text, a table for download, and JSON.
#: Vera is a super user, Ines invited to be one, Dora was declined.
PEOPLE = (*cast.PEOPLE, "Vera", "Ines", "Dora")


@dataclass
class Window:
    """Numbers and addresses of what there is."""

    topic: int
    reported: int
    case: int
    noticed_case: int
    token: str
    objected: int
    decision: int
    reversal: int
    appeal: int
    nomination: int
    decided_nomination: int
    term: int
    suggestion: int
    draft: int
    in_review: int
    article: int
    job: int
    reply: int
    board: int


def furnish(app: Flask) -> Window:
    with transaction():
        moderation.ensure_rulebook()
        superusers.lay_ranks()
    cases.accept_netiquette(*PEOPLE)
    solutions = [solved(title) for title in ("Router neu starten", "Rechnung doppelt", "WLAN weg")]
    waiting = solved("Wie ändere ich meine IBAN?")
    Runner(app).drain()
    parts = {
        **_order(),
        **_programme(solutions[0]),
        **_knowledge(solutions),
        **_desk(solutions[0].topic_id),
    }
    _tell(solutions[0])
    Runner(app).drain()
    made = suggestion(waiting)
    assert made is not None
    return Window(suggestion=made.id, **parts)


def _order() -> dict[str, Any]:
    """A case that waits, one with a notice, an objection that waits and one that was right."""
    reported = cases.rude_answer()
    case = cases.report(reported)
    held = cast.make_post(cast.make_topic("Erster Beitrag"), author="Nele", state="held")
    with transaction():
        order.review_held(post_id=held.id, held=True)
    noticed = cases.rude_answer()
    objected = cases.decide(cases.report(cases.rude_answer()), "hide", by="Anna")
    overturned = cases.decide(cases.report(cases.rude_answer()), "hide", by="Anna")
    cases.decide_appeal(cases.object_to(overturned), "reversed")
    plain = cases.decide(cases.report(cases.rude_answer()), "hide", by="Anna")
    notice, token = _notice(noticed.id)
    return {
        "reported": reported.id,
        "case": case.id,
        "noticed_case": notice.case_id,
        "token": token,
        "objected": objected.id,
        "decision": plain.id,
        "reversal": overturned.id,
        "appeal": cases.object_to(objected).id,
    }


def _notice(post_id: int) -> tuple[Any, str]:
    guest = cast.actor("guest")
    with transaction():
        notice = moderation.give_notice(
            guest,
            post_id=post_id,
            url=f"http://localhost/posts/{post_id}",
            category="STATEMENT_CATEGORY_VIOLENCE",
            reasons="Das ist eine Beleidigung nach § 185 StGB.",
            name="Gerda Gast",
            email="gerda@example.org",
            anonymous_ground=False,
            language="de",
        )
    return notice, moderation.notice_token(notice)


def _programme(post: Any) -> dict[str, Any]:
    """Points of every cause for Tom; a super user, an invitation, nominations of each state."""
    for name in ("Nele", "Karin", "Anna"):
        programme.vote(name, post)
    programme.unvote("Nele", post)
    programme.conceal(post)
    programme.reveal(post)
    term = programme.make_superuser("Vera")
    programme.confirm(programme.nominate("Ines"))
    declined = programme.nominate("Dora")
    do("Anna", superusers.decline_nomination, declined.id, reason="Noch zu früh.")
    return {
        "term": term.id,
        "nomination": programme.nominate("Tom").id,
        "decided_nomination": declined.id,
    }


def _knowledge(posts: list[Any]) -> dict[str, Any]:
    draft, in_review = promoted(posts[1]), promoted(posts[2])
    do("Anna", knowledge.submit_for_review, in_review.id)
    public = published(posts[0])
    do(
        "Anna",
        knowledge.revise_article,
        public.id,
        content(solution="1. Stecker ziehen.\n2. Dreißig Sekunden warten."),
        based_on=1,
        board=cast.board(),
        audience=0,
    )
    return {"draft": draft.id, "in_review": in_review.id, "article": article(public.id).id}


def _desk(topic_id: int) -> dict[str, Any]:
    do("Anna", desk.take, kind="topic", thing_id=topic_id)
    mo = cast.account("Mo").id
    do("Anna", desk.assign, kind="topic", thing_id=topic_id, account_id=mo)
    do("Anna", desk.write_note, topic_id=topic_id, text="Rückruf.", html="<p>Rückruf.</p>")
    words = desk.ReplyWords(
        title="Neustart", situation="Router", language="de", address="sie", text="Guten Tag {name},"
    )
    reply = do("Mo", desk.write_reply, words)
    return {"topic": topic_id, "job": failed_job(), "reply": reply.id, "board": cast.board().id}


def _tell(post: Any) -> None:
    """What did not happen by itself: news of posts for Tom, of each kind."""
    question = ask("Tom")
    comment(answer(question, "Karin"), "Nele", "Danke auch, @Tom")
    tom, karin = cast.account("Tom").id, cast.account("Karin").id
    with transaction():
        for kind in ("mention", "acceptance", "official"):
            notifications.tell(
                [tom], kind=kind, post_id=post.id, topic_id=post.topic_id, actor_id=karin
            )
    do("Karin", forum.watch, topic_id=post.topic_id)


Pages = Callable[[Window], list[tuple[str, dict[str, Any]]]]

#: Who looks at what; the first who can see a page as it is meant.
PAGES: dict[str | None, Pages] = {
    None: lambda w: [
        ("accounts.document", {}),
        ("moderation.notice", {"post": w.reported}),
        ("moderation.notice_status", {"token": w.token}),
        ("superusers.programme", {}),
        ("superusers.charter", {}),
        ("knowledge.articles", {}),
        ("knowledge.article", {"id": w.article}),
    ],
    "Karin": lambda w: [
        ("forum.topic", {"id": w.topic}),
        ("moderation.report", {"id": w.reported}),
        ("knowledge.article", {"id": w.article}),
        ("notifications.inbox", {}),
    ],
    "Tom": lambda w: [
        ("notifications.inbox", {}),
        ("superusers.programme", {}),
        ("superusers.points", {}),
        ("moderation.decisions", {}),
        ("moderation.decision", {"id": w.decision}),
        ("moderation.decision", {"id": w.reversal}),
    ],
    "Ines": lambda w: [("superusers.programme", {}), ("superusers.charter", {})],
    "Vera": lambda w: [
        ("casework.queue", {}),
        ("casework.case", {"id": w.case}),
        ("superusers.programme", {}),
        ("superusers.leave", {}),
    ],
    "Anna": lambda w: [
        ("desk.inbox", {}),
        ("desk.thing", {"kind": "topic", "id": w.topic}),
        ("desk.notes", {"id": w.topic}),
        ("forum.topic", {"id": w.topic}),
        ("casework.queue", {}),
        ("casework.case", {"id": w.noticed_case}),
        ("moderation.decision", {"id": w.objected}),
        ("superusers_staff.nominations", {}),
        ("superusers_staff.nominations", {"filter": "decided"}),
        ("superusers_staff.nomination", {"id": w.nomination}),
        ("superusers_staff.nomination", {"id": w.decided_nomination}),
        ("superusers_staff.terms", {}),
        ("superusers_staff.term", {"id": w.term}),
        ("knowledge_staff.suggestions", {}),
        ("knowledge_staff.searches", {}),
        ("knowledge_staff.promote", {"id": w.suggestion}),
        ("knowledge_staff.drafts", {}),
        ("knowledge_staff.new", {}),
        ("knowledge_staff.edit", {"id": w.draft}),
        ("knowledge_staff.revisions", {"id": w.article}),
        ("knowledge_staff.send_back", {"id": w.in_review}),
        ("knowledge_staff.archive", {"id": w.article}),
        ("knowledge.article", {"id": w.in_review, "newest": 1}),
    ],
    "Mo": lambda w: [("casework.appeals", {}), ("casework.appeal", {"id": w.appeal})],
    "Ada": lambda w: [
        ("desk.job", {"id": w.job}),
        ("desk.thing", {"kind": "job", "id": w.job}),
        ("desk.thing", {"kind": "case", "id": w.case}),
        ("desk.thing", {"kind": "appeal", "id": w.appeal}),
        ("desk.thing", {"kind": "suggestion", "id": w.suggestion}),
        ("desk.thing", {"kind": "article", "id": w.in_review}),
        ("desk.thing", {"kind": "nomination", "id": w.nomination}),
        ("desk.replies", {}),
        ("desk.new_reply", {}),
        ("desk.reply", {"id": w.reply}),
        ("desk.answer_times", {}),
        ("administration.overview", {}),
        ("administration.look", {}),
        ("administration.imprint", {}),
        ("administration.language", {}),
        ("administration.boards", {}),
        ("administration.new_board", {}),
        ("administration.board", {"id": w.board}),
        ("administration.mail", {}),
        ("administration.team", {}),
        ("administration.netiquette", {}),
        ("administration.netiquette_preview", {}),
        ("administration.rule", {"key": 1}),
        ("administration.frame", {}),
        ("administration.text", {"kind": "privacy"}),
    ],
}


def is_here(endpoint: str) -> bool:
    """Does somebody of PAGES look at this endpoint, with something on it?"""
    return endpoint.partition(".")[0] in FEATURES and endpoint not in PARTS


def addresses(app: Flask, window: Window) -> dict[str | None, list[tuple[str, str]]]:
    """Who → (endpoint, address) of the pages."""
    with app.test_request_context():
        return {
            name: [(endpoint, url_for(endpoint, **values)) for endpoint, values in pages(window)]
            for name, pages in PAGES.items()
        }
