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
from app.core.search.weighing import VERSION
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
    whoosh = WhooshEngine(tmp_path / "nowhere")
    for query in ("Tarif", ""):
        with pytest.raises(SearchUnavailable):
            whoosh.search(query, restricted=False)
    assert not whoosh.is_ready()
    assert not (tmp_path / "nowhere").exists()  # readers create nothing
    whoosh.clear()
    assert whoosh.is_ready()
    assert whoosh.search("Tarif", restricted=True) == []
    whoosh.close()


def test_an_index_of_another_version_counts_as_missing(
    whoosh: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for toc in whoosh.folder.glob("*/_*.toc"):
        toc.rename(toc.with_name(toc.name.replace("_v", "_other")))
    assert not whoosh.is_ready()
    whoosh.clear()
    assert whoosh.is_ready()
    assert not list(whoosh.folder.glob("*/_other*"))


@pytest.mark.parametrize("damage", ["truncated", "overwritten", "emptied", "removed", "flipped"])
def test_a_damaged_index_finds_or_is_unavailable_and_can_be_rebuilt(
    whoosh: WhooshEngine, damage: str
) -> None:
    documents = [make_document(n, f"Tarif {n}", posts="Rechnung Störung") for n in range(300)]
    whoosh.update(documents, [])
    random.seed(damage)
    outcomes = set()
    for file in [path for path in (whoosh.folder / "public").iterdir() if path.stat().st_size]:
        whole = file.read_bytes()
        _hurt(file, whole, damage)
        whoosh.close()
        try:
            whoosh.search('tarif rech* "Rechnung Störung"', restricted=True)
            outcomes.add("found")
        except SearchUnavailable:
            outcomes.add("unavailable")
        file.write_bytes(whole)
    assert "unavailable" in outcomes
    _hurt(file, whole, damage)
    whoosh.clear()
    whoosh.update(documents, [])
    assert len(whoosh.search("Tarif", restricted=False, limit=500)) == 300


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
def test_a_killed_writer_leaves_an_index_that_opens(whoosh: WhooshEngine) -> None:
    random.seed(1)
    whoosh.update([make_document(n, "Tarif", audience=n % 2) for n in range(40)], [])
    writers = start(WRITERS, whoosh.folder)
    interrupted = 0
    for _ in range(KILLS):
        _kill_one(writers, seconds=0.05 + random.random() * 0.2)
        interrupted += any(whoosh.folder.glob(f"*/{VERSION}.tmp"))
        assert whoosh.is_ready()
        assert len(whoosh.search("Tarif", restricted=False, limit=99)) == 20
        whoosh.update([make_document(n, "Tarif neu", audience=n % 2) for n in range(40)], [])
        assert len(whoosh.search('"Tarif neu"', restricted=True, limit=99)) == 40
    kill(writers)
    assert interrupted > KILLS / 2  # or the test killed nobody at work
    assert whoosh.count() == 40
    assert len(list(whoosh.folder.glob("*/*"))) < 60  # and the debris is swept up


def _kill_one(writers: subprocess.Popen[str], seconds: float) -> None:
    assert writers.stdin is not None and writers.stdout is not None
    writers.stdin.write("\n")
    writers.stdin.flush()
    child = int(writers.stdout.readline())
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    assert int(writers.stdout.readline()) == -signal.SIGKILL


@pytest.mark.slow
def test_only_one_process_writes(whoosh: WhooshEngine) -> None:
    holder = start(HOLDER, whoosh.folder)
    try:
        assert index_lock(whoosh.folder) is None
        with pytest.raises(IndexBusy):
            whoosh.update([make_document(1, "Tarif")], [])
        with pytest.raises(IndexBusy):
            whoosh.clear()
        assert whoosh.search("Tarif", restricted=True) == []  # reading goes on
    finally:
        kill(holder)
    whoosh.update([make_document(1, "Tarif")], [])  # the system dropped the dead holder's lock
    assert whoosh.count() == 1


def test_the_holder_of_the_lock_writes_and_others_of_its_process_wait(whoosh: WhooshEngine) -> None:
    lock = index_lock(whoosh.folder)
    assert lock is not None
    with lock:
        assert index_lock(whoosh.folder) is None
        whoosh.update([make_document(1, "Tarif")], [])
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: whoosh.update([make_document(n, "Tarif")], []), range(8)))
    assert whoosh.count() == 8


def test_whooshs_own_lock_is_reported_as_busy(whoosh: WhooshEngine) -> None:
    from whoosh.index import open_dir

    index = open_dir(str(whoosh.folder / "public"), indexname=VERSION)
    writer = index.writer()
    try:
        with pytest.raises(IndexBusy):
            whoosh.update([make_document(1, "Tarif")], [])
    finally:
        writer.cancel()
    whoosh.update([make_document(1, "Tarif")], [])


def test_a_batch_that_fails_changes_nothing_and_blocks_nobody(whoosh: WhooshEngine) -> None:
    whoosh.update([make_document(1, "Tarif")], [])
    with pytest.raises(SearchUnavailable):
        whoosh.update([make_document(1, "Neu"), make_document(2, title=None)], [])  # type: ignore[arg-type]
    assert ids(whoosh.search("Tarif", restricted=False)) == [1]
    whoosh.update([make_document(2, "Tarif")], [])
    assert whoosh.count() == 2


def test_a_commit_that_fails_gives_whooshs_lock_back(
    whoosh: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("whoosh.writing.SegmentWriter._close_segment", full)
        with pytest.raises(SearchUnavailable) as kept:
            whoosh.update([make_document(1, "Tarif")], [])
    whoosh.update([make_document(2, "Tarif")], [])
    assert ids(whoosh.search("Tarif", restricted=False)) == [2]
    assert isinstance(kept.value.__cause__, OSError)


def test_readers_see_every_commit(whoosh: WhooshEngine) -> None:
    reader = WhooshEngine(whoosh.folder)
    for version in range(4):
        whoosh.update([make_document(1, f"Fassung{version}")], [])
        assert ids(reader.search(f"Fassung{version}", restricted=False)) == [1]
    reader.close()


def test_readers_see_an_index_that_was_deleted_and_built_again(whoosh: WhooshEngine) -> None:
    reader = WhooshEngine(whoosh.folder)
    whoosh.update([make_document(1, "Vorher")], [])
    assert ids(reader.search("Vorher", restricted=False)) == [1]
    generation = sorted(path.name for path in whoosh.folder.glob("public/*.toc"))
    shutil.rmtree(whoosh.folder)
    whoosh.clear()
    whoosh.update([make_document(2, "Nachher")], [])
    assert sorted(path.name for path in whoosh.folder.glob("public/*.toc")) == generation
    assert ids(reader.search("Nachher", restricted=False)) == [2]
    assert reader.search("Vorher", restricted=False) == []
    reader.close()


def test_threads_search_while_another_writes(whoosh: WhooshEngine) -> None:
    words = ["Tarif", "Rechnung", "Störung", "Router", "Vertrag", "Zähler"]
    stable = [
        make_document(n, words[n % 6], posts=" ".join(random.Random(n).choices(words, k=300)))
        for n in range(150)
    ]
    whoosh.update(stable, [])
    expected = {word: ids(whoosh.search(word, restricted=False, limit=200)) for word in words}
    writing = threading.Event()

    def look(seed: int) -> int:
        chosen, rounds = random.Random(seed), 0
        while not writing.is_set() or rounds < 10:
            word = chosen.choice(words)
            assert ids(whoosh.search(word, restricted=False, limit=200)) == expected[word]
            rounds += 1
        return rounds

    with ThreadPoolExecutor(6) as pool:
        readers = [pool.submit(look, seed) for seed in range(6)]
        for n in range(8):
            whoosh.update([make_document(1_000 + n, "Internes", audience=3)], [])
            whoosh.update([make_document(2_000, "Anderes")], [])
        writing.set()
        assert all(reader.result() > 0 for reader in readers)
    assert len(whoosh._public._idle) <= KEEP_OPEN
