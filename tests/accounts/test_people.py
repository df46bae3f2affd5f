"""Members' pages and the netiquette: who is shown, page by page, in the reader's language."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from app.accounts import actions
from app.accounts.models import Document
from app.core.db import db, transaction
from app.core.errors import Conflict
from app.moderation.actions import ensure_rulebook
from tests import cast
from tests.accounts.conftest import count, happened


def test_a_member_page_shows_profile_and_posts(client):
    cast.make_topic("Mein WLAN ist langsam", author="Karin")
    page = client.get("/members/Karin")
    assert page.status_code == 200
    assert "Frage lieber einmal mehr." in page.text
    assert "Mein WLAN ist langsam" in page.text
    assert "karin@example.org" not in page.text
    assert client.get("/members/KARIN?filter=answers").status_code == 200


def test_what_a_reader_may_not_see_is_not_on_the_member_page(client, client_as):
    cast.make_topic("Nur fürs Team", author="Anna", board_slug="team")
    assert "Nur fürs Team" not in client.get("/members/Anna").text
    assert "Nur fürs Team" in client_as("Mo").get("/members/Anna").text


@pytest.mark.parametrize("state", ["pending", "erased"])
def test_some_people_do_not_exist_for_others(client, state):
    karin = cast.account("Karin")
    with transaction():
        karin.state = state
    assert client.get("/members/Karin").status_code == 404
    assert "Karin" not in client.get("/members").text


@pytest.mark.parametrize("name", ["nobody", "x" * 5000, "%00", "%ff", "..%2f", "%F0%9F%98%80"])
def test_nobody_has_a_strange_name(client, name):
    assert client.get(f"/members/{name}").status_code == 404


@pytest.mark.parametrize("name", ["a/b", "Karl der Große", "<b>x</b>", "ex-ü?#", "日本 100%"])
def test_imported_names_have_a_page_whatever_they_are(client, name):
    from app.accounts.rules import name_key, name_skeleton

    person = cast.account("Archivar")
    with transaction():
        person.name, person.name_key = name, name_key(name)
        person.name_skeleton, person.state = name_skeleton(name), "imported"
    page = client.get("/members")
    link = re.search(r'href="(/members/[^"]+)"', page.text)
    assert link
    assert client.get(link[1]).status_code == 200
    assert client.get("/members/" + quote(name)).status_code == 200
    assert "<b>x</b>" not in page.text


def test_the_list_has_pages_without_gaps_or_doubles(client):
    for number in range(65):
        person = cast.account(f"Mitglied{number:02}")
        with transaction():
            person.solutions_count = number % 4
    seen, path = [], "/members"
    while path:
        page = client.get(path).text
        seen += re.findall(r'hk-author__name" href="/members/([^"]+)"', page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        path = following[1] if following else None
    assert len(seen) == len(set(seen)) == 65
    assert seen[0] == "Mitglied03"


@pytest.mark.parametrize(
    "after", ["x", "1", "1.2.3", "9999999999999999999.1", "-1.-1", "1.9999999999999999999", "\x00"]
)
def test_a_strange_page_key_is_no_error(client, after):
    assert client.get("/members", query_string={"after": after}).status_code == 200
    cast.account("Karin")
    assert client.get("/members/Karin", query_string={"after": after}).status_code == 200


def test_member_pages_cost_few_queries(client, count_queries):
    for number in range(10):
        cast.account(f"Mitglied{number:02}")
    client.get("/members")
    with count_queries() as queries:
        client.get("/members")
    assert len(queries) <= 4
    with count_queries() as queries:
        client.get("/members/Mitglied01")
    assert len(queries) <= 4


def test_the_netiquette_is_there_in_both_languages(as_de, as_en):
    assert as_de.get("/netiquette").status_code == 404
    with transaction():
        ensure_rulebook()
    german, english = as_de.get("/netiquette"), as_en.get("/netiquette")
    assert "Freundlich und sachlich bleiben" in german.text
    assert "Stay friendly and factual" in english.text
    assert re.search(r"<h\d[^>]*>1\. Freundlich", german.text)
    assert "Talfunk" not in german.text + english.text


def test_the_first_netiquette_is_published_once(app):
    for _ in range(2):
        with transaction():
            ensure_rulebook()
    assert count(Document) == 2


def test_a_published_version_never_changes(app):
    for _ in range(2):
        with transaction():
            actions.publish_document("netiquette", 1, "de", "Netiquette", "Seien Sie nett.")
    assert count(Document) == 1
    with pytest.raises(Conflict), transaction():
        actions.publish_document("netiquette", 1, "de", "Netiquette", "Seien Sie netter.")
    assert db.session.query(Document).one().text == "Seien Sie nett."


def test_the_newest_version_is_shown_even_in_another_language(as_en):
    with transaction():
        actions.publish_document("netiquette", 1, "en", "Netiquette", "Be kind.")
        actions.publish_document("netiquette", 2, "de", "Netiquette", "Seien Sie nett.")
    page = as_en.get("/netiquette").text
    assert "Seien Sie nett." in page
    assert '<article class="hk-article" lang="de">' in page


def test_nothing_but_publishing_was_recorded(app):
    with transaction():
        ensure_rulebook()
    assert happened() == []
