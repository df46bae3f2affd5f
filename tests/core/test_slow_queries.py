"""PostgreSQL ends what takes too long, and the reader is told instead of waiting."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Blueprint, Flask
from sqlalchemy import text

from app.core.db import db
from app.core.rules import ALLOW
from app.core.web.policy import policy
from tests.weather import connecting

pytestmark = pytest.mark.only("postgresql")


def test_s60_no_connection_is_without_limits(app: Flask) -> None:
    limits = {
        name: db.session.execute(text(f"SHOW {name}")).scalar_one()
        for name in ("statement_timeout", "idle_in_transaction_session_timeout")
    }
    assert limits == {
        "statement_timeout": "5s",
        "idle_in_transaction_session_timeout": "10s",
    }


def test_s60_a_slow_query_is_ended_and_the_page_says_so(app: Flask, as_de: Any) -> None:
    slow = Blueprint("slow", __name__)

    @slow.get("/slow")
    @policy(lambda actor: ALLOW)
    def sleepy() -> str:
        return str(db.session.execute(text("SELECT pg_sleep(60)")).scalar())

    app.register_blueprint(slow)
    with connecting("SET statement_timeout=50"):
        page = as_de.get("/slow")
    assert page.status_code == 503
    assert "Bitte" in page.text
