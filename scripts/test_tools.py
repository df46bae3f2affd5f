"""Finds Chromium, PostgreSQL and Redis for the tests; installs them where that is allowed (root on Debian).

Where it is not allowed it names what is missing; with CI=true that is a failure. Names as arguments
choose some of them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.chromium import chromium
from tests.postgres import binaries
from tests.redis_server import binary

TOOLS: dict[str, tuple[Callable[[], Path | None], str]] = {
    "Chromium": (chromium, "chromium"),
    "PostgreSQL": (binaries, "postgresql"),
    "Redis": (binary, "redis-server"),
}


def main(names: Collection[str]) -> int:
    wanted = {name: tool for name, tool in TOOLS.items() if not names or name in names}
    packages = [package for find, package in wanted.values() if find() is None]
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        _install(packages)
    missing = [(name, package) for name, (find, package) in wanted.items() if find() is None]
    for name, package in missing:
        print(f"{name} is missing. On Debian: apt-get install {package}", file=sys.stderr)
    return 1 if missing and os.environ.get("CI") == "true" else 0


def _install(packages: list[str]) -> None:
    print(f"Installing for the tests: {', '.join(packages)} …", file=sys.stderr)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-qq"], install):
        done = subprocess.run(command, env=env, capture_output=True, text=True)
        if done.returncode:
            print(f"{' '.join(command)}: {done.stderr.strip()[-300:]}", file=sys.stderr)
            return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
