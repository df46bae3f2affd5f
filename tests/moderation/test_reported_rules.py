"""Under which rule a post was reported, also when the netiquette has changed since."""

from __future__ import annotations

import copy
import re

from app.core.db import transaction
from app.moderation import actions, queries
from tests.moderation.conftest import report, rude_answer


def test_reports_are_grouped_by_their_rule(client_as):
    post = rude_answer()
    for name, rule in (("Karin", 2), ("Nele", 1), ("Uwe", 1)):
        case = report(post, by=name, rule=rule, text=f"Von {name}.")
    page = client_as("Anna", "en").get(f"/moderation/cases/{case.id}").text
    places = [page.index(words) for words in ("<b>Rule 1:", "Von Nele.", "<b>Rule 2:")]
    assert places == sorted(places)
    assert chosen_rule(page) == "1", "most reports name it"


def chosen_rule(page: str) -> str | None:
    fields = re.findall(r'<input[^>]*name="rule"[^>]*>', page)
    chosen = [re.search(r'value="(\d+)"', f) for f in fields if re.search(r"\bchecked\b", f)]
    return chosen[0][1] if chosen and chosen[0] else None


def test_a_report_keeps_its_rule_when_the_netiquette_puts_them_in_another_order(client_as):
    case = report(rude_answer(), rule=1)
    before = queries.rules_in_force()[1]
    content = copy.deepcopy(actions.shipped_netiquette())
    first, second = content["rules"][:2]
    content["rules"][:2] = [{**second, "number": 1}, {**first, "number": 2}]
    with transaction():
        actions.publish_rulebook(content)
    page = client_as("Anna", "en").get(f"/moderation/cases/{case.id}").text
    assert f"<b>Rule 1: {before[0].title_en}</b>" in page, "what the reporter chose"
    assert chosen_rule(page) == "2", "the same rule has another number now"
    content["rules"] = [{**first, "title": {"de": "Anders", "en": "Different"}}]
    with transaction():
        actions.publish_rulebook(content)
    page = client_as("Anna", "en").get(f"/moderation/cases/{case.id}").text
    assert chosen_rule(page) is None, "a rule that is gone is not guessed"
