"""The API against its own description: whatever fits or breaks it is answered as it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import positive_data_acceptance

from app.core.db import db
from app.core.search import rebuild
from tests import cast
from tests.data_sets import THOROUGH

EXAMPLES = 100 if THOROUGH else 4  # for each route, as guest and as member

pytestmark = [pytest.mark.slow, pytest.mark.only("sqlite")]


def served(app: Flask) -> Callable[..., Iterable[bytes]]:
    """Each request in an app context of its own, as in production."""

    def wsgi(environ: Any, start_response: Any) -> Iterable[bytes]:
        db.session.rollback()
        with app.app_context():
            body = [b"".join(app(environ, start_response))]
        db.session.rollback()
        return body

    return wsgi


def faults(app: Flask, headers: dict[str, str]) -> list[str]:
    """One sentence per route that breaks its description, or breaks down."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", served(app))
    return [
        fault
        for operation in schema.get_all_operations()
        if (fault := _fault(operation.ok(), headers))
    ]


def _fault(operation: Any, headers: dict[str, str]) -> str:
    strategy = operation.as_strategy(GenerationMode.POSITIVE) | operation.as_strategy(
        GenerationMode.NEGATIVE
    )

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def ask(case: Any) -> None:
        # What fits the description of a text may still be refused: a title needs some words.
        excluded = [positive_data_acceptance] if operation.body else []
        case.call_and_validate(headers=headers, excluded_checks=excluded)

    try:
        ask()
    except FailureGroup as group:
        return f"{operation.label}: {group.exceptions}"
    return ""


@pytest.fixture
def things(app: Flask) -> None:
    topic = cast.make_topic(author="Karin")
    cast.make_post(topic, author="Tom")
    rebuild(lambda _count: None)


def test_the_api_does_what_its_description_says(app, things):
    assert faults(app, {}) == []
    assert faults(app, {"Authorization": f"Bearer {cast.token('Karin')}"}) == []
