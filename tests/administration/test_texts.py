"""Privacy page and accessibility statement: our template until the operator publishes a version."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from app.accounts import queries, upkeep
from app.accounts.views import signing_in
from app.administration import actions
from app.administration.actions.texts import FIGURES, FOLDER, KINDS, shipped_text
from app.core.db import transaction
from app.core.errors import Forbidden, Refused
from app.core.events import EventRow
from app.core.languages import LANGUAGES
from app.core.settings import Settings, change_settings, load_settings
from app.core.text import plain
from app.core.web.limits import DAY, Limits
from tests import cast
from tests.imprint import fill_in_imprint

TEXTS = {
    "title_de": "Datenschutz",
    "text_de": "## Kurz\n\nWir **achten** darauf.",
    "title_en": "Privacy",
    "text_en": "## In short\n\nWe take **care**.",
}


def url(kind: str = "privacy") -> str:
    return f"/admin/texts/{kind}"


def publish(ada: Any, version: int = 0, kind: str = "privacy", **other: Any) -> Any:
    return ada.submit(url(kind), **{**TEXTS, "version": str(version), **other})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_until_then_readers_see_the_template_and_that_nobody_checked_it(
    client: Any, kind: str, language: str
):
    page = client.get(f"/{kind}", headers={"Accept-Language": language}).text
    title, text = shipped_text(kind, language, load_settings())
    assert f"<h1>{title}</h1>" in page
    assert ("noch nicht geprüft" if language == "de" else "have not checked it yet") in page
    assert "$" not in text, "every place is filled in"


@pytest.mark.parametrize("kind", KINDS)
def test_the_template_knows_the_imprint(app: Flask, kind: str):
    before = shipped_text(kind, "de", load_settings())[1]
    fill_in_imprint()
    after = shipped_text(kind, "de", load_settings())[1]
    assert "[bitte ergänzen: Unternehmen und Anschrift]" in before
    assert "Talfunk GmbH\nTalweg 3" in after and "hilfe@talfunk.example.org" in after
    assert "Unternehmen und Anschrift" not in after


@pytest.mark.parametrize("kind", KINDS)
def test_names_and_addresses_are_shown_as_they_were_typed(client: Any, kind: str):
    """A company may be called with stars, and a street begin like a list."""
    provider, address = "Talfunk *Netz* [Süd] GmbH_", "1. Stock\n# 3\n- Hinterhaus\n---"
    with transaction():
        change_settings(changed_by=None, provider=provider, provider_address=address)
    page = client.get(f"/{kind}").text
    shown = page[page.index("Talfunk") : page.index("---") + 3]
    assert plain(shown).split("\n") == [provider, *address.split("\n")]


def test_brackets_without_end_break_no_public_page(client: Any):
    with transaction():
        change_settings(changed_by=None, provider="[" * 200, provider_address="[" * 300)
    assert client.get("/privacy").status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_say_the_same(kind: str):
    """As many headings, points and gaps, and the same figures."""
    shapes = set()
    for language in LANGUAGES:
        source = (FOLDER / f"{kind}.{language}.md").read_text("utf-8")
        places = tuple(sorted(re.findall(r"\$(\w+)", source)))
        marks = tuple(len(re.findall(mark, source, re.M)) for mark in (r"^## ", r"^- ", r"\["))
        shapes.add((marks, places))
    assert len(shapes) == 1


def test_the_template_says_what_the_software_does(app: Flask):
    assert FIGURES["unconfirmed_days"] == upkeep.UNCONFIRMED_DAYS
    assert FIGURES["invitation_days"] == upkeep.INVITATION_DAYS
    assert FIGURES["language_days"] == signing_in.LANGUAGE_DAYS
    figures = {name for kind in KINDS for name in _places(kind)}
    assert figures == FIGURES.keys() | {"forum", "provider", "contact"}
    assert _longest_counting(app) <= DAY, "“counts over a day at most”"


def _places(kind: str) -> set[str]:
    return set(re.findall(r"\$(\w+)", (FOLDER / f"{kind}.de.md").read_text("utf-8")))


def _longest_counting(app: Flask) -> int:
    found = [view.limits for view in app.view_functions.values() if hasattr(view, "limits")]
    found += [one for limits in found for one in limits.inside]
    spans = [
        [one.seconds] if not isinstance(one, Limits) else
        [amount[1] for amount in (one.account, one.network, one.total) if amount]
        for one in found
    ]  # fmt: skip
    return max(seconds for span in spans for seconds in span)


def test_a_published_text_takes_the_place_of_the_template(ada: Any, as_de: Any, as_en: Any):
    assert publish(ada).status_code == 303
    assert "Wir <strong>achten</strong> darauf." in as_de.get("/privacy").text
    english = as_en.get("/privacy").text
    assert "We take <strong>care</strong>." in english and "Version 1" in english
    assert "have not checked" not in english


def test_what_is_published_next_is_the_next_version(ada: Any, as_en: Any):
    publish(ada)
    assert publish(ada, 1, text_en="We take much care.").status_code == 303
    assert "We take much care." in as_en.get("/privacy").text
    kept = queries.document_version("privacy", 1, "en")
    assert kept and kept.text == TEXTS["text_en"], "a version never changes"


def test_the_same_text_again_makes_no_version(ada: Any):
    publish(ada)
    assert publish(ada, 1).status_code == 303
    assert queries.current_version("privacy") == 1


def test_of_two_who_began_from_the_same_version_the_second_is_asked_to_compare(ada: Any):
    publish(ada)
    answer = publish(ada, 0, text_en="Mine.")
    assert answer.status_code == 422 and "published another version meanwhile" in answer.text
    assert "Mine." in answer.text, "nothing typed is lost"
    assert queries.current_version("privacy") == 1


@pytest.mark.parametrize("gap", ["[bitte ergänzen: Hoster]", "[Please fill in: host]"])
def test_nothing_is_published_with_a_gap_left(ada: Any, gap: str):
    answer = publish(ada, text_de=f"Eins\n\nzwei {gap}")
    assert answer.status_code == 422 and "Line 3 still has something" in answer.text
    assert queries.current_version("privacy") is None


@pytest.mark.parametrize("kind", KINDS)
def test_the_template_itself_cannot_be_published_unread(ada: Any, kind: str):
    fields = {}
    for language in LANGUAGES:
        title, text = shipped_text(kind, language, Settings())
        fields |= {f"title_{language}": title, f"text_{language}": text}
    assert publish(ada, kind=kind, **fields).status_code == 422
    assert queries.current_version(kind) is None


@pytest.mark.parametrize("missing", TEXTS)
def test_title_and_text_are_needed_in_both_languages(ada: Any, missing: str):
    assert publish(ada, **{missing: " "}).status_code == 422
    assert queries.current_version("privacy") is None


def test_a_preview_shows_both_and_publishes_nothing(ada: Any):
    page = publish(ada, preview="1").text
    assert "Wir <strong>achten</strong>" in page and "We take <strong>care</strong>" in page
    assert queries.current_version("privacy") is None


def test_the_editor_begins_with_what_holds_or_anew(ada: Any):
    assert "[please fill in: " in ada.get(url()).text
    publish(ada)
    page = ada.get(url()).text
    assert "We take **care**." in page and 'name="version" type="hidden" value="1"' in page
    assert "[please fill in: " in ada.get(f"{url()}?template=1").text


def test_a_script_in_a_text_does_not_run(ada: Any, as_en: Any):
    publish(ada, text_en="<script>alert(1)</script> [x](javascript:alert(1))")
    html = as_en.get("/privacy").text
    assert "<script>alert" not in html and "javascript:" not in html


@pytest.mark.parametrize("who", ["Karin", "Uwe", "Anna", "Mo"])
def test_only_administrators_publish(client_as: Any, who: str):
    assert client_as(who).get(url()).status_code == 403
    assert publish(client_as(who)).status_code == 403
    texts = dict.fromkeys(LANGUAGES, ("T", "t"))
    with pytest.raises(Forbidden), transaction():
        actions.publish_text(cast.actor(who), "privacy", texts, after=0)
    assert queries.current_version("privacy") is None


def test_no_other_text_can_be_published(ada: Any):
    assert ada.submit("/admin/texts/netiquette", **TEXTS).status_code == 404


def test_publishing_again_from_an_old_page_is_refused(app: Flask):
    ada = cast.actor("Ada")
    for after, words in ((0, "a"), (1, "b")):
        with transaction():
            actions.publish_text(
                ada, "privacy", dict.fromkeys(LANGUAGES, ("T", words)), after=after
            )
    with pytest.raises(Refused), transaction():
        actions.publish_text(ada, "privacy", dict.fromkeys(LANGUAGES, ("T", "c")), after=1)


def test_s62_who_published_what_is_kept(app: Flask, ada: Any):
    publish(ada)
    (row,) = app.extensions["sqlalchemy"].session.query(EventRow).filter_by(name="TextPublished")
    assert row.payload == {
        "actor_id": cast.account("Ada").id, "kind": "privacy", "version_number": 1,
    }  # fmt: skip
