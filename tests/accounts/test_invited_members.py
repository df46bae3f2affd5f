"""Invitations to addresses of members, and links in somebody else's browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.accounts.models import Account, SignedInSession
from app.accounts.session import cookie_name
from app.core.db import transaction
from tests import cast
from tests.accounts.conftest import count
from tests.accounts.test_inviting import FORM, account, invite

pytestmark = pytest.mark.usefixtures("app", "netiquette")


@pytest.fixture
def invited(link: Callable[[], str]) -> str:
    invite()
    return link()


def test_somebody_elses_browser_is_told_to_sign_out(client_as, invited):
    karin = client_as("Karin", "de")
    assert "Sie sind als Karin angemeldet" in karin.get(invited).text
    refused = karin.submit(invited, **FORM)
    assert refused.status_code == 422
    assert account("Karin").role == "customer"  # type: ignore[union-attr]
    assert account() is None


class TestAMember:
    """The address has an account already."""

    @pytest.fixture
    def invited(self, link: Callable[[], str]) -> str:
        cast.account("Karin")
        invite(email="karin@example.org", role="moderator")
        return link()

    def test_a_guest_with_the_link_gets_nothing(self, client, invited):
        assert "Sie haben schon ein Konto" in client.get(invited).text
        assert client.submit(invited, **FORM).status_code == 422
        assert (account("Karin").role, count(Account)) == ("customer", 2)  # type: ignore[union-attr]

    def test_who_is_signed_in_takes_the_role_and_a_new_session(self, client_as, invited, mails):
        karin = client_as("Karin")
        before = karin.get_cookie(cookie_name()).value
        joined = karin.submit(invited)
        assert joined.location == "/desk?done=joined_team"
        assert account("Karin").role == "moderator"  # type: ignore[union-attr]
        after = karin.get_cookie(cookie_name()).value
        assert after.partition(".")[0] != before.partition(".")[0], "S48"
        assert count(SignedInSession) == 1
        assert "Ihre Rolle" in " ".join(str(mail["Subject"]) for mail in mails())

    def test_who_joined_another_way_is_not_lowered(self, client_as, invited):
        karin = cast.account("Karin")
        with transaction():
            karin.role = "admin"
        assert client_as("Karin").submit(invited).status_code == 422
        assert account("Karin").role == "admin"  # type: ignore[union-attr]
