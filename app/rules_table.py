"""`flask rules`: who may do what, on one page, asked from the rules themselves.

A new rule needs a line in PRIVILEGES; tests/test_rules_table.py names those that are missing. Each
line asks about the ordinary case: a public topic of a customer who is somebody else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Thing
from typing import Any

import click

from app.accounts import rules as accounts
from app.accounts.actor import GUEST, MEMBERS, PUBLIC, STAFF, Actor
from app.administration import rules as administration
from app.core.rules import Verdict
from app.desk import rules as desk
from app.forum import rules as forum
from app.knowledge import rules as knowledge
from app.moderation import rules as moderation
from app.superusers import rules as programme

#: A newcomer may what a customer may; only a gate may hold the posts (moderation/gates.py).
ROLES: dict[str, Actor] = {
    "guest": GUEST,
    "newcomer": Actor(id=1, role="customer"),
    "customer": Actor(id=2, role="customer"),
    "super user": Actor(
        id=3,
        role="superuser",
        grants=frozenset((name, "*") for name in programme.TERM_PRIVILEGES),
    ),
    "agent": Actor(id=4, role="agent"),
    "moderator": Actor(id=5, role="moderator"),
    "admin": Actor(id=6, role="admin"),
    "suspended": Actor(id=7, role="customer", state="suspended"),
}

_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_ELSE = 99  # the customer whom the ordinary case is about
_BOARD = Thing(id=1, audience=PUBLIC, post_audience=MEMBERS)
_MEMBER = Thing(id=_ELSE, role="customer", state="active")
_ADMIN = Thing(id=_ELSE, role="admin", state="active")
_ARTICLE = Thing(
    state="draft",
    audience=PUBLIC,
    current_revision_id=None,
    latest_revision_id=1,
    review_asked_at=_NOW,
    credit_account_id=_ELSE,
)
_PUBLISHED = Thing(state="published", credit_account_id=_ELSE)


def _topic(author_id: int | None = _ELSE, post_audience: int = MEMBERS) -> Thing:
    return Thing(
        kind="question",
        state="visible",
        closed=False,
        solved=False,
        author_id=author_id,
        audience=PUBLIC,
        post_audience=post_audience,
    )


def _post(author_id: int | None = _ELSE, role: str = "customer", state: str = "visible") -> Thing:
    return Thing(
        kind="answer",
        state=state,
        position=2,
        author_id=author_id,
        author_role=role,
        board_id=1,
    )


def _decision(author_id: int | None = _ELSE) -> Thing:
    return Thing(
        author_id=author_id,
        kind="hide",
        decided_at=_NOW,
        reversed_by=None,
        appeal_id=None,
        tells_author=True,
    )


def _nomination(state: str, account_id: int | None = _ELSE) -> Thing:
    return Thing(state=state, account_id=account_id, role="customer")


def _term(account_id: int | None = _ELSE) -> Thing:
    ends = _NOW + timedelta(days=1)
    return Thing(account_id=account_id, role="superuser", ended_at=None, ends_at=ends)


_CASE = Thing(state="open")

Line = tuple[str, Callable[[Actor], Verdict]]

PRIVILEGES: dict[str, Sequence[Line]] = {
    "Accounts": (
        ("register", accounts.can_register),
        ("change the own profile", lambda a: accounts.can_change_profile(a, account_id=a.id or 0)),
        ("change another's profile", lambda a: accounts.can_change_profile(a, account_id=_ELSE)),
        ("end an own sign-in", lambda a: accounts.can_end_session(a, account_id=a.id or 0)),
        ("revoke an own token", lambda a: accounts.can_revoke_token(a, account_id=a.id or 0)),
        ("change what a customer may", lambda a: accounts.can_act_on_member(a, _MEMBER)),
        ("make a super user", lambda a: accounts.can_set_role(a, _MEMBER, "superuser")),
        ("make an agent", lambda a: accounts.can_set_role(a, _MEMBER, "agent")),
        ("make an admin", lambda a: accounts.can_set_role(a, _MEMBER, "admin")),
        ("take an admin's role", lambda a: accounts.can_set_role(a, _ADMIN, "customer")),
        ("take the own role", lambda a: accounts.can_set_role(a, a, "customer")),
        ("invite to the team", lambda a: accounts.can_invite(a, "agent")),
    ),
    "Forum": (
        ("take part", forum.can_take_part),
        ("ask in a board for members", lambda a: forum.can_ask(a, _BOARD)),
        ("ask in a board for the team", lambda a: forum.can_ask(a, _topic(post_audience=STAFF))),
        ("answer", lambda a: forum.can_answer(a, _topic())),
        ("comment", lambda a: forum.can_comment(a, _topic(), _post())),
        ("mark another's post as helpful", lambda a: forum.can_vote(a, _post())),
        ("mark the own post as helpful", lambda a: forum.can_vote(a, _post(a.id))),
        (
            "accept an answer to the own question",
            lambda a: forum.can_accept_answer(a, _topic(a.id), _post()),
        ),
        (
            "accept an answer to another's question",
            lambda a: forum.can_accept_answer(a, _topic(), _post()),
        ),
        (
            "withdraw the own acceptance",
            lambda a: forum.can_withdraw_acceptance(a, _topic(a.id)),
        ),
        ("follow a topic", lambda a: forum.can_watch(a, _topic())),
        ("make an answer official", lambda a: forum.can_make_official(a, _topic(), _post())),
        ("take the official mark back", forum.can_withdraw_official),
        ("arrange the boards", forum.can_arrange_boards),
    ),
    "Super users": (
        (
            "decide about a nomination",
            lambda a: programme.can_decide_nomination(a, _nomination("open")),
        ),
        (
            "take an invitation back",
            lambda a: programme.can_withdraw_invitation(a, _nomination("confirmed")),
        ),
        (
            "answer the own invitation",
            lambda a: programme.can_answer_invitation(a, _nomination("confirmed", a.id)),
        ),
        ("end a term", lambda a: programme.can_end_term(a, _term())),
        ("end the own term", lambda a: programme.can_step_down(a, _term(a.id or 0))),
        ("renew a term at its end", lambda a: programme.can_renew_term(a, _term(), _NOW)),
    ),
    "Moderation": (
        ("report a post", lambda a: moderation.can_report_post(a, _post())),
        ("open a case", lambda a: moderation.can_open_case(a, _post())),
        ("act on a customer's post", lambda a: moderation.can_act_on_post(a, _post())),
        ("act on an agent's post", lambda a: moderation.can_act_on_post(a, _post(role="agent"))),
        ("hide a post", lambda a: moderation.can_decide(a, _CASE, _post(), "hide")),
        ("keep a reported post", lambda a: moderation.can_decide(a, _CASE, _post(), "keep")),
        (
            "show a hidden post again",
            lambda a: moderation.can_decide(a, _CASE, _post(state="hidden"), "restore"),
        ),
        (
            "let a held post through",
            lambda a: moderation.can_decide(a, _CASE, _post(state="held"), "approve"),
        ),
        ("write the netiquette", moderation.can_write_netiquette),
        ("read a decision on the own post", lambda a: _read_own(a)),
        ("read another's decision", lambda a: moderation.can_read_decision(a, _decision())),
        (
            "object to a decision on the own post",
            lambda a: moderation.can_appeal(a, _decision(a.id or 0), now=_NOW),
        ),
        (
            "decide about an objection",
            lambda a: moderation.can_decide_appeal(a, _decision(), _post(), deciders=()),
        ),
        (
            "decide about the objection to an own decision",
            lambda a: moderation.can_decide_appeal(a, _decision(), _post(), deciders=(a.id or 0,)),
        ),
    ),
    "Knowledge": (
        ("work on articles", knowledge.can_edit_articles),
        (
            "decide on a suggestion",
            lambda a: knowledge.can_decide_on_suggestion(a, Thing(state="open")),
        ),
        ("change an article", lambda a: knowledge.can_revise_article(a, _ARTICLE)),
        ("send an article to review", lambda a: knowledge.can_send_to_review(a, _ARTICLE)),
        ("send an article back", lambda a: knowledge.can_send_back(a, _ARTICLE)),
        (
            "publish another's text",
            lambda a: knowledge.can_publish(a, _ARTICLE, written_by=_ELSE, by_another=True),
        ),
        (
            "publish the own text, if two are needed",
            lambda a: knowledge.can_publish(a, _ARTICLE, written_by=a.id or 0, by_another=True),
        ),
        ("archive an article", lambda a: knowledge.can_archive(a, _ARTICLE)),
        ("say whether an article helped", lambda a: knowledge.can_rate_article(a, _PUBLISHED)),
    ),
    "Desk": (
        ("work at the desk", desk.can_work_at_desk),
        ("put a colleague in charge", lambda a: desk.can_assign(a, ROLES["agent"])),
        ("release what a colleague took", desk.can_release),
        ("write an internal note", desk.can_write_note),
        ("use canned replies", desk.can_use_replies),
        ("write canned replies", desk.can_change_replies),
        ("try a failed job again", desk.can_retry_job),
    ),
    "Administration": (
        ("set up the forum", administration.can_administer),
        ("enter while it is closed", lambda a: administration.can_enter(a, is_closed=True)),
    ),
}


def table() -> list[tuple[str, str, dict[str, bool]]]:
    """(feature, privilege, role → may) for every line."""
    return [
        (feature, privilege, {role: bool(may(actor)) for role, actor in ROLES.items()})
        for feature, lines in PRIVILEGES.items()
        for privilege, may in lines
    ]


@click.command("rules")
def rules() -> None:
    """Print who may do what, as the rules say it."""
    width = max(len(privilege) for _feature, privilege, _may in table())
    shown = ""
    for feature, privilege, may in table():
        if feature != shown:
            click.echo(f"\n{feature:{width}}  " + "  ".join(ROLES))
            shown = feature
        marks = "  ".join(f"{'yes' if may[role] else '-':{len(role)}}" for role in ROLES)
        click.echo(f"{privilege:{width}}  {marks}".rstrip())


def _read_own(actor: Any) -> Verdict:
    return moderation.can_read_decision(actor, _decision(actor.id or 0))
