"""Rules by version: public in both forms, asked again when they change."""

from __future__ import annotations

import pytest

from app.accounts import queries as accounts
from app.accounts.models import Consent, Document
from app.core.db import transaction
from app.forum.models import Post, Topic
from app.moderation import actions, queries
from app.moderation.models import Rulebook
from tests import cast
from tests.moderation.conftest import accept_netiquette, count, decide, report, rude_answer


def publish_next() -> None:
    content = actions.shipped_netiquette()
    content["rules"][2]["text"]["de"] += " Das gilt auch für Bilder."
    with transaction():
        actions.publish_rulebook(content)


def test_the_rules_are_numbered_and_have_anchors(as_de):
    page = as_de.get("/netiquette").text
    assert 'id="rule-3"' in page and 'id="rule-12"' in page
    assert "Vertrauliches bleibt vertraulich" in page


def test_the_rules_are_there_for_programs(client):
    found = client.get("/netiquette.json").json
    assert (found["version"], len(found["rules"]), len(found["sha256"])) == (1, 12, 64)
    assert found["rules"][2]["title"]["en"] == "What is confidential stays confidential"
    assert found["rules"][2]["url"].endswith("/netiquette#rule-3")
    assert found["valid_from"].endswith("Z")


def test_the_same_rules_again_are_no_new_version():
    for _ in range(2):
        with transaction():
            actions.publish_rulebook(actions.shipped_netiquette())
    assert (count(Rulebook), count(Document)) == (1, 2)


def test_a_change_is_the_next_version_and_the_old_one_stays_readable(client):
    publish_next()
    assert client.get("/netiquette.json").json["version"] == 2
    assert client.get("/netiquette.json?version=1").json["version"] == 1
    assert "auch für Bilder" in client.get("/netiquette").text
    assert "auch für Bilder" not in client.get("/netiquette?version=1").text
    assert client.get("/netiquette?version=9").status_code == 404
    assert client.get("/netiquette.json?version=x").status_code == 404


def test_a_decision_keeps_the_rule_as_it_read():
    decision = decide(report(rude_answer(), rule=3), "hide", rule=3)
    publish_next()
    later = decide(report(rude_answer(), rule=3), "hide", rule=3)
    assert (decision.rulebook_version, later.rulebook_version) == (1, 2)
    assert "auch für Bilder" not in decision.rule_text_de
    assert "auch für Bilder" in later.rule_text_de


def test_a_forum_of_before_keeps_its_number(app):
    """The text was published by accounts alone; nobody is asked again for the same text."""
    assert queries.current_rulebook().version == accounts.current_version("netiquette") == 1


def test_reading_stays_free_when_the_rules_change(client_as):
    topic = cast.make_topic()
    publish_next()
    browser = client_as("Karin")
    assert browser.get(f"/topics/{topic.id}", follow_redirects=True).status_code == 200
    assert browser.get("/account/settings").status_code == 200


def test_who_wants_to_write_is_asked_first_and_led_back(client_as):
    cast.board()
    publish_next()
    browser = client_as("Karin", "en")
    answer = browser.get("/topics/ask")
    assert answer.location == "/account/netiquette?next=/topics/ask"
    page = browser.get(answer.location)
    assert "The netiquette has changed" in page.text
    done = browser.submit("/account/netiquette", accepted_netiquette="2", next="/topics/ask")
    assert done.location == "/topics/ask"
    assert browser.get("/topics/ask").status_code == 200
    assert count(Consent, account_id=cast.account("Karin").id, version=2) == 1


def test_what_was_sent_is_kept_and_sent_on_by_one_press(client_as):
    topic = cast.make_topic()
    publish_next()
    browser = client_as("Tom", "en")
    url = f"/topics/{topic.id}/posts"
    page = browser.submit(url, text="Meine lange Antwort.")
    assert page.status_code == 403 and "Accept and send" in page.text
    assert page.text.count("Meine lange Antwort.") == 2
    assert count(Post, text="Meine lange Antwort.") == 0
    sent = browser.submit(url, text="Meine lange Antwort.", accepted_netiquette="2")
    assert sent.status_code == 303
    assert count(Post, text="Meine lange Antwort.") == 1


@pytest.mark.parametrize("version", ["1", "3", "x", ""])
def test_only_the_version_in_force_can_be_accepted(client_as, version):
    topic = cast.make_topic()
    publish_next()
    answer = client_as("Tom").submit(
        f"/topics/{topic.id}/posts", text="Hallo zusammen.", accepted_netiquette=version
    )
    assert answer.status_code == 409
    assert (count(Post, text="Hallo zusammen."), count(Consent, version=2)) == (0, 0)


def test_a_press_by_script_leads_to_the_page(client_as):
    post = rude_answer()
    publish_next()
    browser = client_as("Karin")
    answer = browser.post(
        f"/posts/{post.id}/vote",
        data={"csrf_token": browser.form_token()},
        headers={"HX-Request": "true"},
    )
    assert answer.headers["HX-Redirect"] == "/account/netiquette"


def test_accepting_twice_is_harmless(client_as):
    publish_next()
    for _ in range(2):
        client_as("Karin").submit("/account/netiquette", accepted_netiquette="2")
    assert count(Consent, account_id=cast.account("Karin").id, version=2) == 1


def test_whoever_accepted_is_asked_nothing(client_as):
    topic = cast.make_topic()
    publish_next()
    accept_netiquette("Tom")
    answer = client_as("Tom").submit(f"/topics/{topic.id}/posts", text="Gern geschehen.")
    assert answer.status_code == 303
    assert count(Topic) == 1
