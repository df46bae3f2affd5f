"""`flask serve`: one process that keeps the web (gunicorn, its child) and the workers (its own
threads) running. It owns the listening socket, so a dying gunicorn refuses nobody.
"""

from __future__ import annotations

import errno
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import click
import structlog
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.accounts.queries import any_administrator
from app.administration.guide import guide
from app.config import Config
from app.core.db import db, transaction
from app.core.jobs.worker import Workers
from app.core.settings import load_settings
from app.demo import moving_in
from app.demo.greeting import Greeter
from app.setup import prepare
from app.webserver import PARENT

log = structlog.get_logger()

ROOT = Path(__file__).resolve().parent.parent
CHECK_SECONDS = 0.25
BACKLOG = 512
PORT_SECONDS = 5.0  # the web of a supervisor that was just killed may need this to end
STOP_SECONDS = 15.0  # longer than gunicorn's own grace
QUICK_SECONDS = 5.0  # a web that ends sooner than this did not work at all
QUICK_LIMIT = 5
PROBE_SECONDS = 1.0


@click.command("serve")
@with_appcontext
def serve() -> None:
    """Run the forum: web and worker together, until Ctrl-C."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    sys.exit(Supervisor(app).run())


class Supervisor:
    """Starts web and workers, looks after both four times a second, ends both."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._config: Config = app.extensions["helferkreis.config"]
        self._stopping = threading.Event()
        self._greeter = Greeter(app)
        self._ready = False

    def run(self) -> int:
        """The exit code: 0 after Ctrl-C or SIGTERM."""
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, lambda *_: self._stopping.set())
        listening = self._listen()
        if listening is None:
            return 1
        if not self._prepared() or self._is_demo_in_production():
            return 1
        self._invite_demo()
        web = Web(self._config, listening)
        workers = Workers(self._app)
        web.start()
        workers.start()
        try:
            return self._watch(web, workers)
        finally:
            web.stop()
            workers.stop()

    def _watch(self, web: Web, workers: Workers) -> int:
        while not self._stopping.wait(CHECK_SECONDS):
            if not web.check():
                click.echo(
                    "The web server ends again and again; its messages stand above.", err=True
                )
                return 1
            workers.check()
            if not self._ready and _answers(self._config):
                self._ready = True
                click.echo(f"Helferkreis is ready: {self._config.base_url} (Ctrl-C ends it)")
                if to_do := _to_set_up(self._config):
                    click.echo(to_do)
            if self._ready and (news := self._greeter.news()):
                click.echo(news)
        return 0

    def _is_demo_in_production(self) -> bool:
        """True after one line about it: the passwords of the demo are known to everybody."""
        found = self._config.is_production and bool(load_settings().demo)
        if found:
            click.echo(
                "This forum holds the demo community, whose passwords everybody knows. "
                "Begin with an empty one: another DATABASE_URL or HELFERKREIS_INSTANCE.",
                err=True,
            )
        return found

    def _invite_demo(self) -> None:
        """Into an empty forum in local mode; the workers let it in while the web answers."""
        if self._config.demo and not self._config.is_production:
            with transaction():
                moving_in.begin()
            db.session.remove()

    def _listen(self) -> socket.socket | None:
        """The port, or None after one clear line about why not."""
        end = time.monotonic() + PORT_SECONDS
        while True:
            try:
                return _bound(self._config.host, self._config.port)
            except OSError as error:
                taken = error.errno == errno.EADDRINUSE
                if not taken or time.monotonic() > end or self._stopping.is_set():
                    click.echo(_why_not(self._config, error, taken), err=True)
                    return None
                time.sleep(CHECK_SECONDS)

    def _prepared(self) -> bool:
        """Bring the database up to date before anybody asks it; False after one line about why not."""
        try:
            prepare()
        except Exception as error:
            log.exception("preparing_failed")
            click.echo(f"The database could not be brought up to date: {error}", err=True)
            return False
        db.session.remove()
        return True


class Web:
    """gunicorn as a child with the socket that we hold."""

    def __init__(self, config: Config, listening: socket.socket) -> None:
        self._config = config
        self._socket = listening
        self._child: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._quick_ends = 0

    def start(self) -> None:
        """From the main thread only: Linux ties the child's life to the thread that starts it.

        A session of its own keeps the terminal's Ctrl-C away from it; we end it in order.
        """
        self._started = time.monotonic()
        self._child = subprocess.Popen(  # noqa: S603 — our own interpreter, our own arguments
            self._command(),
            pass_fds=[self._socket.fileno()],
            env=self._environment(),
            start_new_session=True,
        )

    def check(self) -> bool:
        """Start it again if it has ended; False when that does not help."""
        code = self._child.poll() if self._child else 0
        if code is None:
            return True
        quick = time.monotonic() - self._started < QUICK_SECONDS
        self._quick_ends = self._quick_ends + 1 if quick else 0
        log.error("web_server_ended", code=code)
        if self._quick_ends < QUICK_LIMIT:
            self.start()
        return self._quick_ends < QUICK_LIMIT

    def stop(self) -> None:
        """Let requests end; whatever still runs afterwards is killed with its whole group."""
        child = self._child
        if child is not None and child.poll() is None:
            child.terminate()
            with suppress(subprocess.TimeoutExpired):
                child.wait(STOP_SECONDS)
        if child is not None:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
        self._socket.close()

    def _command(self) -> list[str]:
        return [
            *(sys.executable, "-m", "gunicorn", "--config", "python:app.webserver"),
            *("--bind", f"fd://{self._socket.fileno()}"),
            *("--workers", str(self._config.web_workers)),
            *("--threads", str(self._config.web_threads)),
            "wsgi:app",
        ]

    def _environment(self) -> dict[str, str]:
        """Ours, and where the code is, should the forum be started from another folder."""
        paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
        python_path = os.pathsep.join(path for path in paths if path)
        return {**os.environ, "PYTHONPATH": python_path, PARENT: str(os.getpid())}


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)


def _why_not(config: Config, error: OSError, taken: bool) -> str:
    place = f"{config.host}, port {config.port}"
    if taken:
        return f"{place} is already in use. Stop what runs there, or choose another: PORT=8001"
    return f"The forum cannot listen on {place}: {error.strerror}. Set HOST and PORT."


def _to_set_up(config: Config) -> str:
    """In production: where the rest is done, and how somebody gets in; "" when nothing is left."""
    if not config.is_production:
        return ""
    try:
        there = any_administrator()
        is_open = bool(guide().open_required)
    finally:
        db.session.remove()
    if not there:
        return (
            "There is no administrator yet: flask --app wsgi create-account NAME EMAIL --role admin"
            f" – then sign in and open {config.base_url}/admin"
        )
    return f"Something necessary is not set up yet: {config.base_url}/admin" if is_open else ""


def _answers(config: Config) -> bool:
    """Does /healthz say yes? Asked from here, under a name that the forum trusts."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(config.host, config.host)  # noqa: S104
    connection = http.client.HTTPConnection(host, config.port, timeout=PROBE_SECONDS)
    try:
        connection.request("GET", "/healthz", headers={"Host": config.trusted_hosts[0]})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
