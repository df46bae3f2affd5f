"""T-02 on the rules alone: actors × things → may act, as a second hand would write it down.

Nobody acts on equals, superiors or oneself; who is suspended acts on nothing; what is one's own is
nobody else's. A new rule needs a line here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import ModuleType
from types import SimpleNamespace as Thing

import pytest

from app.accounts import rules as accounts
from app.accounts.actor import Actor
from app.desk import rules as desk
from app.knowledge import rules as knowledge
from app.moderation import rules as moderation
from app.superusers import rules as programme

ME, ELSE = 1, 2
NOW = datetime(2026, 5, 1, tzinfo=UTC)
ROLES = ("customer", "superuser", "agent", "moderator", "admin")
TEAM = ROLES[2:]
BOARD, OTHER_BOARD = "board:7", "board:8"
STATES = ("visible", "hidden", "held", "removed")
KINDS = ("hide", "keep", "restore", "approve", "reject")


def _actor(role: str, *scopes: str, state: str = "active") -> Actor:
    grants = frozenset((moderation.MODERATE, scope) for scope in scopes)
    return Actor(id=ME, role=role, state=state, grants=grants)


ACTORS = {
    "guest": Actor(),
    **{role: _actor(role) for role in ROLES},
    **{f"suspended {role}": _actor(role, "*", state="suspended") for role in ROLES},
    "super user of all boards": _actor("superuser", "*"),
    "super user of the board": _actor("superuser", BOARD),
    "super user of another board": _actor("superuser", OTHER_BOARD),
    "customer with a grant that was left over": _actor("customer", "*"),
}


def _stands_above(actor: Actor, role: str, account_id: int) -> bool:
    return (
        actor.state == "active"
        and actor.role in ROLES
        and ROLES.index(actor.role) > ROLES.index(role)
        and account_id != actor.id
    )


def _of_the_team(actor: Actor) -> bool:
    return actor.role in TEAM and actor.state == "active"


def _moderates(actor: Actor) -> bool:
    if actor.role == "superuser" and actor.state == "active":
        return bool({scope for _name, scope in actor.grants} & {"*", BOARD})
    return _of_the_team(actor)


def _item(role: str, author_id: int, state: str = "visible") -> Thing:
    return Thing(author_id=author_id, author_role=role, board_id=7, state=state, kind="answer")


def _decision(author_id: int, kind: str = "hide", decided_at: datetime = NOW) -> Thing:
    return Thing(
        author_id=author_id,
        kind=kind,
        decided_at=decided_at,
        reversed_by=None,
        appeal_id=None,
        tells_author=kind in ("hide", "reject", "restore"),
    )


PEOPLE = [(role, account_id) for role in ROLES for account_id in (ME, ELSE)]
everybody = pytest.mark.parametrize("actor", ACTORS.values(), ids=ACTORS.keys())


@everybody
def test_t02_posts_are_decided_about_from_above(actor):
    for role, author_id in PEOPLE:
        may = _moderates(actor) and _stands_above(actor, role, author_id)
        what = (actor, role, author_id)
        assert bool(moderation.can_act_on_post(actor, _item(role, author_id))) == may, what
        assert bool(moderation.can_open_case(actor, _item(role, author_id))) == may, what


#: What may be done in which state, by the team; super users may only hide what everybody sees.
POSSIBLE = {
    ("visible", "hide"),
    ("visible", "keep"),
    ("hidden", "restore"),
    ("hidden", "hide"),
    ("held", "approve"),
    ("held", "reject"),
}


@everybody
@pytest.mark.parametrize("case", ["open", "decided"])
def test_t02_cases_are_decided_from_above_and_once(actor, case):
    for role, author_id in PEOPLE:
        for state in STATES:
            for kind in KINDS:
                may = (
                    case == "open"
                    and _moderates(actor)
                    and _stands_above(actor, role, author_id)
                    and (state, kind) in POSSIBLE
                    and (_of_the_team(actor) or (state, kind) == ("visible", "hide"))
                )
                item = _item(role, author_id, state)
                verdict = moderation.can_decide(actor, Thing(state=case), item, kind)
                assert bool(verdict) == may, (actor, role, author_id, state, kind)


@everybody
@pytest.mark.parametrize("deciders", [(), (ELSE,), (ME, ELSE)])
def test_t02_objections_are_decided_by_others_from_the_team(actor, deciders):
    for role, author_id in PEOPLE:
        may = _of_the_team(actor) and _stands_above(actor, role, author_id) and ME not in deciders
        verdict = moderation.can_decide_appeal(
            actor, _decision(author_id), _item(role, author_id), deciders=deciders
        )
        assert bool(verdict) == may, (actor, role, author_id)


@everybody
def test_t02_a_decision_is_read_by_its_author_and_the_team(actor):
    signed_in = actor.id is not None
    for kind in KINDS:
        for author_id in (ME, ELSE):
            told = signed_in and author_id == ME and kind in ("hide", "reject", "restore")
            decision = _decision(author_id, kind)
            readable = told or _of_the_team(actor)
            assert bool(moderation.can_read_decision(actor, decision)) == readable
            objects = signed_in and author_id == ME and kind in ("hide", "reject")
            assert bool(moderation.can_appeal(actor, decision, now=NOW)) == objects
            assert not objects or readable, "may act, therefore may see"
    late = _decision(ME, decided_at=NOW - timedelta(days=184))
    assert not moderation.can_appeal(actor, late, now=NOW)


@everybody
def test_t02_members_report_what_others_wrote_and_all_see(actor):
    for state in STATES:
        for author_id in (ME, ELSE):
            may = (
                actor.id is not None
                and actor.state == "active"
                and author_id != ME
                and state == "visible"
            )
            verdict = moderation.can_report_post(actor, _item("customer", author_id, state))
            assert bool(verdict) == may, (state, author_id)


@everybody
def test_t02_standing_is_decided_from_above(actor):
    for role, account_id in PEOPLE:
        person = Thing(id=account_id, account_id=account_id, role=role, state="open")
        may = _of_the_team(actor) and _stands_above(actor, role, account_id)
        term = Thing(account_id=account_id, role=role, ended_at=None, ends_at=NOW)
        confirmed = Thing(account_id=account_id, role=role, state="confirmed")
        asked = {
            "member": accounts.can_act_on_member(actor, person),
            "nomination": programme.can_decide_nomination(actor, person),
            "invitation": programme.can_withdraw_invitation(actor, confirmed),
            "term": programme.can_end_term(actor, term),
            "renewal": programme.can_renew_term(actor, term, NOW),
        }
        assert {name: bool(verdict) for name, verdict in asked.items()} == dict.fromkeys(asked, may)


@everybody
@pytest.mark.parametrize("new", ROLES)
def test_t02_nobody_lifts_anybody_to_the_own_height(actor, new):
    """Except admins, above whom nobody stands: they also decide about each other."""
    for role, account_id in PEOPLE:
        acting = _of_the_team(actor) and _stands_above(actor, role, account_id)
        below = acting and (ROLES.index(new) < ROLES.index(actor.role) or actor.role == "admin")
        equals = actor.role == role == "admin" and actor.is_active and account_id != actor.id
        verdict = accounts.can_set_role(actor, Thing(id=account_id, role=role), new)
        assert bool(verdict) == (below or equals), (role, account_id)


@everybody
@pytest.mark.parametrize("role", [*ROLES, "guest", ""])
def test_t02_only_administrators_invite_and_only_into_the_team(actor, role):
    may = actor.role == "admin" and actor.is_active and role in ("agent", "moderator", "admin")
    assert bool(accounts.can_invite(actor, role)) == may


@everybody
@pytest.mark.parametrize("state", ["open", "confirmed", "declined", "accepted", "refused"])
def test_t02_what_is_decided_is_decided(actor, state):
    row = Thing(account_id=ELSE, role="customer", state=state)
    team = _of_the_team(actor)
    assert bool(programme.can_decide_nomination(actor, row)) == (team and state == "open")
    assert bool(programme.can_withdraw_invitation(actor, row)) == (team and state == "confirmed")
    mine = Thing(account_id=ME, role="customer", state=state)
    invited = actor.role == "customer" and actor.state == "active" and state == "confirmed"
    assert bool(programme.can_answer_invitation(actor, mine)) == invited
    assert not programme.can_answer_invitation(actor, row), "another's invitation"


@everybody
def test_t02_what_is_ones_own_is_nobody_elses(actor):
    signed_in = actor.id is not None
    for account_id in (ME, ELSE):
        mine = signed_in and account_id == ME
        running = Thing(account_id=account_id, role="superuser", ended_at=None)
        over = Thing(account_id=account_id, role="superuser", ended_at=NOW)
        assert bool(accounts.can_change_profile(actor, account_id=account_id)) == mine
        assert bool(accounts.can_end_session(actor, account_id=account_id)) == mine
        assert bool(accounts.can_revoke_token(actor, account_id=account_id)) == mine
        assert bool(programme.can_step_down(actor, running)) == mine
        assert not programme.can_step_down(actor, over)
    assert bool(accounts.can_register(actor)) == (not signed_in)


@everybody
def test_t02_articles_and_the_desk_are_the_teams(actor):
    team = _of_the_team(actor)
    for state in ("draft", "review", "published", "archived"):
        article = Thing(
            state=state,
            audience=0,
            current_revision_id=None,
            latest_revision_id=1,
            review_asked_at=NOW,
            credit_account_id=ELSE,
        )
        lives = state != "archived"
        assert bool(knowledge.can_revise_article(actor, article)) == (team and lives)
        assert bool(knowledge.can_send_to_review(actor, article)) == (team and lives)
        assert bool(knowledge.can_send_back(actor, article)) == (team and lives)
        assert bool(knowledge.can_archive(actor, article)) == (team and lives)
        others = knowledge.can_publish(actor, article, written_by=ELSE, by_another=True)
        own = knowledge.can_publish(actor, article, written_by=ME, by_another=True)
        assert (bool(others), bool(own)) == (team, False)
        rated = actor.state == "active" and state == "published"
        assert bool(knowledge.can_rate_article(actor, article)) == rated
        article.credit_account_id = ME
        may = rated and actor.id != ME
        assert bool(knowledge.can_rate_article(actor, article)) == may
    for state in ("open", "taken", "declined", "withdrawn"):
        verdict = knowledge.can_decide_on_suggestion(actor, Thing(state=state))
        assert bool(verdict) == (team and state == "open")
    for may_too in (
        knowledge.can_edit_articles,
        desk.can_work_at_desk,
        desk.can_release,
        desk.can_write_note,
        desk.can_use_replies,
        lambda a: desk.can_assign(a, _actor("agent")),
    ):
        assert bool(may_too(actor)) == team
    for role in ("customer", "superuser"):
        assert not desk.can_assign(actor, _actor(role)), "work goes to the team only"
    assert not desk.can_assign(actor, _actor("admin", state="suspended"))
    writes = team and actor.role in ("moderator", "admin")
    assert bool(desk.can_change_replies(actor)) == writes
    assert bool(moderation.can_write_netiquette(actor)) == (team and actor.role == "admin")
    assert bool(desk.can_retry_job(actor)) == (team and actor.role == "admin")


#: Not about an actor and a thing: tested where they live.
ELSEWHERE = {"can_sign_in", "can_have_audience", "can_be_nominated"}


@pytest.mark.parametrize("room", [accounts, moderation, knowledge, programme, desk])
def test_t02_every_rule_is_asked_here(room: ModuleType):
    known = inspect.getsource(inspect.getmodule(_rules_of))  # type: ignore[arg-type]
    rules = [name for name in _rules_of(room) if name not in ELSEWHERE]
    assert rules
    assert [name for name in rules if f".{name}" not in known] == []


def _rules_of(room: ModuleType) -> dict[str, Callable[..., object]]:
    return {
        name: rule
        for name, rule in vars(room).items()
        if name.startswith("can_") and rule.__module__ == room.__name__
    }
