"""What a search finds, in which order, and for whom."""

from __future__ import annotations

import pytest

from app.core.search import MAX_DEPTH, SearchEngine, WhooshEngine
from tests.core.search.documents import ids, make_document


def find(engine: SearchEngine, query: str, *, restricted: bool = False) -> list[int]:
    return ids(engine.search(query, restricted=restricted))


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Für Jäger und Gärtner", "gaertner"),
        ("Fuer Jaeger und Gaertner", "Gärtner"),
        ("Die Straße ist gesperrt", "strasse"),
        ("Die Strasse ist gesperrt", "Straße"),
        ("Neue Häuser am See", "haus"),
        ("Rechnungen per Post", "Rechnung"),
        ("RECHNUNG", "rechnung"),
        ("Gru\u0308n", "grün"),
        ("Café geöffnet", "cafe"),
        ("Auf\u00adlage", "Auflage"),
    ],
)
def test_spelling_and_inflection_meet(engine: SearchEngine, written: str, asked: str) -> None:
    engine.update([make_document(1, written), make_document(2, "Etwas anderes")], [])
    assert find(engine, asked) == [1]


@pytest.mark.parametrize("asked", ["renderings", "cameras", "issues with queues", "how to render"])
def test_english_words_are_found_in_english_texts(engine: SearchEngine, asked: str) -> None:
    text = "A camera rendering issue with the queue, rendered twice"
    engine.update([make_document(1, text, language="en"), make_document(2, "Anderes")], [])
    assert find(engine, asked) == [1]


def test_an_english_stop_word_means_something_in_a_german_text(engine: SearchEngine) -> None:
    engine.update([make_document(1, "Empfehlung der WHO"), make_document(2, "Empfehlung")], [])
    assert find(engine, "WHO") == [1]
    assert find(engine, "Empfehlung WHO") == [1, 2]


def test_stop_words_alone_find_nothing(engine: SearchEngine) -> None:
    engine.update([make_document(1, "Was ist das")], [])
    assert find(engine, "was ist das") == []


def test_hits_with_all_words_come_before_hits_with_some(engine: SearchEngine) -> None:
    engine.update(
        [
            make_document(1, "Router Router Router", question="Router " * 5),
            make_document(2, posts="langer Text " * 200 + "Router und Störung"),
            make_document(3, "Drucker"),
        ],
        [],
    )
    hits = engine.search("Router Störung", restricted=False)
    assert ids(hits) == [2, 1]
    assert hits[0].score > 0.5 > hits[1].score


def test_a_title_weighs_more_than_a_later_post(engine: SearchEngine) -> None:
    engine.update([make_document(1, posts="Tarif"), make_document(2, "Tarif")], [])
    assert find(engine, "Tarif") == [2, 1]


def test_every_part_of_a_document_is_searched(engine: SearchEngine) -> None:
    parts = ("title", "tags", "question", "solution", "posts")
    engine.update(
        [make_document(n, **{"title": "", part: "Kündigung"}) for n, part in enumerate(parts)], []
    )
    assert sorted(find(engine, "kündigung")) == [0, 1, 2, 3, 4]


def test_a_phrase_is_found_only_in_its_order_and_within_one_part(engine: SearchEngine) -> None:
    engine.update(
        [
            make_document(1, "Rote Lampe blinkt"),
            make_document(2, "Lampe, rote"),
            make_document(3, "Rote", tags="Lampe"),
        ],
        [],
    )
    assert find(engine, '"rote lampe"') == [1]
    assert find(engine, "„rote Lampe“ dauernd") == [1]
    assert sorted(find(engine, "rote lampe")) == [1, 2, 3]


def test_a_star_finds_the_most_frequent_continuations(engine: SearchEngine) -> None:
    rare = [make_document(n, f"Zählerx{n:02}") for n in range(30)]
    common = [make_document(100 + n, "Zählerstand") for n in range(3)]
    engine.update(rare + common, [])
    found = find(engine, "zaehler*")
    assert {100, 101, 102} < set(found)
    assert len(found) == 3 + 9


def test_a_kind_narrows_the_search(engine: SearchEngine) -> None:
    engine.update([make_document(1, "Tarif"), make_document(1, "Tarif", kind="article")], [])
    hits = engine.search("Tarif", restricted=False, kind="article")
    assert [(hit.kind, hit.id) for hit in hits] == [("article", 1)]
    assert engine.search("Tarif", restricted=False, kind="no such kind") == []


def test_pages_follow_each_other_and_end_at_the_depth(engine: SearchEngine) -> None:
    engine.update([make_document(n, "Tarif") for n in range(30)], [])
    pages = [engine.search("Tarif", restricted=False, limit=7, offset=o) for o in range(0, 35, 7)]
    assert sorted(ids([hit for page in pages for hit in page])) == list(range(30))
    assert engine.search("Tarif", restricted=False, limit=-1, offset=-5) == []
    assert engine.search("Tarif", restricted=False, limit=7, offset=-5) == pages[0]
    assert len(engine.search("Tarif", restricted=False, limit=10**9)) == 30


def test_nothing_is_found_beyond_the_depth(
    engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MAX_DEPTH == 1_000
    for name in ("whoosh_engine", "postgres.engine"):
        monkeypatch.setattr(f"app.core.search.{name}.MAX_DEPTH", 10)
    engine.update([make_document(n, "Tarif", audience=n % 2) for n in range(30)], [])
    for restricted in (False, True):
        assert len(engine.search("Tarif", restricted=restricted, limit=99)) == 10
        assert len(engine.search("Tarif", restricted=restricted, limit=99, offset=8)) == 2
        assert engine.search("Tarif", restricted=restricted, limit=99, offset=10) == []


def test_an_update_replaces_and_repeating_it_changes_nothing(engine: SearchEngine) -> None:
    engine.update([make_document(1, "Alter Titel"), make_document(2, "Bleibt")], [])
    for _ in range(2):
        engine.update([make_document(1, "Frischer Name")], [("topic", 3)])
    assert (find(engine, "alter"), find(engine, "frischer"), engine.count()) == ([], [1], 2)


def test_the_last_of_several_versions_in_one_batch_wins(engine: SearchEngine) -> None:
    engine.update([make_document(1, "Vorher"), make_document(1, "Nachher")], [])
    assert (find(engine, "vorher"), find(engine, "nachher"), engine.count()) == ([], [1], 1)


def test_deleted_documents_are_gone(engine: SearchEngine) -> None:
    engine.update([make_document(1, "Tarif"), make_document(2, "Tarif", audience=3)], [])
    engine.update([], [("topic", 1), ("topic", 2)])
    assert (find(engine, "Tarif", restricted=True), engine.count()) == ([], 0)


def test_many_updates_leave_one_document(engine: SearchEngine) -> None:
    for version in range(12):
        engine.update([make_document(1, f"Fassung{version}")], [])
    assert (find(engine, "Fassung11"), find(engine, "Fassung3"), engine.count()) == ([1], [], 1)


def test_guests_never_find_a_restricted_document(engine: SearchEngine) -> None:
    engine.update([make_document(n, "Tarif", audience=n) for n in range(4)], [])
    assert find(engine, "Tarif") == [0]
    assert sorted(find(engine, "Tarif", restricted=True)) == [0, 1, 2, 3]


def test_a_document_moves_between_the_indexes(engine: SearchEngine) -> None:
    engine.update([make_document(1, "Tarif")], [])
    engine.update([make_document(1, "Tarif", audience=2)], [])
    assert (find(engine, "Tarif"), find(engine, "Tarif", restricted=True)) == ([], [1])
    engine.update([make_document(1, "Tarif")], [])
    assert (find(engine, "Tarif"), engine.count()) == ([1], 1)


def test_a_guests_scores_do_not_move_when_staff_documents_are_added(engine: SearchEngine) -> None:
    words = ["Tarif", "Störung", "Tarif Störung", "Rechnung", '"Tarif Störung"', "tari*", "Tarifs"]
    engine.update([make_document(n, f"Tarif Störung {n}", posts="Rechnung") for n in range(9)], [])
    before = [engine.search(word, restricted=False) for word in words]
    engine.update([make_document(99 + n, "Tarif Rechnung", audience=3) for n in range(50)], [])
    engine.update([], [("topic", 99)])
    assert [engine.search(word, restricted=False) for word in words] == before
    assert len(engine.search("Tarif", restricted=True, limit=99)) == 9 + 49  # they are really there


def test_a_staff_document_does_not_touch_the_public_index(whoosh: WhooshEngine) -> None:
    whoosh.update([make_document(1, "Tarif")], [])
    files = sorted((whoosh.folder / "public").iterdir())
    whoosh.update([make_document(2, "Tarif", audience=3)], [])
    assert sorted((whoosh.folder / "public").iterdir()) == files


def test_restricted_hits_are_interleaved_below_no_incomplete_one(engine: SearchEngine) -> None:
    engine.update(
        [
            make_document(1, "Tarif Störung"),
            make_document(2, "Tarif"),
            make_document(11, "Tarif Störung", audience=3),
            make_document(12, "Tarif Störung", audience=3, posts="und viel mehr " * 30),
            make_document(13, "Störung", audience=3),
        ],
        [],
    )
    hits = engine.search("Tarif Störung", restricted=True)
    assert ids(hits) == [1, 11, 12, 2, 13]
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[-1] <= scores[0] <= 1
