"""An operator's imprint, and the forum in production mode."""

from __future__ import annotations

from typing import Any

import pytest

from app.core.db import transaction
from app.core.settings import change_settings

IMPRINT = {
    "provider": "Talfunk GmbH",
    "provider_address": "Talweg 3\n24103 Kiel\nDeutschland",
    "provider_email": "info@talfunk.example.org",
    "provider_phone": "+49 431 123456",
    "contact_email": "hilfe@talfunk.example.org",
    "authority_email": "behoerden@talfunk.example.org",
    "authority_languages": ["de", "en"],
}


@pytest.fixture
def ada(client_as: Any) -> Any:
    """The administrator's browser, in English."""
    return client_as("Ada", "en")


@pytest.fixture
def production(environment: dict[str, str]) -> None:
    """Ask for it before `app`. Addresses begin with https://localhost."""
    environment.update(
        HELFERKREIS_MODE="production", BASE_URL="https://localhost", MAIL_URL="smtp://127.0.0.1:9",
        RATE_LIMITS="on",
    )  # fmt: skip


def fill_in_imprint(**other: Any) -> None:
    values = {**IMPRINT, **other}
    values["authority_languages"] = tuple(values["authority_languages"])
    with transaction():
        change_settings(changed_by=None, **values)
