"""The netiquette: drafted rule by rule, nothing lost, published as the next version."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.administration.guide import guide
from app.core.db import db, transaction
from app.core.errors import Forbidden
from app.core.events import EventRow
from app.core.seen import digest
from app.core.settings import change_settings
from app.moderation import actions, queries
from app.moderation.actions import drafting, wording
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
    return digest(drafting.rule_in(drafting.draft(), key))


def save(browser: Any, key: int = 1, **values: str) -> Any:
    url = f"/admin/netiquette/rules/{key}"
    return browser.submit(url, **{**RULE, "seen": seen(key), **values})


def as_shown() -> str:
    """What the page says of the draft that it shows."""
    db.session.rollback()
    return digest(wording.filled(drafting.draft(), wording.placeholders()))


def publish(browser: Any, **values: str) -> Any:
    return browser.submit("/admin/netiquette", **{**CHANGES, "seen": as_shown(), **values})


def version() -> int:
    db.session.rollback()
    return queries.current_rulebook().version  # type: ignore[union-attr]


def test_a_changed_rule_is_published_as_the_next_version(ada, client, client_as):
    accept_netiquette("Karin")
    assert save(ada).location == "/admin/netiquette?done=draft_saved#rule-1"
    assert version() == 1
    assert "Bei Talfunk sind wir freundlich." in ada.get("/admin/netiquette/preview").text
    assert "Bei Talfunk sind" not in client.get("/netiquette").text
    done = publish(ada)
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
    publish(ada)
    assert version() == 1
    names = db.session.scalars(select(EventRow.name)).all()
    assert "NetiquettePublished" not in names


def test_without_words_about_what_is_new_nothing_is_published(ada):
    save(ada)
    refused = publish(ada, changes_de="", changes_en="New.")
    assert (refused.status_code, version()) == (422, 1)
    assert "New." in refused.text


def test_rules_come_go_and_change_places(ada):
    added = ada.submit("/admin/netiquette/rules")
    key = int(added.location.rsplit("/", 1)[1])
    assert key == 13
    missing = publish(ada)
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
    publish(ada)
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


def test_nobody_publishes_what_they_have_not_seen(ada):
    save(ada)
    page = ada.get("/admin/netiquette").text
    shown = re.search(r'name="seen"[^>]*value="(\w+)"', page)
    assert shown and shown[1] == as_shown()
    save(ada, title_de="Von jemand anderem")
    stale = publish(ada, seen=shown[1])
    assert (stale.status_code, version()) == (409, 1)
    assert "Regel 1 ist kürzer." in stale.text, "nothing typed is lost"
    again = re.search(r'name="seen"[^>]*value="(\w+)"', stale.text)
    assert again and publish(ada, seen=again[1]).status_code == 303
    assert version() == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Wort " * 1_900, "zusammen länger"),  # each fits, all of them do not
        ("[" * 3_000, "Formatierungszeichen"),
    ],
)
def test_what_no_page_can_hold_is_named_before_it_is_published(ada, words, said):
    frame = {f"{part}_{code}": words for part in actions.FRAME for code in ("de", "en")}
    began = digest(drafting.frame_in(drafting.draft()))
    db.session.rollback()
    assert ada.submit("/admin/netiquette/frame", seen=began, **frame).status_code == 303
    answer = publish(ada)
    assert (answer.status_code, version()) == (422, 1)
    assert said in answer.text


def test_a_title_that_its_placeholder_makes_too_long_is_named(ada):
    with transaction():
        change_settings(changed_by=None, company="T" * 60)
    assert save(ada, title_de="x" * 80 + " {company}").status_code == 303
    answer = publish(ada)
    assert (answer.status_code, version()) == (422, 1)
    assert "wird ein Text dieser Regel zu lang" in answer.text


def test_the_operators_file_is_what_the_next_draft_begins_from(app, ada, tmp_path):
    save(ada)
    publish(ada)
    said = publish_file(app, tmp_path, "Vom Betrieb.")
    assert "is kept" not in said
    assert drafting.draft()["rules"][0]["text"]["de"] == "Vom Betrieb."


def test_a_draft_with_other_words_outlives_the_operators_file(app, ada, tmp_path):
    save(ada)
    assert "is kept" in publish_file(app, tmp_path, "Vom Betrieb.")
    assert drafting.draft()["rules"][0]["text"]["de"] == RULE["text_de"]


def publish_file(app: Any, folder: Path, words: str) -> str:
    content = actions.shipped_netiquette()
    content["rules"][0]["text"]["de"] = words
    file = folder / "netiquette.json"
    file.write_text(json.dumps(content), "utf-8")
    db.session.rollback()
    done = app.test_cli_runner().invoke(args=["publish-netiquette", str(file)])
    db.session.rollback()
    assert done.exit_code == 0
    return str(done.stderr)


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
    assert publish(ada).status_code == 422
    assert "Platzhalter" in ada.get("/admin/netiquette").text


def test_the_texts_around_the_rules_are_drafted_too(ada):
    page = ada.get("/admin/netiquette/frame")
    assert page.status_code == 200
    began = digest(drafting.frame_in(drafting.draft()))
    words = {f"{part}_{code}": "Kurz." for part in actions.FRAME for code in ("de", "en")}
    saved = ada.submit("/admin/netiquette/frame", seen=began, **words)
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
        actions.publish_draft(actor, {}, seen=as_shown())
    assert db.session.scalar(select(func.count()).select_from(RulebookDraft)) == 0
    assert db.session.scalar(select(func.count()).select_from(Rulebook)) == 1


def test_the_laid_rules_are_not_the_operators_own_until_they_say_so(ada):
    assert not guide().line("netiquette").is_done
    ada.submit("/admin/steps/netiquette/settle")
    db.session.rollback()
    assert guide().line("netiquette").is_done
