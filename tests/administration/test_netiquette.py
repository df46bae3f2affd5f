"""The netiquette: drafted rule by rule, nothing lost, published as the next version."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from app.administration.guide import guide
from app.core.db import db, transaction
from app.core.errors import Forbidden
from app.core.events import EventRow
from app.core.settings import change_settings
from app.moderation import actions, queries
from app.moderation.actions import drafting
from app.moderation.models import Rulebook, RulebookDraft
from tests import cast
from tests.moderation.conftest import accept_netiquette

RULE = {
    "title_de": "Freundlich bleiben",
    "title_en": "Stay friendly",
    "text_de": "Bei {company} sind wir freundlich.",
    "text_en": "At {company} we are friendly.",
    "reason_de": "Darum.",
    "reason_en": "Because.",
    "example_de": "So.",
    "example_en": "Like this.",
    "hide": "y",
    "ground": "incompatible",
    "category": "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
    "reportable": "y",
}
CHANGES = {"changes_de": "Regel 1 ist kürzer.", "changes_en": "Rule 1 is shorter."}


@pytest.fixture(autouse=True)
def laid(app: Any) -> None:
    with transaction():
        actions.ensure_rulebook()
        change_settings(changed_by=None, company="Talfunk")


@pytest.fixture
def ada(client_as: Any) -> Any:
    return client_as("Ada", "de")


def seen(key: int = 1) -> str:
    db.session.rollback()
    return drafting.digest(drafting.rule_in(drafting.draft(), key))


def save(browser: Any, key: int = 1, **values: str) -> Any:
    url = f"/admin/netiquette/rules/{key}"
    return browser.submit(url, **{**RULE, "seen": seen(key), **values})


def version() -> int:
    db.session.rollback()
    return queries.current_rulebook().version  # type: ignore[union-attr]


def test_a_changed_rule_is_published_as_the_next_version(ada, client, client_as):
    accept_netiquette("Karin")
    assert save(ada).location == "/admin/netiquette?done=draft_saved#rule-1"
    assert version() == 1
    assert "Bei Talfunk sind wir freundlich." in ada.get("/admin/netiquette/preview").text
    assert "Bei Talfunk sind" not in client.get("/netiquette").text
    done = ada.submit("/admin/netiquette", **CHANGES)
    assert done.location == "/admin/netiquette?done=netiquette_published"
    assert version() == 2
    page = client.get("/netiquette", headers={"Accept-Language": "de"}).text
    assert "Bei Talfunk sind wir freundlich." in page
    assert "Regel 1 ist kürzer." in page
    assert "Bei Talfunk sind" not in client.get("/netiquette?version=1").text
    assert client.get("/netiquette.json").json["rules"][0]["title"]["de"] == "Freundlich bleiben"
    karin = client_as("Karin", "de")
    asked = karin.get("/topics/ask", follow_redirects=True).text
    assert "Regel 1 ist kürzer." in asked, "she accepts before she writes"
    assert "Es gibt nichts Neues" in ada.get("/admin/netiquette").text
    assert guide().line("netiquette").is_done


def test_publishing_the_same_changes_nothing(ada):
    ada.submit("/admin/netiquette", **CHANGES)
    assert version() == 1
    names = db.session.scalars(select(EventRow.name)).all()
    assert "NetiquettePublished" not in names


def test_without_words_about_what_is_new_nothing_is_published(ada):
    save(ada)
    refused = ada.submit("/admin/netiquette", changes_de="", changes_en="New.")
    assert (refused.status_code, version()) == (422, 1)
    assert "New." in refused.text


def test_rules_come_go_and_change_places(ada):
    added = ada.submit("/admin/netiquette/rules")
    key = int(added.location.rsplit("/", 1)[1])
    assert key == 13
    missing = ada.submit("/admin/netiquette", **CHANGES)
    assert (missing.status_code, version()) == (422, 1)
    save(ada, key, title_de="Neue Regel")
    ada.submit(f"/admin/netiquette/rules/{key}/up")
    db.session.rollback()
    assert [rule["key"] for rule in drafting.draft()["rules"]][-2:] == [13, 12]
    ada.submit("/admin/netiquette/rules/1/remove")
    assert "1 Regel wurde herausgenommen" in ada.get("/admin/netiquette").text
    ada.submit("/admin/netiquette/rules/1/back")
    db.session.rollback()
    assert drafting.draft()["rules"][-1]["key"] == 1
    ada.submit("/admin/netiquette", **CHANGES)
    assert version() == 2
    titles = [rule.title_de for rule in queries.rules_of(queries.current_rulebook().id)]  # type: ignore[union-attr]
    assert (len(titles), "Neue Regel" in titles) == (13, True)


def test_nothing_typed_is_lost_when_two_write_at_once(ada):
    stale = seen()
    save(ada, title_de="Von Ada")
    answer = ada.submit("/admin/netiquette/rules/1", **{**RULE, "title_de": "Zwei", "seen": stale})
    assert answer.status_code == 409
    assert 'value="Zwei"' in answer.text
    db.session.rollback()
    assert drafting.draft()["rules"][0]["title"]["de"] == "Von Ada"
    save(ada, title_de="Zwei")
    db.session.rollback()
    assert drafting.draft()["rules"][0]["title"]["de"] == "Zwei"


def test_too_long_a_text_comes_back_whole(ada):
    answer = save(ada, text_de="x" * 4_001)
    assert answer.status_code == 422
    assert "x" * 4_001 in answer.text


@pytest.mark.parametrize("field", ["ground", "category"])
def test_nonsense_is_refused_at_its_field(ada, field):
    assert f'id="{field}-error"' in save(ada, **{field: "x"}).text


def test_a_placeholder_without_words_is_not_published(ada):
    with transaction():
        change_settings(changed_by=None, company="")
    save(ada)
    assert ada.submit("/admin/netiquette", **CHANGES).status_code == 422
    assert "Platzhalter" in ada.get("/admin/netiquette").text


def test_the_texts_around_the_rules_are_drafted_too(ada):
    page = ada.get("/admin/netiquette/frame")
    assert page.status_code == 200
    digest = drafting.digest(drafting.frame_in(drafting.draft()))
    words = {f"{part}_{code}": "Kurz." for part in actions.FRAME for code in ("de", "en")}
    saved = ada.submit("/admin/netiquette/frame", seen=digest, **words)
    assert saved.status_code == 303
    db.session.rollback()
    assert drafting.draft()["intro"] == {"de": "Kurz.", "en": "Kurz."}


@pytest.mark.parametrize("name", ["guest", "Karin", "Uwe", "Anna", "Mo"])
def test_others_write_nothing(name):
    actor = cast.actor(name)
    for act in (actions.add_rule, lambda a: actions.remove_rule(a, 1)):
        with pytest.raises(Forbidden), transaction():
            act(actor)
    with pytest.raises(Forbidden), transaction():
        actions.publish_draft(actor, {}, {})
    assert db.session.scalar(select(func.count()).select_from(RulebookDraft)) == 0
    assert db.session.scalar(select(func.count()).select_from(Rulebook)) == 1


def test_the_laid_rules_are_not_the_operators_own_until_they_say_so(ada):
    assert not guide().line("netiquette").is_done
    ada.submit("/admin/steps/netiquette/settle")
    db.session.rollback()
    assert guide().line("netiquette").is_done
