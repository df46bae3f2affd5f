"""What the operator chose is kept, seen by every process, and never in the way of an error page."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app import create_app
from app.config import Config
from app.core.db import db, transaction
from app.core.settings import Settings, change_settings, load_settings


def change(**values: Any) -> bool:
    with transaction():
        return change_settings(changed_by=None, **values)


def test_without_a_choice_everything_is_the_default(app: Flask):
    assert load_settings() == Settings()


def test_a_choice_is_kept_and_the_rest_stays(app: Flask):
    change(name="Talfunk hilft")
    change(brand_hue=12)
    assert load_settings() == Settings(name="Talfunk hilft", brand_hue=12)


def test_choosing_the_same_again_changes_nothing(app: Flask):
    assert change(company="Talfunk GmbH")
    assert not change(company="Talfunk GmbH")


def test_what_is_known_costs_no_query(app: Flask, count_queries: Any):
    load_settings()
    with count_queries() as queries:
        load_settings()
    assert queries == []


def test_another_process_sees_a_change_at_once(app: Flask, config: Config):
    other = create_app(config)
    with other.app_context():
        before = load_settings()
    change(name="Talfunk hilft")
    with other.app_context():
        assert (before.name, load_settings().name) == ("Helferkreis", "Talfunk hilft")
        db.session.remove()
        db.engine.dispose()


def test_a_change_makes_kept_pages_old(app: Flask, client: Any):
    first = client.get("/").get_data(as_text=True)
    change(name="Talfunk hilft")
    second = client.get("/").get_data(as_text=True)
    assert "Talfunk hilft" not in first
    assert "Talfunk hilft" in second


@pytest.mark.parametrize("name", ["nothing", "hold_newcomers"])
def test_what_is_no_choice_is_refused(app: Flask, name: str):
    with pytest.raises(TypeError, match=name), transaction():
        change_settings(changed_by=None, **{name: True})


def test_settings_of_another_release_are_ignored(app: Flask):
    change(name="Talfunk hilft")
    with transaction():
        db.session.execute(text("""UPDATE setting SET chosen = '{"name": "Neu", "gone": 1}'"""))
    assert load_settings().name == "Neu"


def test_a_database_without_the_table_leaves_the_defaults(app: Flask):
    with transaction():
        db.session.execute(text("ALTER TABLE setting RENAME TO elsewhere"))
    try:
        assert load_settings() == Settings()
    finally:  # PostgreSQL's database is the next test's, too
        db.session.rollback()
        with transaction():
            db.session.execute(text("ALTER TABLE elsewhere RENAME TO setting"))
