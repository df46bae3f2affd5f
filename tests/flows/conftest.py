"""A real browser against the real app: web server and workers are threads of the test process.

So time-machine moves them too. Every page is watched: console errors, refused content (CSP),
broken resources and requests to other hosts fail the test that caused them.
"""

from __future__ import annotations

import logging
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from app.accounts.session import cookie_name
from app.core.db import db, transaction
from app.core.jobs.worker import Workers
from app.moderation.actions import ensure_rulebook
from app.superusers.actions import lay_ranks
from tests import cast
from tests.chromium import MISSING, QUIET, chromium
from tests.flows.watching import Watch
from tests.moderation.conftest import accept_netiquette

MAIL_SECONDS = 20
LINK = re.compile(r"http://127\.0\.0\.1:\d+/\S+")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/flows/" in item.nodeid and "page" in str(getattr(item, "fixturenames", "")):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    path = chromium()
    if path is None:
        pytest.skip(MISSING)
    return {"executable_path": str(path), "args": list(QUIET)}


@pytest.fixture
def port_socket() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest.fixture
def environment(environment: dict[str, str], port_socket: socket.socket) -> dict[str, str]:
    address = f"http://127.0.0.1:{port_socket.getsockname()[1]}"
    return {**environment, "BASE_URL": address}


@pytest.fixture
def site(app: Flask, port_socket: socket.socket) -> Iterator[str]:
    """The address of the running forum, with its netiquette, ranks and one board."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with transaction():
        ensure_rulebook()
        lay_ranks()
    cast.board("internet")
    server = make_server("127.0.0.1", 0, app, threaded=True, fd=port_socket.fileno())
    thread = threading.Thread(target=server.serve_forever, name="web")
    workers = Workers(app)
    thread.start()
    workers.start()
    yield f"http://127.0.0.1:{port_socket.getsockname()[1]}"
    workers.stop()
    server.shutdown()
    thread.join()


@pytest.fixture
def watch(site: str) -> Iterator[Watch]:
    watching = Watch(urlsplit(site).netloc)
    yield watching
    assert watching.trouble == []


@pytest.fixture
def open_page(browser: Browser, site: str, watch: Watch) -> Iterator[Callable[..., Page]]:
    """`open_page(language="de", script=True, name=None, **context options)`; watched to the end."""
    contexts: list[BrowserContext] = []

    def opened(
        language: str = "de", script: bool = True, name: str | None = None, **more: Any
    ) -> Page:
        options = {"base_url": site, "locale": language, "java_script_enabled": script, **more}
        context = browser.new_context(**options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        watch.over(context)
        if name:
            sign_in(context, site, name)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def sign_in(context: BrowserContext, site: str, name: str) -> None:
    """As somebody who has accepted the netiquette; consenting has tests of its own."""
    secret = cast.sign_in(name)
    accept_netiquette(name)
    context.add_cookies([{"name": cookie_name(), "value": secret, "url": site}])


@pytest.fixture
def mail_to(outbox: Callable[[], list[EmailMessage]]) -> Callable[[str], EmailMessage]:
    """Waits for a mail to this address that no earlier call has given."""
    seen: set[str] = set()

    def wait(address: str) -> EmailMessage:
        end = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < end:
            for mail in outbox():
                if address in str(mail["To"]) and str(mail["Message-ID"]) not in seen:
                    seen.add(str(mail["Message-ID"]))
                    return mail
            time.sleep(0.1)
        db.session.rollback()
        raise AssertionError(f"no mail to {address} within {MAIL_SECONDS} s")

    return wait


def link_in(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    found = LINK.search(body.get_content())
    assert found, body.get_content()
    return found[0]
