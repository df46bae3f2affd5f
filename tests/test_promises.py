"""What we ship as netiquette and charter promises nothing that the forum cannot do yet."""

from __future__ import annotations

import pytest

from app.core.locale import LANGUAGES
from app.moderation.actions import shipped_netiquette
from app.moderation.actions.rulebook import netiquette_text
from app.superusers.actions.laying import charter_text

#: Words of features of later issues, in both languages. Take one out when its feature is there.
NOT_YET = (
    "48 hours",
    "48 Stunden",
    "14 days",
    "14 Tagen",
    "pause",
    "certificate",
    "Urkunde",
    "Honorary",
    "ehrenhalber",
    "second factor",
    "zweiten Faktor",
    "confidential case",
    "vertraulichen Fall",
    "edit your post",
    "bearbeiten",
    "delete your account",
    "Konto jederzeit löschen",
    "Me too",
    "Habe ich auch",
    "merge",
    "zusammenführen",
    "pin ",
    "anheften",
    "freigeben",
    "members report the same post",
    "personal data, IP",
    "Schreibpause",
    "Verwarnung",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_netiquette_promises_what_there_is(language):
    text = netiquette_text(shipped_netiquette(), language)
    assert [words for words in NOT_YET if words.casefold() in text.casefold()] == []
    assert {step for rule in shipped_netiquette()["rules"] for step in rule["steps"]} == {"hide"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_charter_promises_what_there_is(language):
    text = "\n".join(charter_text(language))
    assert [words for words in NOT_YET if words.casefold() in text.casefold()] == []
