"""What gunicorn's hooks do to a worker."""

from __future__ import annotations

import subprocess
import sys

#: Hashes a password in each of four threads, three times over, and prints by how much the process grew.
GROWTH = """
import resource, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from app import webserver
from app.core.hashing import hash_password

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 2**20

hash_password("eins")
before = resident()
if "kept" not in sys.argv:
    webserver._give_back_big_blocks()
with ThreadPoolExecutor(4) as threads:
    list(threads.map(hash_password, ["zwei"] * 12))
print(resident() - before)
"""
HASH_MIB = 19


def growth(*arguments: str) -> int:
    command = [sys.executable, "-c", GROWTH, *arguments]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def test_the_memory_of_password_checks_goes_back_to_the_system():
    assert growth() < HASH_MIB


def test_without_the_hook_threads_would_keep_it():
    assert growth("kept") >= HASH_MIB


def test_what_was_loaded_before_the_workers_is_left_alone_by_their_collectors():
    code = "import gc; from app import webserver; webserver.when_ready(None); print(gc.get_freeze_count())"
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert int(shown.stdout) > 0
