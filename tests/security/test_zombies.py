"""T-06, S05, S49: what a browser may still do after its person lost account, session or password."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import delete, update

from app.accounts import actions
from app.accounts.actions import sign_out_everywhere
from app.accounts.actor import GUEST
from app.accounts.models import Account, SignedInSession
from app.core.db import db, transaction
from app.core.web.policy import policy_of
from tests import cast
from tests.open_forum import browser_of
from tests.security.conftest import Kept
from tests.security.sending import filled, form_rules, method_of, targets
from tests.visibility import routes
from tests.visibility.readers import Circle

pytestmark = pytest.mark.slow

SHARE = 9  # of the routes are asked per loss: one gate stands before all of them
Loss = Callable[[Account], None]


def _state(state: str) -> Loss:
    def lose(person: Account) -> None:
        db.session.execute(update(Account).filter_by(id=person.id).values(state=state))

    return lose


def _session(person: Account) -> None:
    db.session.execute(delete(SignedInSession).filter_by(account_id=person.id))


def _everywhere(person: Account) -> None:
    sign_out_everywhere(cast.actor(person.name))


def _password(person: Account) -> None:
    actor, known = cast.actor(person.name), person.password_hash
    actions.change_password(actor, proven_hash=known, new_hash="x", browser="")


LOSSES: dict[str, Loss] = {
    "erased": _state("erased"),
    "made an archive's author": _state("imported"),
    "unconfirmed": _state("pending"),
    "session revoked": _session,
    "signed out everywhere": _everywhere,
    "password changed": _password,
}


@pytest.mark.parametrize("how", LOSSES)
@pytest.mark.parametrize("name", ["Karin", "Sina", "Anna", "Ada"])
def test_t06_what_ends_a_sign_in_ends_it_everywhere(
    app: Flask, world: Circle, put_back: Kept, name: str, how: str
) -> None:
    """The next request already: closed pages lead to the sign-in, forms are refused, no row changes."""
    zombie, person = browser_of(app, name), cast.account(name)
    assert zombie.get("/account/settings").status_code == 200, "the premise"
    with transaction():
        LOSSES[how](person)
    before, wrong = put_back.contents(), []
    for url in _closed_pages(app, world)[:: 1 if (name, how) == ("Anna", "erased") else SHARE]:
        answer = zombie.get(url)
        if answer.status_code != 303 or not answer.location.startswith("/account/login"):
            wrong.append((url, answer.status_code))
    assert len(_closed_pages(app, world)) > 20
    token = zombie.form_token()  # that of a page which was open before
    for rule in form_rules(app)[:: 1 if (name, how) == ("Anna", "erased") else SHARE]:
        with app.test_request_context():
            url = targets(world, rule)[-1]
        data = {**filled(rule.endpoint), "csrf_token": token}
        status = zombie.open(url, method=method_of(rule), data=data).status_code
        if status != 400:  # the token died with the session
            wrong.append((url, status))
    assert wrong == []
    assert put_back.contents() == before


def _closed_pages(app: Flask, world: Circle) -> list[str]:
    match = app.url_map.bind("localhost").match
    urls = [url.split("?")[0] for url in routes.one_url_each(app, world)]
    policies = {url: policy_of(app, match(url)[0]) for url in urls}
    return [url for url, check in policies.items() if check is not None and not check(GUEST)]
