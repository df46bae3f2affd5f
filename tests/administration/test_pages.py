"""The pages of administration, for administrators alone."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize("who", ["Karin", "Uwe", "Anna", "Mo"])
def test_others_are_refused(client_as: Any, who: str):
    assert client_as(who).get("/admin").status_code == 403


def test_a_guest_is_asked_to_sign_in(client: Any):
    assert client.get("/admin").status_code == 303


def test_administrators_find_it_in_the_menu(client_as: Any):
    assert 'href="/admin"' in client_as("Ada", "de").get("/").get_data(as_text=True)
    assert 'href="/admin"' not in client_as("Anna", "de").get("/").get_data(as_text=True)
