"""Real questions against real texts; the floors are what stemmed BM25 reaches there."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from app.core.search import SearchEngine, highlight
from tests.core.search.documents import ids, make_document, rows, thread_documents
from tests.data_sets import THOROUGH, data_set, spread


def success(
    engine: SearchEngine, queries: list[dict[str, Any]], names: list[str], at: int
) -> float:
    found = 0
    for query in queries:
        hits = {names[id] for id in ids(engine.search(query["query"], restricted=False, limit=at))}
        found += not hits.isdisjoint(query["relevant_doc_ids"])
    return found / len(queries)


def test_german_lay_questions_find_the_official_answer(engine: SearchEngine) -> None:
    folder = data_set("faq_de_covid")
    entries = rows(folder / "faq.jsonl")
    engine.update(
        [make_document(n, e["question"], solution=e["answer"]) for n, e in enumerate(entries)], []
    )
    names = [entry["doc_id"] for entry in entries]
    assert success(engine, rows(folder / "queries.jsonl"), names, at=5) >= 0.45


@pytest.mark.parametrize(("language", "floor"), [("de", 0.885), ("en", 0.92)])
def test_questions_find_their_paragraph(engine: SearchEngine, language: str, floor: float) -> None:
    folder = data_set("retrieval_xquad")
    entries = rows(folder / f"docs.{language}.jsonl")
    engine.update(
        [
            make_document(n, e["title"], question=e["text"], language=language)
            for n, e in enumerate(entries)
        ],
        [],
    )
    names = [entry["doc_id"] for entry in entries]
    assert success(engine, rows(folder / f"queries.{language}.jsonl"), names, at=1) >= floor


@pytest.mark.slow
def test_an_archive_and_hostile_strings_are_handled_in_time(engine: SearchEngine) -> None:
    documents = list(thread_documents(data_set("forum_urho3d")))[: None if THOROUGH else 500]
    started = time.process_time()
    engine.update(documents, [])
    assert time.process_time() - started < 20
    assert engine.count() == len(documents) >= 500
    for query in spread(_hostile(data_set("sec_web_inputs")), 4):
        started = time.process_time()
        hits = engine.search(query, restricted=True)
        assert len(hits) <= 20
        highlight(documents[0].question, query)
        assert time.process_time() - started < 1, query[:80]


def _hostile(folder: Path) -> list[str]:
    naughty = [row["string"] for row in rows(folder / "naughty_strings.jsonl")]
    payloads = [row["payload"] for row in rows(folder / "web_inputs.jsonl")]
    pumps = [
        "se* " * 50,
        '"urho urho urho scene scene"',
        "the " * 50,
        "x" * 10**6,
        "\ud800 x",
        '"' * 200,
    ]
    strings = naughty + payloads + pumps
    return strings + [f'{string}* "{string}"' for string in naughty]
