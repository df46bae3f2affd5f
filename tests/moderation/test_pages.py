"""The pages of moderation: who opens them, what they show and cost, and that nothing typed is lost."""

from __future__ import annotations

import re

import pytest

from app.core.db import db
from app.moderation import actions, queries
from app.moderation.models import Appeal, Decision, Report
from app.moderation.statements import write_letters
from tests import cast
from tests.moderation.conftest import (
    FACTS,
    count,
    decide,
    object_to,
    report,
    rude_answer,
    state_of,
    the_case,
)

STAFF_PAGE = 16
DECISION = {"kind": "hide", "rule": "1", "facts": FACTS}


def shown_mark(page) -> str:
    found = re.search(r'name="shown"[^>]*value="([0-9a-f]{64})"', page.text)
    assert found, page.text
    return found[1]


def test_a_member_reports_a_post(client_as):
    post = rude_answer()
    browser = client_as("Karin", "en")
    page = browser.get(f"/topics/{post.topic_id}", follow_redirects=True)
    assert f"/posts/{post.id}/report" in page.text
    assert "Stay friendly and factual" in browser.get(f"/posts/{post.id}/report").text
    answer = browser.submit(f"/posts/{post.id}/report", rule="1", text="Gemein.")
    assert answer.status_code == 303
    assert count(Report, text="Gemein.", rule_number=1) == 1


def test_a_report_without_a_rule_comes_back_with_its_text(client_as):
    post = rude_answer()
    page = client_as("Karin", "en").submit(f"/posts/{post.id}/report", text="Sehr gemein.")
    assert page.status_code == 422
    assert "Sehr gemein." in page.text and "Please choose the rule" in page.text
    assert count(Report) == 0


def test_a_guest_signs_in_to_report_but_gives_notice_at_once(client):
    post = rude_answer()
    page = client.get(f"/topics/{post.topic_id}", follow_redirects=True)
    assert f"/posts/{post.id}/report" not in page.text
    assert f"/moderation/notice?post={post.id}" in page.text
    assert client.get(f"/posts/{post.id}/report").location.startswith("/account/login")


def test_no_customer_learns_how_to_moderate(client_as):
    post = rude_answer()
    page = client_as("Karin").get(f"/topics/{post.topic_id}", follow_redirects=True)
    assert "/moderation/posts/" not in page.text


@pytest.mark.parametrize(
    "url", ["/moderation", "/moderation/cases/1", "/moderation/appeals", "/moderation/appeals/1"]
)
@pytest.mark.parametrize(
    ("name", "status"), [("guest", 303), ("Karin", 403), ("Uwe", 403), ("Bert", 403)]
)
def test_staff_pages_refuse_everybody_else(client_as, url, name, status):
    assert client_as(name).get(url).status_code == status


def test_the_queue_shows_what_waits(client_as):
    case = report(rude_answer())
    page = client_as("Anna", "en").get("/moderation")
    assert f"/moderation/cases/{case.id}" in page.text and "1 report" in page.text
    empty = client_as("Anna", "en").get("/moderation?filter=notices")
    assert "Nothing is waiting" in empty.text


def test_the_queue_goes_page_by_page(client_as, monkeypatch):
    cases = [report(rude_answer()) for _ in range(3)]
    rows, following = queries.open_cases_page(cast.actor("Anna"), limit=2)
    assert [row.id for row in rows] == [cases[0].id, cases[1].id]
    rows, following = queries.open_cases_page(cast.actor("Anna"), after=following, limit=2)
    assert ([row.id for row in rows], following) == ([cases[2].id], None)


def test_a_super_user_sees_the_own_boards_and_no_reporters(client_as):
    cast.grant("Uwe", "moderate", f"board:{cast.board('internet').id}")
    here = report(rude_answer(), text="Unter uns.")
    there = report(rude_answer(board="mitglieder"))
    browser = client_as("Uwe")
    queue = browser.get("/moderation").text
    assert f"/moderation/cases/{here.id}" in queue and f"/moderation/cases/{there.id}" not in queue
    assert browser.get(f"/moderation/cases/{there.id}").status_code == 404
    assert "Unter uns." in browser.get(f"/moderation/cases/{here.id}").text
    assert "<b>Karin</b>: " not in browser.get(f"/moderation/cases/{here.id}").text
    assert "<b>Karin</b>: " in client_as("Anna").get(f"/moderation/cases/{here.id}").text


def test_the_letter_is_read_first_and_is_what_the_author_gets(client_as):
    post = rude_answer()
    case = report(post)
    browser = client_as("Anna", "en")
    preview = browser.submit(f"/moderation/cases/{case.id}", **DECISION)
    assert preview.status_code == 200 and count(Decision) == 0
    assert "This is what Tom reads" in preview.text
    answer = browser.submit(f"/moderation/cases/{case.id}", **DECISION, shown=shown_mark(preview))
    assert answer.status_code == 303 and state_of(post) == "hidden"
    decision = db.session.query(Decision).one()
    letter_before = re.search(r'<div class="hk-letter" lang="en">.*?</div>', preview.text, re.S)
    page = client_as("Tom", "en").get(f"/decisions/{decision.id}").text
    letter_after = re.search(r'<div class="hk-letter" lang="en">.*?</div>', page, re.S)
    assert letter_before and letter_after
    assert text_of(letter_before[0]) == text_of(letter_after[0])
    told = queries.decision_for_author(decision.id)
    assert told is not None and told.statement("en") == decision.statement_en
    assert FACTS in told.statement("de")


def test_looking_at_the_letter_never_decides(client_as):
    """The page asks for it by itself while the form is filled in, whatever shall happen."""
    post = rude_answer()
    case = report(post)
    browser = client_as("Anna", "en")
    for kind in ("hide", "keep"):
        page = browser.submit(
            f"/moderation/cases/{case.id}", **{**DECISION, "kind": kind}, preview="1"
        )
        assert page.status_code == 200
    assert "The author gets no letter" in page.text
    assert count(Decision) == 0 and state_of(post) == "visible"
    answer = browser.submit(f"/moderation/cases/{case.id}", kind="keep", preview="1")
    assert answer.status_code == 200 and count(Decision) == 0


def test_a_super_user_sees_everywhere_that_cases_wait(client_as, count_queries):
    cast.grant("Uwe", "moderate", f"board:{cast.board('internet').id}")
    browser = client_as("Uwe", "en")
    browser.get("/members")
    assert "Moderation, " not in browser.get("/members").text
    first = report(rude_answer())
    report(rude_answer(board="mitglieder"))  # not theirs to decide
    report(rude_answer(author="Uwe"))  # nor this: it is their own post
    page = browser.get("/members").text
    assert "Moderation, 1 case is waiting" in page
    with count_queries() as queries_of_page:
        assert "Moderation, 1 case is waiting" in browser.get("/members").text
    assert not [q for q in queries_of_page if "moderation_case" in q], "it is remembered"
    decide(first, "keep")
    assert "case is waiting" not in browser.get("/members").text


@pytest.mark.parametrize("name", ["guest", "Karin", "Sina", "Bert"])
def test_nobody_else_is_told_what_waits(client_as, name):
    report(rude_answer())
    page = client_as(name, "en").get("/topics").text
    assert "case is waiting" not in page and '/moderation"' not in page


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_preview_and_the_ledger_have_equal_strings(app):
    anna = cast.actor("Anna")
    case = report(rude_answer())
    item = queries.item_or_404(case.item_id, anna)
    drafted = actions.draft_decision(anna, case, item, kind="hide", rule=1, facts=FACTS)
    before = write_letters(drafted)
    after = decide(case, "hide")
    assert (before.de, before.en) == (after.statement_de, after.statement_en)


def test_a_decision_without_reasons_comes_back_at_its_field(client_as):
    case = report(rude_answer())
    page = client_as("Anna", "en").submit(f"/moderation/cases/{case.id}", kind="hide", rule="1")
    assert page.status_code == 422 and "Please say what exactly breaks the rule." in page.text
    page = client_as("Anna", "en").submit(f"/moderation/cases/{case.id}", kind="hide", facts=FACTS)
    assert page.status_code == 422 and FACTS in page.text


def test_keeping_a_post_needs_no_letter(client_as):
    post = rude_answer()
    case = report(post)
    answer = client_as("Anna").submit(f"/moderation/cases/{case.id}", kind="keep")
    assert answer.status_code == 303
    decision = db.session.query(Decision).one()
    assert (decision.kind, decision.statement_de, state_of(post)) == ("keep", "", "visible")
    assert queries.decision_for_author(decision.id) is None
    assert client_as("Tom").get(f"/decisions/{decision.id}").status_code == 404


def test_a_moderator_opens_a_case_of_the_own_accord(client_as):
    post = rude_answer()
    answer = client_as("Anna").submit(f"/moderation/posts/{post.id}/case")
    case = the_case(post)
    assert answer.location == f"/moderation/cases/{case.id}"
    assert (case.origin, case.reports_count) == ("staff", 0)


@pytest.mark.parametrize(
    ("name", "status"), [("guest", 303), ("Karin", 404), ("Uwe", 404), ("Tom", 200), ("Anna", 200)]
)
def test_a_decision_is_for_its_author_and_the_staff(client_as, name, status):
    decision = decide(report(rude_answer()), "hide")
    assert client_as(name).get(f"/decisions/{decision.id}").status_code == status


def test_the_author_objects_and_somebody_else_reverses(client_as):
    post = rude_answer()
    decision = decide(report(post), "hide", by="Anna")
    tom = client_as("Tom", "en")
    assert tom.submit(f"/decisions/{decision.id}/appeal", text=" ").status_code == 422
    assert tom.submit(f"/decisions/{decision.id}/appeal", text="Ein Zitat.").status_code == 303
    appeal = db.session.query(Appeal).one()
    url = f"/moderation/appeals/{appeal.id}"
    assert "You have decided in this case before" in client_as("Anna", "en").get(url).text
    mo = client_as("Mo", "en")
    preview = mo.submit(url, outcome="reversed", reasons="Stimmt.")
    assert preview.status_code == 200 and "is visible to others again" in preview.text
    answer = mo.submit(url, outcome="reversed", reasons="Stimmt.", shown=shown_mark(preview))
    assert answer.status_code == 303 and state_of(post) == "visible"
    page = tom.get(f"/decisions/{decision.id}").text
    assert "The objection was right" in page and "Stimmt." in page and "Reversed" in page


def test_a_suspended_author_can_object(client_as):
    post = rude_answer(author="Bert")
    decision = decide(report(post), "hide")
    browser = client_as("Bert")
    assert browser.submit(f"/decisions/{decision.id}/appeal", text="Bitte.").status_code == 303


def test_my_decisions_are_listed(client_as):
    decide(report(rude_answer()), "hide")
    decide(report(rude_answer()), "keep", facts="")
    page = client_as("Tom", "en").get("/account/decisions").text
    assert page.count("Post hidden") == 1 and "Post kept" not in page
    assert "Nothing here" in client_as("Karin", "en").get("/account/decisions").text


@pytest.mark.parametrize(
    "url",
    [
        "/moderation",
        "/moderation/cases/1",
        "/moderation/appeals",
        "/moderation/appeals/1",
        "/decisions/1",
    ],
)
def test_staff_pages_stay_within_their_budget(client_as, count_queries, url):
    post = rude_answer()
    decision = decide(report(post), "hide")
    object_to(decision)
    browser = client_as("Mo")
    browser.get(url)
    with count_queries() as queries_run:
        assert browser.get(url).status_code == 200
    assert len(queries_run) <= STAFF_PAGE, "\n".join(queries_run)
