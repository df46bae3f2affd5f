"""Two at once: whoever comes second learns it, and nothing is decided twice."""

from __future__ import annotations

import re
from typing import Any

from app.forum.models import Hiding
from app.moderation.models import Appeal, Case, Decision, Report
from tests.moderation.conftest import (
    count,
    decide,
    happened,
    object_to,
    report,
    rude_answer,
    the_case,
)
from tests.surfer import Surfer, at_once


def with_letter(browser: Surfer, url: str, **fields: Any) -> tuple[Surfer, str, dict[str, Any]]:
    page = browser.submit(url, **fields).text
    shown = re.search(r'name="shown"[^>]*value="([0-9a-f]{64})"', page)
    return browser, url, {**fields, "shown": shown[1] if shown else ""}


def test_of_two_agents_who_decide_at_once_one_decides(client_as):
    post = rude_answer()
    url = f"/moderation/cases/{report(post).id}"
    hide = with_letter(client_as("Anna"), url, kind="hide", rule="1", facts="Grob.")
    keep = (client_as("Mo"), url, {"kind": "keep"})  # nobody gets a letter
    again = with_letter(client_as("Ada"), url, kind="hide", rule="1", facts="Grob.")
    assert at_once(hide, keep, again) == [303, 403, 403]
    assert (count(Decision), the_case(post).state) == (1, "decided")
    assert count(Hiding) == count(Decision, kind="hide")
    assert happened(of="DecisionMade") == ["DecisionMade"]


def test_of_two_answers_to_an_objection_one_counts(client_as):
    decision = decide(report(rude_answer()), "hide", by="Anna")
    url = f"/moderation/appeals/{object_to(decision).id}"
    back = with_letter(client_as("Mo"), url, outcome="reversed", reasons="Ein Zitat.")
    stays = with_letter(client_as("Ada"), url, outcome="upheld", reasons="Doch grob.")
    statuses = at_once(back, stays)
    assert statuses[0] == 303 and statuses[1] in (403, 409)
    assert (count(Appeal, outcome=None), happened(of="AppealDecided")) == (0, ["AppealDecided"])
    assert count(Decision, kind="restore") == count(Appeal, outcome="reversed")


def test_of_two_objections_at_once_there_is_one(client_as):
    decision = decide(report(rude_answer()), "hide")
    url = f"/decisions/{decision.id}/appeal"
    browsers = [client_as("Tom") for _ in range(4)]
    sent = [(b, url, {"text": f"Ein Zitat, zum {n}. Mal."}) for n, b in enumerate(browsers)]
    assert at_once(*sent) == [303, 403, 403, 403]
    assert (count(Appeal), happened(of="AppealFiled")) == (1, ["AppealFiled"])


def test_reports_at_once_make_one_case_and_one_report_each(client_as):
    post = rude_answer()
    url = f"/posts/{post.id}/report"
    browsers = [client_as(name) for name in ("Karin", "Karin", "Nele", "Uwe")]
    assert at_once(*((b, url, {"rule": "1", "text": "Grob."}) for b in browsers)) == [303] * 4
    assert (count(Case), count(Report), the_case(post).reports_count) == (1, 3, 3)
