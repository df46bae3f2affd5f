"""Reports become one case; a decision keeps everything, acts at once and can be undone."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.core.db import db, transaction
from app.core.errors import Conflict, Forbidden, NotFound, Refused
from app.forum.models import Hiding, Post
from app.moderation import actions, queries
from app.moderation.models import Appeal, Case, Decision, Report
from tests import cast
from tests.moderation.conftest import (
    FACTS,
    count,
    decide,
    decide_appeal,
    happened,
    letter,
    object_to,
    report,
    rude_answer,
    state_of,
    the_case,
)


def test_two_reports_make_one_case():
    post = rude_answer()
    report(post)
    case = report(post, by="Nele", rule=9)
    assert (count(Case), count(Report), case.reports_count) == (1, 2, 2)
    assert happened() == ["CaseOpened", "PostReported", "PostReported"]
    assert queries.reporters_of(case.id) == [cast.account("Karin").id, cast.account("Nele").id]


def test_reporting_twice_is_harmless():
    post = rude_answer()
    report(post)
    report(post, text="Noch einmal.")
    assert (count(Report), happened()) == (1, ["CaseOpened", "PostReported"])


def test_a_decided_case_leaves_room_for_the_next():
    post = rude_answer()
    decide(report(post), "keep", facts="")
    report(post, by="Nele")
    assert (count(Case), count(Case, state="open")) == (2, 1)


@pytest.mark.parametrize(
    ("by", "error"), [("Tom", Forbidden), ("Bert", Forbidden), ("guest", Forbidden)]
)
def test_who_may_not_report_leaves_no_trace(by, error):
    post = rude_answer()
    with pytest.raises(error):
        report(post, by=by)
    assert (count(Case), happened()) == (0, [])


def test_what_one_cannot_see_one_cannot_report():
    post = rude_answer(board="team", author="Anna")
    with pytest.raises(NotFound):
        report(post)
    assert (count(Case), happened()) == (0, [])


@pytest.mark.parametrize("state", ["held", "hidden", "removed"])
def test_a_comment_under_what_one_cannot_see_cannot_be_reported(state):
    topic = cast.make_topic()
    host = cast.make_post(topic, author="Tom", state=state)
    comment = cast.make_post(topic, author="Uwe", kind="comment", parent=host)
    with pytest.raises(NotFound):
        report(comment)
    assert (count(Case), happened()) == (0, [])


def test_a_report_needs_a_rule_of_the_netiquette():
    with pytest.raises(Refused) as refused:
        report(rude_answer(), rule=99)
    assert refused.value.field == "rule"
    assert count(Report) == 0


def test_hiding_writes_everything_in_one_go():
    post = rude_answer()
    decision = decide(report(post), "hide")
    assert state_of(post) == "hidden"
    rule = queries.rules_in_force()[1][0]
    assert (decision.rule_title_de, decision.rule_title_en) == (rule.title_de, rule.title_en)
    assert (decision.rule_text_de, decision.rulebook_version) == (rule.text_de, 1)
    assert decision.post_text == "Wer zu blöd ist, soll es lassen."
    assert "zu blöd" in decision.post_html
    assert (decision.post_title, decision.post_author) == ("Wie starte ich den Router neu?", "Tom")
    assert (decision.ground, decision.facts) == ("incompatible", FACTS)
    assert decision.category == "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH"
    assert decision.source_type == "SOURCE_TYPE_OTHER_NOTIFICATION"
    assert (decision.automated_detection, decision.automated_decision) == (False, False)
    assert FACTS in decision.statement_de and FACTS in decision.statement_en
    assert len(decision.puid) >= 22
    assert the_case(post).state == "decided"
    assert happened()[2:] == ["PostConcealed", "DecisionMade"]


def test_the_letter_says_what_the_law_asks_for():
    told = queries.decision_for_author(decide(report(rude_answer()), "hide", law="§ 185 StGB").id)
    assert told is not None
    english = told.statement("en")
    for part in ("rule 1", "§ 185 StGB", "all countries", "Members reported", "not a program"):
        assert part in english
    for remedy in ("free of charge", "183 days", "Somebody else", "out-of-court", "court"):
        assert remedy in english
    assert count(Decision, ground="illegal", legal_ground="§ 185 StGB") == 1


def test_without_having_read_the_letter_nothing_is_decided():
    post = rude_answer()
    case, anna = report(post), cast.actor("Anna")
    before = happened()
    with pytest.raises(Conflict), transaction():
        actions.decide_case(anna, case_id=case.id, kind="hide", rule=1, facts=FACTS, shown="")
    assert (state_of(post), count(Decision), happened()) == ("visible", 0, before)


def test_a_letter_that_changed_meanwhile_must_be_read_again():
    post = rude_answer()
    case, anna = report(post), cast.actor("Anna")
    shown = letter(case, "hide", anna, rule=1, facts=FACTS)
    with pytest.raises(Conflict), transaction():
        actions.decide_case(anna, case_id=case.id, kind="hide", rule=2, facts=FACTS, shown=shown)
    assert count(Decision) == 0


@pytest.mark.parametrize(
    ("by", "error"),
    [("Karin", NotFound), ("guest", NotFound), ("Uwe", NotFound), ("Tom", NotFound)],
)
def test_who_does_not_moderate_finds_no_case(by, error):
    case = report(rude_answer())
    before = happened()
    with pytest.raises(error):
        decide(case, "hide", by=by)
    assert (count(Decision), happened()) == (0, before)


def test_for_its_author_there_is_no_case_whatever_the_role():
    """It holds what was reported and by whom."""
    post = rude_answer(author="Anna")
    case = report(post)
    before = happened()
    with pytest.raises(NotFound):
        decide(case, "hide", by="Anna")
    assert (state_of(post), happened()) == ("visible", before)


def test_two_moderators_decide_once():
    post = rude_answer()
    case = report(post)
    decide(case, "keep", facts="")
    with pytest.raises(Forbidden):
        decide(case, "hide", by="Mo")
    assert (state_of(post), count(Decision)) == ("visible", 1)


def test_a_super_user_hides_and_the_staff_reviews():
    cast.grant("Uwe", "moderate")
    post = rude_answer()
    case = report(post)
    first = decide(case, "hide", by="Uwe")
    assert first.provisional and state_of(post) == "hidden"
    assert the_case(post).state == "open"
    rows, _next = queries.open_cases_page(cast.actor("Anna"), "review")
    assert [row.id for row in rows] == [case.id]
    second = decide(case, "hide", by="Anna")
    assert not second.provisional and the_case(post).state == "decided"
    assert "provisionally" in second.statement_en
    assert count(Hiding) == 1


def test_the_staff_takes_back_what_a_super_user_hid():
    cast.grant("Uwe", "moderate")
    post = rude_answer()
    case = report(post)
    first = decide(case, "hide", by="Uwe")
    second = decide(case, "restore", rule=None, facts="Das war ein Zitat.")
    assert second.reverses_id == first.id
    assert (state_of(post), the_case(post).state) == ("visible", "decided")
    assert happened()[-2:] == ["PostRevealed", "DecisionMade"]


def test_a_grant_for_another_board_opens_nothing():
    cast.grant("Uwe", "moderate", "board:999")
    with pytest.raises(NotFound):
        decide(report(rude_answer()), "hide", by="Uwe")


def test_an_objection_that_is_right_undoes_everything():
    post = rude_answer()
    decision = decide(report(post), "hide")
    decide_appeal(object_to(decision), "reversed")
    assert (state_of(post), count(Hiding)) == ("visible", 0)
    reversal = db.session.execute(select(Decision).filter_by(reverses_id=decision.id)).scalar_one()
    assert reversal.kind == "restore" and "Ein Zitat." in reversal.statement_de
    assert count(Appeal, outcome="reversed", reasons="Ein Zitat.") == 1
    assert happened()[-4:] == ["AppealFiled", "PostRevealed", "DecisionMade", "AppealDecided"]


def test_an_objection_that_is_wrong_changes_nothing_but_is_answered():
    post = rude_answer()
    decide_appeal(object_to(decide(report(post), "hide")), "upheld")
    assert (state_of(post), count(Decision)) == ("hidden", 1)
    assert happened()[-2:] == ["AppealFiled", "AppealDecided"]


def test_the_decider_does_not_judge_the_objection():
    appeal = object_to(decide(report(rude_answer()), "hide", by="Anna"))
    before = happened()
    with pytest.raises(Forbidden):
        decide_appeal(appeal, "upheld", by="Anna")
    assert (count(Appeal, outcome=None), happened()) == (1, before)


def test_objecting_and_deciding_twice_is_harmless():
    decision = decide(report(rude_answer()), "hide")
    first, again = object_to(decision), object_to(decision)
    assert first.id == again.id
    decide_appeal(first, "reversed")
    decide_appeal(first, "reversed")
    assert (count(Decision), happened(of="AppealDecided")) == (2, ["AppealDecided"])
    with pytest.raises(Conflict):
        decide_appeal(first, "upheld", by="Ada")


def test_others_cannot_object():
    decision = decide(report(rude_answer()), "hide")
    with pytest.raises(NotFound):
        object_to(decision, by="Karin")
    assert count(Appeal) == 0


def test_a_hidden_topic_comes_back_whole():
    topic = cast.make_topic(author="Tom")
    post = db.session.get_one(Post, topic.last_post_id)
    decision = decide(report(post), "hide")
    db.session.refresh(topic)
    assert topic.state == "hidden"
    decide_appeal(object_to(decision), "reversed")
    db.session.refresh(topic)
    assert (topic.state, state_of(post)) == ("visible", "visible")


def test_no_post_is_hidden_by_moderation_without_a_decision():
    cast.grant("Uwe", "moderate")
    for by, kind in (("Uwe", "hide"), ("Anna", "hide"), ("Mo", "keep")):
        decide(report(rude_answer()), kind, by=by, facts=FACTS)
    hidden = set(db.session.scalars(select(Hiding.post_id)))
    explained = set(db.session.scalars(select(Decision.item_id).filter_by(kind="hide")))
    assert len(hidden) == 2 and hidden == explained
    reasons = list(db.session.scalars(select(Hiding.reason)))
    ids = {f"decision:{d}" for d in db.session.scalars(select(Decision.id))}
    assert set(reasons) <= ids
