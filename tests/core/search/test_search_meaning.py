"""Words inside of words, and words that were meant to be others."""

from __future__ import annotations

import pytest

from app.core.search import IndexBusy, SearchEngine, SearchUnavailable
from app.core.search.postgres.writing import LOCK
from app.core.search.typos import distance
from tests.core.search.documents import ids, make_document


def find(engine: SearchEngine, query: str) -> list[int]:
    return ids(engine.search(query, restricted=False))


def test_a_compound_is_found_by_its_parts(engine: SearchEngine) -> None:
    engine.update(
        [
            make_document(1, "Rechnungsadresse ändern"),
            make_document(2, "Adresse"),
            make_document(3, "Rechnung"),
            make_document(4, "Etwas anderes"),
        ],
        [],
    )
    assert find(engine, "Adresse") == [2, 1]
    assert find(engine, "Rechnungen") == [3, 1]


@pytest.mark.parametrize(
    ("compound", "other", "asked"),
    [
        ("Straßenbahn", "Bahn", "Strasse"),
        ("Häuserkampf", "Kampf", "Haus"),
        ("Glasfaseranschlüsse", "Glasfaser", "Anschluss"),
        ("Fahrräder", "fahren, Fahrt, Fahr", "Räder"),
    ],
)
def test_links_and_inflection_are_no_obstacle(
    engine: SearchEngine, compound: str, other: str, asked: str
) -> None:
    engine.update([make_document(1, compound), make_document(2, other)], [])
    assert find(engine, asked) == [1]


def test_a_prefix_or_a_chance_likeness_makes_no_compound(engine: SearchEngine) -> None:
    titles = ["Abrechnung", "Verrechnung", "Kamerad", "Stromrechnung"]
    engine.update([make_document(n, title) for n, title in enumerate(titles)], [])
    assert find(engine, "Rechnung") == [3]
    assert find(engine, "Rad") == []


def test_a_compound_that_is_asked_for_finds_its_parts(engine: SearchEngine) -> None:
    engine.update(
        [
            make_document(1, "Die Adresse auf meiner Rechnung"),
            make_document(2, "Rechnung"),
            make_document(3, "Rechnungsadresse"),
            make_document(4, "Anderes"),
        ],
        [],
    )
    hits = engine.search("Rechnungsadressen", restricted=False)
    assert ids(hits) == [3, 1, 2]
    assert hits[1].score > 0.5 > hits[2].score  # one part alone is not the word


def test_compounds_follow_the_words_of_the_public_index_only(engine: SearchEngine) -> None:
    engine.update([make_document(1, "Lastenrad")], [])
    engine.update([make_document(2, "Lasten", audience=3)], [])
    assert find(engine, "Rad") == []
    engine.update([make_document(3, "Lasten")], [])
    assert find(engine, "Rad") == [1]


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Ruoter", "router"),
        ("Rouuter", "router"),
        ("Routter einrichten", "router einrichten"),
        ("Anmelduung Passwrt", "anmeldung passwort"),
        ("Störrung", "störung"),
        ("Stoerrung!", "störung!"),
    ],
)
def test_typing_errors_are_mended(engine: SearchEngine, asked: str, meant: str) -> None:
    titles = ["Router einrichten", "Anmeldung mit Passwort", "Störungen und Störung"]
    engine.update([make_document(n, title) for n, title in enumerate(titles)], [])
    assert engine.correction(asked) == meant
    assert find(engine, meant)


def test_nothing_is_mended_that_is_known_short_or_far_away(engine: SearchEngine) -> None:
    engine.update(
        [make_document(1, "Router für Tür", posts="Ruoter"), make_document(2, "Rechnung Adresse")],
        [],
    )
    for asked in ("Router", "Ruoter", "Tor", "Xylophon", "Rechnungsadresse", "und", "", "rou*"):
        assert engine.correction(asked) is None, asked


def test_of_equally_near_spellings_the_frequent_one_is_meant(engine: SearchEngine) -> None:
    titles = ["Karte", "Karte", "Kante"]
    engine.update([make_document(n, title) for n, title in enumerate(titles)], [])
    assert engine.correction("Kaxte") == "karte"


def test_a_correction_never_tells_a_restricted_word(engine: SearchEngine) -> None:
    engine.update([make_document(1, "Projekt Wintermärchen", audience=3)], [])
    assert engine.correction("Wintermärchne") is None
    engine.update([make_document(1, "Projekt Wintermärchen")], [])
    assert engine.correction("Wintermärchne") == "wintermärchen"
    engine.update([make_document(1, "Projekt", audience=0)], [])
    assert engine.correction("Wintermärchne") is None


def test_distance_counts_a_swap_once() -> None:
    assert distance("router", "ruoter") == 1
    assert distance("router", "rute") == 2
    assert distance("", "abc") == 3


def test_labels_narrow_a_search_and_alone_give_the_newest(engine: SearchEngine) -> None:
    engine.update(
        [
            make_document(1, "Tarif", labels=("board:wlan", "tag:it's \\ „odd“")),
            make_document(2, "Tarif", labels=("board:wlan",), year=2025),
            make_document(3, "Tarif", labels=("board:tv",)),
            make_document(4, "Tarif", labels=("board:wlan",), audience=3),
        ],
        [],
    )

    def labelled(query: str, *labels: str, restricted: bool = False) -> list[int]:
        return ids(engine.search(query, restricted=restricted, labels=labels))

    assert labelled("Tarif", "board:wlan") == [1, 2]
    assert labelled("", "board:wlan") == [2, 1]
    assert labelled("", "board:wlan", "tag:it's \\ „odd“") == [1]
    assert labelled("Tarif", "board:nowhere") == labelled("", "board:nowhere") == []
    assert sorted(labelled("", "board:wlan", restricted=True)) == [1, 2, 4]
    assert ids(engine.search("", restricted=False, kind="topic")) == []


def test_worth_decides_among_equals(engine: SearchEngine) -> None:
    engine.update([make_document(1, "Tarif"), make_document(2, "Tarif", worth=1.1)], [])
    assert find(engine, "Tarif") == [2, 1]


@pytest.mark.only("postgresql")
def test_words_are_counted_as_documents_come_and_go(engine: SearchEngine, databases) -> None:
    def counts() -> dict[str, int]:
        rows = databases.connection.execute("SELECT term, documents FROM search_term")
        return {term: documents for term, documents in rows if not term.startswith("=")}

    engine.update([make_document(1, "Tarif Router"), make_document(2, "Tarif")], [])
    assert counts() == {"tarif": 2, "rout": 1}
    for _ in range(2):
        engine.update([make_document(1, "Tarif Kabel")], [])
        assert counts() == {"tarif": 2, "kabel": 1}
    engine.update([], [("topic", 1), ("topic", 2), ("topic", 3)])
    assert (counts(), engine.count()) == ({}, 0)


@pytest.mark.only("postgresql")
def test_a_missing_or_locked_index_is_said(engine: SearchEngine, databases, monkeypatch) -> None:
    monkeypatch.setattr("app.core.search.postgres.writing.WAIT_SECONDS", 0.1)
    with databases.connection.transaction():
        databases.connection.execute(f"SELECT pg_advisory_xact_lock({LOCK})")
        with pytest.raises(IndexBusy):
            engine.update([make_document(1, "Tarif")], [])
        assert find(engine, "Tarif") == []  # reading goes on
    databases.connection.execute("UPDATE search_shelf SET version = 'older'")
    assert not engine.is_ready()
    with pytest.raises(SearchUnavailable):
        engine.search("Tarif", restricted=False)
    engine.update([make_document(1, "Tarif")], [])
    assert find(engine, "Tarif") == [1]
    monkeypatch.setattr("app.core.search.postgres.finding._CANDIDATES", "SELECT broken")
    with pytest.raises(SearchUnavailable):
        find(engine, "Tarif")
