"""The circle's pages with something on them, seen by those they are made for: axe finds nothing."""

from __future__ import annotations

from functools import partial

import pytest
from flask import Flask
from playwright.sync_api import Response

from tests.flows import window
from tests.flows.long_words import lengthen
from tests.flows.test_every_page import faults_on

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.only("sqlite")]


@pytest.fixture
def furnished(app: Flask) -> window.Window:
    made = window.furnish(app)
    lengthen()
    return made


#: The work for the browser in two halves, so that two processes can share it.
TEAM = ("Anna", "Mo", "Ada")


@pytest.mark.parametrize("team", [True, False])
def test_every_page_of_the_circle_is_accessible(app, furnished, open_page, team):
    faults: list[str] = []
    everybody = window.addresses(app, furnished)
    for name, pages in [one for one in everybody.items() if (one[0] in TEAM) == team]:
        page = open_page(name=name, reduced_motion="reduce")
        page.on("response", partial(_note_refusal, faults))
        looked_at: set[str] = set()
        for endpoint, url in pages:
            found = faults_on(page, url, looked_at)
            faults += [f"{name}, {endpoint}: {fault}" for fault in found]
        page.context.close()
    assert not faults, "\n".join(faults)


def _note_refusal(faults: list[str], response: Response) -> None:
    if response.request.resource_type == "document" and response.status >= 400:
        faults.append(f"{response.status}: {response.url}")
