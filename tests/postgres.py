"""A PostgreSQL cluster of the tests' own: temporary folder, unix socket, no fsync, no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

START_SECONDS = 30
MISSING = "PostgreSQL is not installed. On Debian: apt-get install postgresql"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


def binaries() -> Path | None:
    """The folder with initdb and postgres (Debian keeps it off the PATH); the newest wins."""
    named = shutil.which("initdb")
    if named:
        return Path(named).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    return found[-1].parent if found else None


class Cluster:
    """Runs while the tests run. PostgreSQL refuses root, so root starts it as another user."""

    settings: tuple[str, ...] = FAST

    def __init__(self) -> None:
        bin_folder = binaries()
        if bin_folder is None:
            raise RuntimeError(MISSING)
        self.bin = bin_folder
        self.folder = Path(tempfile.mkdtemp(prefix="hk-pg-"))
        self.as_user = _unprivileged() if os.geteuid() == 0 else {}
        if self.as_user:
            shutil.chown(self.folder, self.as_user["user"], self.as_user["group"])
        self._initdb()
        self.process = self._start()

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _initdb(self) -> None:
        command = [self.bin / "initdb", "-D", self.folder / "data", "-U", "postgres", "--no-sync"]
        options = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
        made = subprocess.run(
            [*command, *options], cwd="/", capture_output=True, text=True, **self.as_user
        )
        if made.returncode:
            raise RuntimeError(f"initdb failed: {made.stderr.strip()}")

    def _start(self) -> subprocess.Popen[bytes]:
        settings = ("listen_addresses=", f"unix_socket_directories={self.folder}", *self.settings)
        command = [self.bin / "postgres", "-D", self.folder / "data"]
        log = (self.folder / "log").open("wb")
        process = subprocess.Popen(
            [*command, *(part for s in settings for part in ("-c", s))],
            cwd="/",
            stdout=log,
            stderr=log,
            start_new_session=True,
            **self.as_user,
        )
        log.close()
        self._wait(process)
        return process

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
                return
            except psycopg.OperationalError as error:
                if process.poll() is not None or time.monotonic() > end:
                    text = (self.folder / "log").read_text("utf-8", "replace")
                    raise RuntimeError(f"PostgreSQL did not start: {text[-500:]}") from error
                time.sleep(0.05)


def _unprivileged() -> dict[str, Any]:
    import grp
    import pwd

    for name in ("postgres", "nobody"):
        try:
            person = pwd.getpwnam(name)
        except KeyError:
            continue
        group = grp.getgrgid(person.pw_gid).gr_name
        return {"user": name, "group": group, "extra_groups": []}
    raise RuntimeError(
        "PostgreSQL does not run as root, and there is no user “postgres” or “nobody”."
    )
