"""S45: neither what is answered nor the work that is done tells whether an address has an account."""

from __future__ import annotations

import re

import pytest

from app.accounts.models import Account
from app.core import hashing
from app.core.db import db, transaction
from tests import cast
from tests.accounts.conftest import FORM, OTHER

KNOWN, UNKNOWN = "karin@example.org", "niemand@example.net"
TOKENS = re.compile(r'value="[\w.-]{20,}"|\b(karin|niemand)@[\w.]+')
NUMBERS = re.compile(r"\?(, \?)*|%\(\w+\)s(::\w+)?")


@pytest.fixture
def work(monkeypatch, count_queries):
    """`with work() as done: …`; then `done` names every hash and every statement, in order."""
    from contextlib import contextmanager

    @contextmanager
    def watching():
        done: list[str] = []
        enter = hashing._Slot.__enter__

        def noting(slot):
            done.append("a hash")
            enter(slot)

        with monkeypatch.context() as patch, count_queries() as statements:
            patch.setattr(hashing._Slot, "__enter__", noting)
            yield done
        done += [NUMBERS.sub("?", statement) for statement in statements]

    return watching


#: Route → what is sent, with the address still to come.
ASKING = {
    "/account/login": {"password": OTHER},
    "/account/forgot": {},
    "/account/register": {**FORM, "name": "Petra"},
}


@pytest.mark.parametrize("state", ["active", "suspended", "imported", "erased"])
@pytest.mark.parametrize("url", ASKING)
def test_s45_both_get_the_same_answer_for_the_same_work(app, member, work, url, state):
    member("Karin")
    with transaction():
        cast.account("Karin").state = state
    fields = ASKING[url]
    with work() as for_known:
        known = app.test_client().submit(url, **{**fields, "email": KNOWN})
    if "name" in fields:
        fields = {**fields, "name": "Paula"}
    with work() as for_unknown:
        unknown = app.test_client().submit(url, **{**fields, "email": UNKNOWN})
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert TOKENS.sub("", known.text) == TOKENS.sub("", unknown.text)
    assert for_known == for_unknown
    assert "forgot" in url or for_known.count("a hash") == 1, (
        "the premise: it is the hash that costs"
    )


def test_s45_a_name_is_kept_alike_for_known_and_unknown_addresses(app, member, mails):
    """Who asks for the name again with an address of their own learns nothing about the first."""
    member("Karin")
    answers = []
    for address in (KNOWN, UNKNOWN):
        names = ("Petra", "Paula", "Petra", "Paula") if address == KNOWN else (
            "Rosa", "Rita", "Rosa", "Rita")  # fmt: skip
        for number, name in enumerate(names):
            own = f"eigene{name}{number}@example.com".lower()
            typed = address if number < 2 else own
            page = app.test_client().submit(
                "/account/register", **{**FORM, "name": name, "email": typed}
            )
            answers.append(page.status_code)
    assert answers[:4] == answers[4:] == [303, 303, 303, 422], (
        "the last name that was typed is kept"
    )
    mails()
    stand_in = db.session.query(Account).filter(Account.email_key.like("stand-in:%")).one()
    assert (stand_in.email, stand_in.password_hash, stand_in.state) == (None, None, "pending")


def test_s45_nobody_gets_in_by_a_stand_in(app, client, member, mails):
    member("Karin")
    client.submit("/account/register", **{**FORM, "name": "Petra", "email": KNOWN})
    key = db.session.query(Account.email_key).filter(Account.name == "Petra").scalar()
    assert client.submit("/account/login", email=key, password=FORM["password"]).status_code == 422
    assert client.submit("/account/forgot", email=key).status_code == 422
    assert [mail["To"] for mail in mails()] == [KNOWN]
    assert client.get("/members/Petra").status_code == 404
