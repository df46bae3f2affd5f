"""What templates use is kept between requests, but never from one language or time zone to another."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import render_template_string

from app import create_app
from app.config import load
from app.core.locale import speaking, written_number
from app.pages import when

MOMENT = datetime(2024, 5, 3, 22, 30, tzinfo=UTC)
SENTENCE = "{{ _('Show more topics') }} {{ ngettext('%(num)s solution', '%(num)s solutions', 2) }}"


@pytest.mark.only("sqlite")
def test_kept_values_belong_to_their_language_and_time_zone(environment: dict[str, str]):
    berlin = create_app(load(environment))
    tokyo = create_app(load({**environment, "TIMEZONE": "Asia/Tokyo"}))
    seen = []
    for app, language in [(berlin, "de"), (berlin, "en"), (tokyo, "de"), (berlin, "de")]:
        with app.test_request_context(), speaking(language):
            seen.append((str(when(MOMENT)), written_number(1234), render_template_string(SENTENCE)))
    german, english, far_away, again = seen
    assert again == german
    assert "4. Mai 2024, 00:30" in german[0]
    assert "4 May 2024, 00:30" in english[0]
    assert "4. Mai 2024, 07:30" in far_away[0]
    assert (german[1], english[1]) == ("1.234", "1,234")
    assert "Themen" in german[2]
    assert "Lösungen" in german[2]
    assert english[2] == "Show more topics 2 solutions"
