"""`flask rules` tells what the rules say, and leaves none out."""

from __future__ import annotations

import inspect
from types import ModuleType

import pytest
from flask import Flask

from app.accounts import rules as accounts
from app.administration import rules as administration
from app.desk import rules as desk
from app.forum import rules as forum
from app.knowledge import rules as knowledge
from app.moderation import rules as moderation
from app.rules_table import PRIVILEGES, ROLES, table
from app.superusers import rules as programme

FEATURES: dict[str, ModuleType] = {
    "Accounts": accounts,
    "Forum": forum,
    "Super users": programme,
    "Moderation": moderation,
    "Knowledge": knowledge,
    "Desk": desk,
    "Administration": administration,
}
#: Rules that ask about no person.
ABOUT_NOBODY = {"can_sign_in", "can_be_nominated", "can_have_audience"}
NOBODY, MEMBERS = "", "newcomer customer super-user agent moderator admin"
TEAM = "agent moderator admin"
#: Written by hand from the charter and the plan, not from the code.
EXPECTED = {
    "register": "guest",
    "change another's profile": NOBODY,
    "make an agent": "moderator admin",
    "make an admin": "admin",
    "take an admin's role": "admin",
    "take the own role": NOBODY,
    "invite to the team": "admin",
    "answer": MEMBERS,
    "ask in a board for the team": TEAM,
    "mark the own post as helpful": NOBODY,
    "accept an answer to the own question": MEMBERS,
    "accept an answer to another's question": NOBODY,
    "make an answer official": TEAM,
    "decide about a nomination": TEAM,
    "report a post": MEMBERS,
    "hide a post": f"super-user {TEAM}",
    "act on an agent's post": "moderator admin",
    "keep a reported post": TEAM,
    "object to a decision on the own post": f"{MEMBERS} suspended",
    "decide about an objection": TEAM,
    "decide about the objection to an own decision": NOBODY,
    "publish another's text": TEAM,
    "publish the own text, if two are needed": NOBODY,
    "say whether an article helped": f"guest {MEMBERS}",
    "work at the desk": TEAM,
    "set up the forum": "admin",
    "enter while it is closed": TEAM,
    "try a failed job again": "admin",
}


@pytest.mark.parametrize("feature", FEATURES)
def test_every_rule_about_a_person_is_asked(feature: str) -> None:
    module = FEATURES[feature]
    source = inspect.getsource(inspect.getmodule(table))  # type: ignore[arg-type]
    names = {
        name
        for name, rule in vars(module).items()
        if name.startswith("can_") and rule.__module__ == module.__name__
    }
    short = {"Super users": "programme"}.get(feature, feature.lower())
    missing = {name for name in names - ABOUT_NOBODY if f"{short}.{name}" not in source}
    assert names, "the premise: there are rules"
    assert missing == set()


@pytest.mark.parametrize("privilege", EXPECTED)
def test_the_table_says_what_was_agreed(privilege: str) -> None:
    (may,) = [line[2] for line in table() if line[1] == privilege]
    wanted = set(EXPECTED[privilege].replace("super-user", "super_user").split())
    assert {role.replace(" ", "_") for role in ROLES if may[role]} == wanted


def test_a_suspended_member_may_write_nothing() -> None:
    may = {line[1] for line in table() if line[2]["suspended"]}
    assert may == {
        "change the own profile",
        "end an own sign-in",
        "revoke an own token",
        "end the own term",
        "read a decision on the own post",
        "object to a decision on the own post",
    }


def test_the_command_prints_one_line_a_privilege(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["rules"])
    assert answer.exit_code == 0
    lines = answer.output.splitlines()
    for feature, privileges in PRIVILEGES.items():
        assert any(line.startswith(feature) and "super user" in line for line in lines)
        for privilege, _may in privileges:
            assert sum(line.startswith(f"{privilege}  ") for line in lines) == 1
