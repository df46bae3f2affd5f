"""gunicorn's settings, read by the child process that app/server.py starts.

Workers, threads and the socket come on the command line; here stands what no operator changes.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
from pathlib import Path
from typing import Any

PARENT = "HELFERKREIS_SUPERVISOR"
_PR_SET_PDEATHSIG = 1
_M_MMAP_THRESHOLD = -3
BIG_BYTES = 1024 * 1024

worker_class = "gthread"
preload_app = True  # workers share the code's memory and start at once; nothing is open before
timeout = 30  # of a worker that does not answer its master any more
graceful_timeout = 10
keepalive = 5
limit_request_line = 8190
limit_request_fields = 100
forwarded_allow_ips = ""  # which proxy to believe is decided by PROXY_HOPS, in one place
control_socket_disable = True
accesslog = None
errorlog = "-"
loglevel = "warning"
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 — heartbeats only


def on_starting(_server: Any) -> None:
    """The master ends at once when the supervisor is killed, so that the port is free again."""
    _die_with_parent(signal.SIGQUIT)
    if os.environ.get(PARENT) != str(os.getppid()):
        sys.exit("The supervisor is gone already.")


def when_ready(_server: Any) -> None:
    """What was loaded stays for good: no worker's garbage collector looks at it, and so the pages
    of memory that hold it stay shared.
    """
    gc.collect()
    gc.freeze()


def post_fork(_server: Any, _worker: Any) -> None:
    """Workers finish their requests when the master is killed; the next master has the socket."""
    _die_with_parent(signal.SIGTERM)
    _give_back_big_blocks()


def _give_back_big_blocks() -> None:
    """Each password check takes 19 MiB for a moment. glibc would learn from the first ones to keep
    such blocks in its heaps, one a thread; with a fixed threshold they go back to the system.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # glibc's; others do not keep them
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, BIG_BYTES)


def _die_with_parent(signum: int) -> None:
    """Linux only. Elsewhere workers look at their parent every second, and masters must be ended
    by hand after a kill -9 of the supervisor.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signum, 0, 0, 0)
