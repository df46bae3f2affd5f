"""From an accepted answer to an article and its revisions, and what is refused on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from app.core.db import db, transaction
from app.core.errors import Conflict, Forbidden, NotFound, Refused
from app.forum import actions as forum
from app.forum.models import Post
from app.knowledge import actions
from app.knowledge.actions import StaleText
from app.knowledge.models import Article, ArticleFeedback, Review, Revision
from tests import cast
from tests.knowledge.conftest import (
    article,
    content,
    do,
    facts,
    promoted,
    published,
    solved,
    suggestion,
)

NO_STAFF = ("guest", "Tom", "Uwe", "Bert")


def count(model: Any) -> int:
    return int(db.session.execute(select(func.count()).select_from(model)).scalar_one())


def test_an_accepted_answer_waits_as_a_suggestion(solution):
    waiting = suggestion(solution)
    assert waiting is not None
    assert waiting.state == "open"
    assert facts().count("AnswerSuggested") == 1


def test_the_reaction_may_run_twice(solution):
    for _ in range(2):
        with transaction():
            actions.suggest_solution(solution.topic_id)
    assert facts().count("AnswerSuggested") == 1


def test_a_withdrawn_acceptance_takes_the_suggestion_along_and_brings_it_back(solution, work):
    do("Karin", forum.withdraw_acceptance, post_id=solution.id)
    work()
    assert suggestion(solution).state == "withdrawn"
    do("Karin", forum.accept_answer, post_id=solution.id)
    work()
    assert suggestion(solution).state == "open"


@pytest.mark.parametrize("which", ["answer", "question"])
def test_a_hidden_post_takes_its_suggestion_along_and_brings_it_back(solution, work, which):
    first_id = db.session.execute(
        select(Post.id).filter_by(topic_id=solution.topic_id, position=1)
    ).scalar_one()
    post_id = solution.id if which == "answer" else first_id
    with transaction():
        forum.conceal_post(post_id, by=None)
    work()
    assert suggestion(solution).state == "withdrawn"
    with transaction():
        forum.reveal_post(post_id)
    work()
    assert suggestion(solution).state == "open"


def test_a_decided_suggestion_stays_decided(solution, work):
    do("Anna", actions.decline_suggestion, suggestion(solution).id, reason="Zu speziell.")
    do("Karin", forum.withdraw_acceptance, post_id=solution.id)
    work()
    assert suggestion(solution).state == "declined"
    assert facts().count("SuggestionDeclined") == 1


def test_declining_twice_changes_nothing(solution):
    for reason in ("Zu speziell.", "Anderer Grund."):
        do("Anna", actions.decline_suggestion, suggestion(solution).id, reason=reason)
    assert suggestion(solution).reason == "Zu speziell."
    assert facts().count("SuggestionDeclined") == 1


def test_promoting_makes_a_draft_with_source_and_credit(solution):
    draft = promoted(solution)
    assert (draft.state, draft.current_revision_id) == ("draft", None)
    assert (draft.source_post_id, draft.source_topic_id) == (solution.id, solution.topic_id)
    assert draft.credit_account_id == cast.account("Tom").id
    assert suggestion(solution).state == "taken"


def test_promoting_twice_leads_to_the_same_article(solution):
    assert promoted(solution).id == promoted(solution, by="Mo").id
    assert count(Article) == 1


@pytest.mark.parametrize("name", NO_STAFF)
def test_others_decide_on_no_suggestion(solution, name):
    waiting, before = suggestion(solution).id, facts()
    with pytest.raises(Forbidden):
        do(name, actions.decline_suggestion, waiting, reason="Nein.")
    with pytest.raises(Forbidden):
        do(name, actions.promote_answer, waiting, content(), board=None, audience=0)
    assert facts() == before
    assert count(Article) == 0


def test_a_withdrawn_suggestion_cannot_be_promoted(solution, work):
    waiting = suggestion(solution).id
    do("Karin", forum.withdraw_acceptance, post_id=solution.id)
    work()
    with pytest.raises(Forbidden):
        do("Anna", actions.promote_answer, waiting, content(), board=None, audience=0)


def test_an_article_is_not_more_public_than_its_topic(app, work):
    post = solved(board_slug="mitglieder")
    work()
    with pytest.raises(Refused) as refusal:
        promoted(post, audience=0, board="mitglieder")
    assert refusal.value.field == "audience"
    assert promoted(post, audience=1, board="mitglieder").audience == 1


def test_an_article_is_not_more_public_than_its_board(solution):
    with pytest.raises(Refused):
        promoted(solution, audience=0, board="team")


def test_the_way_of_an_article_is_kept_step_by_step(solution):
    draft = promoted(solution)
    do("Anna", actions.submit_for_review, draft.id)
    do("Anna", actions.submit_for_review, draft.id)
    assert article(draft.id).state == "review"
    do("Mo", actions.send_back, draft.id, note="Bitte kürzer.")
    assert article(draft.id).state == "draft"
    do("Anna", actions.submit_for_review, draft.id)
    do("Mo", actions.publish, draft.id)
    do("Mo", actions.publish, draft.id)
    shown = article(draft.id)
    assert (shown.state, shown.current_revision_id) == ("published", shown.latest_revision_id)
    assert shown.reviewed_by == cast.account("Mo").id
    do("Mo", actions.archive, draft.id, note="Veraltet.")
    do("Mo", actions.archive, draft.id, note="Veraltet.")
    verdicts = db.session.execute(select(Review.verdict).order_by(Review.id)).scalars()
    assert list(verdicts) == ["asked", "returned", "asked", "published", "archived"]
    happened = [name for name in facts() if name.startswith("Article")]
    assert happened == [
        "ArticleSentToReview",
        "ArticleSentToReview",
        "ArticlePublished",
        "ArticleArchived",
    ]


def test_an_archived_article_can_be_published_again(solution):
    shown = published(solution)
    do("Mo", actions.archive, shown.id)
    do("Mo", actions.publish, shown.id)
    assert article(shown.id).state == "published"


def test_readers_keep_the_published_words_while_new_ones_are_written(solution):
    shown = published(solution)
    board = cast.board()
    do("Mo", actions.revise_article, shown.id, content("Neu"), based_on=1, board=board, audience=0)
    changed = article(shown.id)
    assert changed.state == "published"
    assert changed.current_revision_id == shown.current_revision_id
    assert changed.latest_revision_id != shown.latest_revision_id


def test_the_same_words_make_no_revision(solution):
    draft = promoted(solution)
    same = replace(content(), comment="Nichts Neues")
    board = cast.board()
    do("Mo", actions.revise_article, draft.id, same, based_on=1, board=board, audience=0)
    assert count(Revision) == 1


def test_a_stale_text_is_refused(solution):
    draft, board = promoted(solution), cast.board()
    for based_on, title in ((1, "Zweite"), (2, "Dritte")):
        do(
            "Mo",
            actions.revise_article,
            draft.id,
            content(title),
            based_on=based_on,
            board=board,
            audience=0,
        )
    with pytest.raises(StaleText):
        do(
            "Anna",
            actions.revise_article,
            draft.id,
            content("Meine"),
            based_on=2,
            board=board,
            audience=0,
        )
    assert count(Revision) == 3


@pytest.mark.parametrize("name", NO_STAFF)
def test_others_neither_see_nor_change_a_draft(solution, name):
    draft, board = promoted(solution), cast.board()
    before = facts()
    for action, more in (
        (actions.publish, {}),
        (actions.submit_for_review, {}),
        (actions.send_back, {"note": "Nein."}),
        (actions.archive, {}),
        (actions.rate_article, {"revision_id": 1, "helpful": True}),
    ):
        with pytest.raises(NotFound):
            do(name, action, draft.id, **more)
    with pytest.raises(NotFound):
        do(name, actions.revise_article, draft.id, content(), based_on=1, board=board, audience=0)
    with pytest.raises(Forbidden):
        do(name, actions.draft_article, content(), board=board, audience=0)
    assert facts() == before
    assert article(draft.id).state == "draft"


@pytest.mark.parametrize("name", NO_STAFF)
def test_others_do_not_change_what_they_can_read(solution, name):
    shown = published(solution)
    for action in (actions.publish, actions.archive, actions.submit_for_review):
        with pytest.raises(Forbidden):
            do(name, action, shown.id)
    assert article(shown.id).state == "published"


def test_an_answer_counts_for_the_revision_and_can_be_changed(solution):
    shown = published(solution)
    for helpful in (True, True, False):
        do(
            "Uwe",
            actions.rate_article,
            shown.id,
            revision_id=shown.current_revision_id,
            helpful=helpful,
        )
    do("guest", actions.rate_article, shown.id, revision_id=shown.current_revision_id, helpful=True)
    read = db.session.get_one(Revision, shown.current_revision_id)
    db.session.refresh(read)
    assert (read.helpful_count, read.unhelpful_count) == (1, 1)
    assert count(ArticleFeedback) == 2


def test_an_answer_to_a_replaced_revision_is_refused(solution):
    shown, board = published(solution), cast.board()
    old = shown.current_revision_id
    do("Mo", actions.revise_article, shown.id, content("Neu"), based_on=1, board=board, audience=0)
    do("Mo", actions.publish, shown.id)
    with pytest.raises(Conflict):
        do("Uwe", actions.rate_article, shown.id, revision_id=old, helpful=True)


def test_the_credited_helper_does_not_rate_the_own_answer(solution):
    shown = published(solution)
    with pytest.raises(Forbidden):
        do(
            "Tom",
            actions.rate_article,
            shown.id,
            revision_id=shown.current_revision_id,
            helpful=True,
        )
