"""An operator who may go public: what the imprint needs."""

from __future__ import annotations

from typing import Any

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


def fill_in_imprint(**other: Any) -> None:
    values = {**IMPRINT, **other}
    values["authority_languages"] = tuple(values["authority_languages"])
    with transaction():
        change_settings(changed_by=None, **values)
