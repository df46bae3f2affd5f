"""Two administrators at the same moment: nothing fails, nothing is lost unseen."""

from __future__ import annotations

from typing import Any

import pytest

from app.accounts import queries as accounts
from app.core.db import db, transaction
from app.core.settings import change_settings, load_settings
from app.forum import queries as forum
from app.moderation import actions, queries
from app.moderation.actions import drafting
from tests import cast
from tests.administration.test_boards import FORM as BOARD
from tests.administration.test_look import CHOSEN, logo
from tests.administration.test_netiquette import CHANGES, as_shown
from tests.administration.test_netiquette import save as save_rule
from tests.administration.test_texts import TEXTS
from tests.surfer import at_once, seen_in


@pytest.fixture
def both(client_as: Any) -> tuple[Any, Any]:
    return client_as("Ada", "en"), client_as("Ada", "en")


def seen_on(browser: Any, url: str) -> str:
    return seen_in(browser.get(url).text)


def test_the_first_settings_of_all(both: Any):
    sent = [(b, "/admin/look", {**CHOSEN, "company": c}) for b, c in zip(both, "AB", strict=True)]
    assert at_once(*sent) == [303, 303]
    assert load_settings().company in "AB"


def test_the_first_drafts_of_a_netiquette(both: Any):
    with transaction():
        actions.ensure_rulebook()
    assert at_once(*((b, "/admin/netiquette/rules", {}) for b in both)) == [303, 303]
    assert len(drafting.draft()["rules"]) == 14


def test_the_next_netiquette(both: Any):
    with transaction():
        actions.ensure_rulebook()
        change_settings(changed_by=None, company="Talfunk")
    save_rule(both[0])
    values = {**CHANGES, "seen": as_shown()}
    assert at_once(*((b, "/admin/netiquette", values) for b in both)) == [303, 303]
    assert queries.current_rulebook().version == 2  # type: ignore[union-attr]


def test_the_first_privacy_page(both: Any):
    sent = [
        (b, "/admin/texts/privacy", {**TEXTS, "text_de": words, "version": "0"})
        for b, words in zip(both, ("Eins.", "Zwei."), strict=True)
    ]
    assert at_once(*sent) in ([303, 422], [303, 409])
    assert accounts.current_version("privacy") == 1


LANGUAGE = {"languages": ["de", "en"], "default_language": "de", "address": "sie"}


@pytest.mark.parametrize(
    ("url", "one", "two"),
    [
        ("/admin/look", {**CHOSEN, "name": "Eins"}, {**CHOSEN, "name": "Zwei"}),
        ("/admin/imprint", {"provider": "Eins"}, {"provider": "Zwei"}),
        ("/admin/language", {**LANGUAGE, "default_language": "en"}, {**LANGUAGE, "address": "du"}),
    ],
)
def test_whoever_comes_second_learns_it_and_loses_nothing(
    both: Any, url: str, one: dict[str, Any], two: dict[str, Any]
):
    first, second = both
    seen = seen_on(second, url)
    assert first.submit(url, **one, seen=seen_on(first, url)).status_code == 303
    kept = load_settings()
    late = second.submit(url, **two, seen=seen)
    assert (late.status_code, load_settings()) == (409, kept)
    assert "Somebody else changed this" in late.text
    for typed in ("Zwei", "du"):
        assert typed not in two.values() or f'value="{typed}"' in late.text
    assert second.submit(url, **two, seen=seen_in(late.text)).status_code == 303
    assert load_settings() != kept, "sent again, it is meant"


def test_a_board_that_somebody_changed_meanwhile_is_not_changed_back(both: Any):
    first, second = both
    url = f"/admin/boards/{cast.board('internet').id}"
    seen = seen_on(second, url)
    first.submit(url, **{**BOARD, "description": "Von Ada", "seen": seen})
    late = second.submit(url, **{**BOARD, "icon": "tv", "seen": seen})
    assert (late.status_code, boards()["internet"]) == (409, ("Von Ada", "wifi"))
    assert 'value="Anschluss und WLAN"' in late.text, "nothing typed is lost"
    second.submit(url, **{**BOARD, "icon": "tv", "seen": seen_in(late.text)})
    assert boards()["internet"] == ("Anschluss und WLAN", "tv")


def boards() -> dict[str, tuple[str, str]]:
    db.session.rollback()
    found = forum.visible_boards(cast.actor("Ada"))
    return {board.slug: (board.description, board.icon) for board in found}


def test_a_new_name_brings_no_old_logo_back(both: Any):
    """The file of a logo that was replaced is gone; whoever kept it would break every page."""
    first, second = both
    first.submit("/admin/look", **CHOSEN, logo=logo())
    seen, old = seen_on(second, "/admin/look"), load_settings().logo
    first.submit("/admin/look", **CHOSEN, logo=logo())
    new = load_settings().logo
    assert new != old
    late = second.submit("/admin/look", **{**CHOSEN, "name": "Zwei", "seen": seen})
    assert (late.status_code, load_settings().logo) == (409, new)
    second.submit("/admin/look", **{**CHOSEN, "name": "Zwei", "seen": seen_in(late.text)})
    assert (load_settings().name, load_settings().logo) == ("Zwei", new)
