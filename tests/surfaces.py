"""Tests of words, forms and looks: what runs on SQLite alone."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
SURFACES = {
    "test_pages", "test_forms", "test_strange_input", "test_letters", "test_delivery", "test_links",
    "test_people", "test_sessions", "test_signing_in", "test_budgets", "test_cli", "test_rules_table",
    "test_look", "test_imprint", "test_texts", "test_language", "test_closed", "test_mail",
    "test_opened", "test_times_pages", "test_uploads", "core/test_address.py",
    "test_newcomers", "test_publishing", "test_papers", "test_render", "test_cast", "test_commands",
    "accounts/test_standing.py", "visibility/test_acting.py", "moderation/test_netiquette.py",
}  # fmt: skip


def is_surface(item: pytest.Item) -> bool:
    """Words, forms and looks: PostgreSQL sees their queries in tests/visibility, on every route."""
    file = Path(item.path).relative_to(HERE)
    return file.stem in SURFACES or str(file) in SURFACES
