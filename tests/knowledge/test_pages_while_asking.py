"""Answers that are there already, offered while somebody asks."""

from __future__ import annotations

import pytest

from app.core.db import db
from app.forum.models import SolvedWhileAsking
from tests.knowledge.conftest import promoted, published, url_of


def test_asking_finds_answers_first(solution, work, client_as):
    shown = published(solution)
    work()
    browser = client_as("Nele")
    found = browser.get("/topics/ask/answers?title=Router neu starten").text
    assert found.index(f"article:{shown.id}") < found.index(f"topic:{solution.topic_id}")
    assert "Stecker ziehen" in found
    assert "hk-suggest" not in browser.get("/topics/ask/answers?title=Router").text
    assert "hk-suggest" not in browser.get("/topics/ask/answers?title=Quantenphysik").text


def test_without_script_the_title_is_the_first_step(solution, work, client_as):
    published(solution)
    work()
    browser = client_as("Nele", "en")
    assert "data-second-step hidden" in browser.get("/topics/ask").text
    page = browser.submit("/topics/ask", **{"continue": "1"}, title="Router neu starten", text="x")
    assert page.status_code == 200
    assert "data-second-step hidden" not in page.text
    assert "This may be answered already" in page.text
    assert 'value="Router neu starten"' in page.text
    assert browser.submit("/topics/ask", **{"continue": "1"}, title="").status_code == 422


def test_this_solved_it_is_counted_once_and_leads_there(solution, work, client_as):
    shown = published(solution)
    work()
    browser = client_as("Nele")
    for _ in range(2):
        answer = browser.submit(
            "/topics/ask/solved", title="Router rot", solved=f"article:{shown.id}"
        )
        assert answer.location.startswith(url_of(shown))
    rows = db.session.execute(db.select(SolvedWhileAsking)).scalars().all()
    assert [(row.kind, row.thing_id, row.title) for row in rows] == [
        ("article", shown.id, "Router rot")
    ]


@pytest.mark.parametrize("named", ["", "article:", "article:99", "account:1", "article:1e3"])
def test_only_what_can_be_read_solves_something(solution, client_as, named):
    promoted(solution)
    assert client_as("Nele").submit("/topics/ask/solved", solved=named).status_code == 404
    assert db.session.execute(db.select(SolvedWhileAsking)).first() is None
