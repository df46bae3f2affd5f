"""The API against its own description: whatever fits or breaks it is answered as it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import booleans, just
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import positive_data_acceptance

from app.core.db import db
from app.core.jobs.runner import Runner
from app.core.search import rebuild
from app.forum.models import Post
from tests import cast
from tests.data_sets import THOROUGH
from tests.knowledge.conftest import published, solved

EXAMPLES = 100 if THOROUGH else 5  # for each route, as guest and as member

FEW = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
Ids = dict[str, int]

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


#: What plays the server here hands answers over as they are, compressed ones too.
PLAIN = {"Accept-Encoding": "identity"}


def faults(app: Flask, ids: Ids, headers: dict[str, str]) -> list[str]:
    """One sentence per route that breaks its description, or breaks down."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", served(app))
    return [
        fault
        for operation in schema.get_all_operations()
        if (fault := _fault(operation.ok(), ids, headers | PLAIN))
    ]


def _fault(operation: Any, ids: Ids, headers: dict[str, str]) -> str:
    # What fits the description of a text may still be refused: a title needs some words.
    excluded = [positive_data_acceptance] if operation.body else []
    reality = just(True) if operation.body else booleans()

    @FEW
    @given(case=operation.as_strategy(GenerationMode.NEGATIVE))
    def ask_badly(case: Any) -> None:
        case.call_and_validate(headers=headers)

    @FEW
    @given(case=operation.as_strategy(GenerationMode.POSITIVE), real=reality)
    def ask_well(case: Any, real: bool) -> None:
        if real:
            _name_real_things(case, ids)
        case.call_and_validate(headers=headers, excluded_checks=excluded)

    try:
        ask_well()
        ask_badly()
    except FailureGroup as group:
        return f"{operation.label}: {group.exceptions}"
    return ""


def _name_real_things(case: Any, ids: Ids) -> None:
    """A number that somebody made up leads nowhere."""
    if "id" in case.path_parameters:
        case.path_parameters["id"] = ids[
            case.path.split("/")[-2 if case.path.endswith("}") else -3]
        ]
    if isinstance(case.body, dict) and "board" in case.body:
        case.body.update(board="internet", tags=[], product=None)


@pytest.fixture
def ids(app: Flask) -> Ids:
    post = solved()
    Runner(app).drain()
    article = published(post)
    rebuild(lambda _count: None)
    return {"topics": post.topic_id, "posts": post.id, "articles": article.id}


def test_the_api_does_what_its_description_says(app, ids):
    assert faults(app, ids, {}) == []
    member = {"Authorization": f"Bearer {cast.token('Karin')}"}
    before = db.session.query(Post).count()
    assert faults(app, ids, member) == []
    db.session.rollback()
    assert db.session.query(Post).count() > before, "the premise: some of it was good"
