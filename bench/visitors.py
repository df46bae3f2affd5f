"""Who asks for pages: guests, members and an agent, signed in through the real form."""

from __future__ import annotations

import html
import http.client
import re
import secrets
from collections.abc import Mapping, Sequence
from contextlib import closing
from itertools import cycle
from urllib.parse import urlencode

from bench.furnish import AGENT as AGENT_ADDRESS
from bench.furnish import MEMBERS, PASSWORD, member_address
from bench.load import raw_request
from bench.pages import AGENT, GUEST, MEMBER, Page

ANSWER = (
    "Bei mir hat geholfen: das Gerät **neu starten** und danach zwei Minuten warten.\n\n"
    "1. Stecker ziehen\n2. Warten\n3. Stecker wieder einstecken\n\nVorgang {number}."
)
_TOKEN = re.compile(r'name="csrf_token"[^>]*?value="([^"]+)"')

Cookies = Mapping[str, Sequence[str]]


def sign_in(port: int) -> Cookies:
    """The session cookies of each kind of viewer."""
    members = [_signed_in(port, member_address(number)) for number in range(MEMBERS)]
    return {GUEST: [""], MEMBER: members, AGENT: [_signed_in(port, AGENT_ADDRESS)]}


def requests_for(page: Page, port: int, cookies: Cookies) -> list[str]:
    """Raw requests; empty where the page should say 304 but gives no ETag."""
    sessions = cycle(cookies[page.viewer])
    made = []
    for path in page.paths:
        headers = ""
        if page.revalidate:
            etag = _etag(port, path)
            if not etag:
                return []
            headers = f"If-None-Match: {etag}\r\n"
        made.append(raw_request(port, path, cookie=next(sessions), headers=headers))
    if page.viewer != GUEST and len(made) < len(cookies[page.viewer]):
        made += [raw_request(port, page.paths[0], cookie=one) for one in cookies[page.viewer]]
    return made


def answers(port: int, topics: Sequence[int], members: Sequence[str], count: int) -> list[str]:
    """Forms that post an answer each, by different members in different topics."""
    tokens = {cookie: _form_token(port, f"/topics/{topics[0]}", cookie) for cookie in members}
    pairs = zip(range(count), cycle(topics), cycle(members), strict=False)
    made = []
    for number, topic, cookie in pairs:
        fields = {
            "csrf_token": tokens[cookie],
            "idempotency_key": secrets.token_urlsafe(16),
            "text": ANSWER.format(number=number),
            "parent": "",
        }
        form = urlencode(fields)
        made.append(raw_request(port, f"/topics/{topic}/posts", cookie=cookie, form=form))
    return made


def _signed_in(port: int, address: str) -> str:
    fields = {
        "csrf_token": _form_token(port, "/account/login", ""),
        "email": address,
        "password": PASSWORD,
    }
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(
        "POST",
        "/account/login",
        urlencode(fields),
        {"Content-Type": "application/x-www-form-urlencoded"},
    )
    answer = connection.getresponse()
    answer.read()
    connection.close()
    given = [field.partition(";")[0] for field in answer.msg.get_all("Set-Cookie", ())]
    if answer.status != 303 or not given:
        raise RuntimeError(f"{address} could not sign in: {answer.status}")
    return "; ".join(given)


def _form_token(port: int, path: str, cookie: str) -> str:
    body = _get(port, path, cookie)
    found = _TOKEN.search(body)
    if found is None:
        raise RuntimeError(f"There is no form on {path}.")
    return html.unescape(found[1])


def _etag(port: int, path: str) -> str | None:
    """What names the compressed page, which is what browsers have and raw_request asks for."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("HEAD", path, headers={"Accept-Encoding": "gzip"})
        return connection.getresponse().getheader("ETag")


def _get(port: int, path: str, cookie: str) -> str:
    """The page; follows a redirect to the right slug."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    answer = connection.getresponse()
    body = answer.read().decode("utf-8", "replace")
    connection.close()
    target = answer.getheader("Location")
    if answer.status in (301, 302) and target:
        return _get(port, target, cookie)
    return body
