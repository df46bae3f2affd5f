"""Damage, crashes, two writers, many readers: the index is disposable, the forum is not."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.core.search import IndexBusy, SearchUnavailable, WhooshEngine, index_lock
from app.core.search.shelf import KEEP_OPEN
from tests.core.search.documents import ids, make_document

ROOT = Path(__file__).resolve().parents[3]
KILLS = 8

# One process that forks a writer for every line it reads: importing takes longer than writing.
WRITERS = """
import os, sys
from pathlib import Path
from app.core.search import WhooshEngine
from tests.core.search.documents import make_document

def write_for_ever():
    engine, version = WhooshEngine(Path(sys.argv[1])), 0
    while True:
        version += 1
        text = f"Tarif {version} " + "viele Worte " * 50
        engine.update([make_document(n, text, audience=n % 2) for n in range(40)], [])

print("ready", flush=True)
for _ in sys.stdin:
    child = os.fork()
    if not child:
        write_for_ever()
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""

HOLDER = """
import sys
from pathlib import Path
from app.core.search import index_lock
lock = index_lock(Path(sys.argv[1]))
print("ready" if lock else "refused", flush=True)
sys.stdin.read()
"""


def start(code: str, folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_a_missing_index_is_unavailable_and_an_empty_one_finds_nothing(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path / "nowhere")
    for query in ("Tarif", ""):
        with pytest.raises(SearchUnavailable):
            engine.search(query, restricted=False)
    assert not engine.is_ready()
    assert not (tmp_path / "nowhere").exists()  # readers create nothing
    engine.clear()
    assert engine.is_ready()
    assert engine.search("Tarif", restricted=True) == []
    engine.close()


def test_an_index_of_another_version_counts_as_missing(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for toc in engine.folder.glob("*/_*.toc"):
        toc.rename(toc.with_name(toc.name.replace("_v", "_other")))
    assert not engine.is_ready()
    engine.clear()
    assert engine.is_ready()
    assert not list(engine.folder.glob("*/_other*"))


@pytest.mark.parametrize("damage", ["truncated", "overwritten", "emptied", "removed", "flipped"])
def test_a_damaged_index_finds_or_is_unavailable_and_can_be_rebuilt(
    engine: WhooshEngine, damage: str
) -> None:
    documents = [make_document(n, f"Tarif {n}", posts="Rechnung Störung") for n in range(300)]
    engine.update(documents, [])
    random.seed(damage)
    outcomes = set()
    for file in [path for path in (engine.folder / "public").iterdir() if path.stat().st_size]:
        whole = file.read_bytes()
        _hurt(file, whole, damage)
        engine.close()
        try:
            engine.search('tarif rech* "Rechnung Störung"', restricted=True)
            outcomes.add("found")
        except SearchUnavailable:
            outcomes.add("unavailable")
        file.write_bytes(whole)
    assert "unavailable" in outcomes
    _hurt(file, whole, damage)
    engine.clear()
    engine.update(documents, [])
    assert len(engine.search("Tarif", restricted=False, limit=500)) == 300


def _hurt(file: Path, whole: bytes, damage: str) -> None:
    if damage == "truncated":
        file.write_bytes(whole[: len(whole) // 2])
    elif damage == "overwritten":
        file.write_bytes(random.randbytes(len(whole)))
    elif damage == "emptied":
        file.write_bytes(b"")
    elif damage == "removed":
        file.unlink()
    else:
        hurt = bytearray(whole)
        for _ in range(30):
            hurt[random.randrange(len(hurt))] ^= 1 << random.randrange(8)
        file.write_bytes(hurt)


@pytest.mark.slow
def test_a_killed_writer_leaves_an_index_that_opens(engine: WhooshEngine) -> None:
    random.seed(1)
    engine.update([make_document(n, "Tarif", audience=n % 2) for n in range(40)], [])
    writers = start(WRITERS, engine.folder)
    interrupted = 0
    for _ in range(KILLS):
        _kill_one(writers, seconds=0.05 + random.random() * 0.2)
        interrupted += any(engine.folder.glob("*/v1.tmp"))
        assert engine.is_ready()
        assert len(engine.search("Tarif", restricted=False, limit=99)) == 20
        engine.update([make_document(n, "Tarif neu", audience=n % 2) for n in range(40)], [])
        assert len(engine.search('"Tarif neu"', restricted=True, limit=99)) == 40
    kill(writers)
    assert interrupted > KILLS / 2  # or the test killed nobody at work
    assert engine.count() == 40
    assert len(list(engine.folder.glob("*/*"))) < 60  # and the debris is swept up


def _kill_one(writers: subprocess.Popen[str], seconds: float) -> None:
    assert writers.stdin is not None and writers.stdout is not None
    writers.stdin.write("\n")
    writers.stdin.flush()
    child = int(writers.stdout.readline())
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    assert int(writers.stdout.readline()) == -signal.SIGKILL


@pytest.mark.slow
def test_only_one_process_writes(engine: WhooshEngine) -> None:
    holder = start(HOLDER, engine.folder)
    try:
        assert index_lock(engine.folder) is None
        with pytest.raises(IndexBusy):
            engine.update([make_document(1, "Tarif")], [])
        with pytest.raises(IndexBusy):
            engine.clear()
        assert engine.search("Tarif", restricted=True) == []  # reading goes on
    finally:
        kill(holder)
    engine.update([make_document(1, "Tarif")], [])  # the system dropped the dead holder's lock
    assert engine.count() == 1


def test_the_holder_of_the_lock_writes_and_others_of_its_process_wait(engine: WhooshEngine) -> None:
    lock = index_lock(engine.folder)
    assert lock is not None
    with lock:
        assert index_lock(engine.folder) is None
        engine.update([make_document(1, "Tarif")], [])
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: engine.update([make_document(n, "Tarif")], []), range(8)))
    assert engine.count() == 8


def test_whooshs_own_lock_is_reported_as_busy(engine: WhooshEngine) -> None:
    from whoosh.index import open_dir

    index = open_dir(str(engine.folder / "public"), indexname="v1")
    writer = index.writer()
    try:
        with pytest.raises(IndexBusy):
            engine.update([make_document(1, "Tarif")], [])
    finally:
        writer.cancel()
    engine.update([make_document(1, "Tarif")], [])


def test_a_batch_that_fails_changes_nothing_and_blocks_nobody(engine: WhooshEngine) -> None:
    engine.update([make_document(1, "Tarif")], [])
    with pytest.raises(SearchUnavailable):
        engine.update([make_document(1, "Neu"), make_document(2, title=None)], [])  # type: ignore[arg-type]
    assert ids(engine.search("Tarif", restricted=False)) == [1]
    engine.update([make_document(2, "Tarif")], [])
    assert engine.count() == 2


def test_a_commit_that_fails_gives_whooshs_lock_back(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("whoosh.writing.SegmentWriter._close_segment", full)
        with pytest.raises(SearchUnavailable) as kept:
            engine.update([make_document(1, "Tarif")], [])
    engine.update([make_document(2, "Tarif")], [])
    assert ids(engine.search("Tarif", restricted=False)) == [2]
    assert isinstance(kept.value.__cause__, OSError)


def test_readers_see_every_commit(engine: WhooshEngine) -> None:
    reader = WhooshEngine(engine.folder)
    for version in range(4):
        engine.update([make_document(1, f"Fassung{version}")], [])
        assert ids(reader.search(f"Fassung{version}", restricted=False)) == [1]
    reader.close()


def test_readers_see_an_index_that_was_deleted_and_built_again(engine: WhooshEngine) -> None:
    reader = WhooshEngine(engine.folder)
    engine.update([make_document(1, "Vorher")], [])
    assert ids(reader.search("Vorher", restricted=False)) == [1]
    generation = sorted(path.name for path in engine.folder.glob("public/*.toc"))
    shutil.rmtree(engine.folder)
    engine.clear()
    engine.update([make_document(2, "Nachher")], [])
    assert sorted(path.name for path in engine.folder.glob("public/*.toc")) == generation
    assert ids(reader.search("Nachher", restricted=False)) == [2]
    assert reader.search("Vorher", restricted=False) == []
    reader.close()


def test_threads_search_while_another_writes(engine: WhooshEngine) -> None:
    words = ["Tarif", "Rechnung", "Störung", "Router", "Vertrag", "Zähler"]
    stable = [
        make_document(n, words[n % 6], posts=" ".join(random.Random(n).choices(words, k=300)))
        for n in range(150)
    ]
    engine.update(stable, [])
    expected = {word: ids(engine.search(word, restricted=False, limit=200)) for word in words}
    writing = threading.Event()

    def look(seed: int) -> int:
        chosen, rounds = random.Random(seed), 0
        while not writing.is_set() or rounds < 10:
            word = chosen.choice(words)
            assert ids(engine.search(word, restricted=False, limit=200)) == expected[word]
            rounds += 1
        return rounds

    with ThreadPoolExecutor(6) as pool:
        readers = [pool.submit(look, seed) for seed in range(6)]
        for n in range(8):
            engine.update([make_document(1_000 + n, "Internes", audience=3)], [])
            engine.update([make_document(2_000, "Tarifwerk")], [])
        writing.set()
        assert all(reader.result() > 0 for reader in readers)
    assert len(engine._public._idle) <= KEEP_OPEN
