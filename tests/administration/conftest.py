"""The administrator's browser, and the forum in production mode."""

from __future__ import annotations

from typing import Any

import pytest


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
