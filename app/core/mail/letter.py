"""A letter to one person becomes a message: their language, both formats, safe headers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import current_app
from jinja2 import Template

from app.core import clock
from app.core.locale import speaking, spoken
from app.core.mail.smtp import Undeliverable
from app.core.settings import Settings, load_settings

SUBJECT_LENGTH = 160
ID_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")

#: By category: control characters, separators and surrogates become blanks; invisible ones, such
#: as those that turn the writing direction, go.
_INSTEAD = {"Cc": " ", "Cs": " ", "Zl": " ", "Zp": " ", "Cf": ""}


@dataclass(frozen=True)
class Letter:
    """What to tell whom. `kind` names the templates mail/<kind>.txt and .html.

    `values` holds `recipient` (their name), `url` (the one link, or nothing) and what the
    templates of the kind use. `message_id` is the same whenever the same letter is sent again.
    `settings_url` is where its receiver can switch this kind of mail off; `thread` groups mails
    about the same thing.
    """

    kind: str
    to: str
    locale: str
    values: Mapping[str, Any]
    message_id: str
    settings_url: str | None = None
    thread: str | None = None


def link(endpoint: str, **values: Any) -> str:
    """The full address of one of our pages; made from BASE_URL only, never from a request."""
    base = urlsplit(_base_url())
    adapter = current_app.url_map.bind(base.netloc, url_scheme=base.scheme)
    return adapter.build(endpoint, values, force_external=True)


def one_line(text: str, length: int = SUBJECT_LENGTH) -> str:
    """`text` fit for a header or a sentence: no line ends, no control or direction characters."""
    printable = (_INSTEAD.get(unicodedata.category(c), c) for c in text)
    line = " ".join("".join(printable).split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def compose(letter: Letter, *, encoding: str = "quoted-printable") -> EmailMessage:
    """Raises Undeliverable where the address can be no address.

    Quoted-printable passes every server, and base64 looks like spam; "8bit" is for reading.
    """
    subject, text, html = _render(letter)
    message = EmailMessage(policy=SMTP)
    message["From"] = _sender(load_settings())
    message["To"] = _recipient(letter.to)
    message["Subject"] = _header(subject)
    message["Date"] = clock.now()
    message["Message-ID"] = _full_id(letter.message_id)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if letter.thread:
        message["References"] = _full_id(letter.thread)
    if letter.settings_url:
        message["List-Unsubscribe"] = f"<{letter.settings_url}>"
    message.set_content(text, cte=encoding)
    message.add_alternative(html, subtype="html", cte=encoding)
    return message


def _render(letter: Letter) -> tuple[str, str, str]:
    """Subject, text and HTML. Plain jinja, because flask's context asks who is signed in."""
    language = spoken(letter.locale)
    values = {
        "url": None,
        "site": load_settings(),
        "locale": language,
        "settings_url": letter.settings_url,
        "imprint_url": link("legal.imprint"),
        "privacy_url": link("legal.privacy"),
        **letter.values,
    }
    with speaking(language):
        plain = _template(f"mail/{letter.kind}.txt")
        subject = "".join(plain.blocks["subject"](plain.new_context(values)))
        text = plain.render(values).strip() + "\n"
        html = _template(f"mail/{letter.kind}.html").render(values).strip() + "\n"
    return subject, re.sub(r"\n{3,}", "\n\n", text), html


def _template(name: str) -> Template:
    return current_app.jinja_env.get_template(name)


def _header(text: str) -> str:
    """The email package decodes "=?utf-8?q?=0D=0A…?=" in what it is given, and the line end
    within becomes a header of its own; so nothing that people write may begin such a word.
    """
    return one_line(text).replace("=?", "= ?")


def _sender(site: Settings) -> Address:
    return Address(display_name=_header(site.name), addr_spec=sender_address())


def sender_address() -> str:
    """MAIL_URL's `?from=`, or noreply at the forum's own host."""
    config = current_app.extensions["helferkreis.config"]
    query = parse_qs(urlsplit(config.mail_url or "").query)
    return query.get("from", [f"noreply@{_host()}"])[0]


def _recipient(address: str) -> Address:
    """The host in its ASCII form; an address that could end the header is refused."""
    local, at, host = address.rpartition("@")
    try:
        if not at or one_line(address, len(address)) != address or "," in address:
            raise ValueError("This is no address.")
        return Address(addr_spec=f"{local}@{host.encode('idna').decode()}")
    except (ValueError, IndexError, MessageError) as error:
        raise Undeliverable(f"The address cannot be written to: {error}") from error


def _full_id(name: str) -> str:
    if not ID_PATTERN.fullmatch(name):
        raise ValueError(f"“{name}” is no message id")
    return f"<{name}@{_host()}>"


def _host() -> str:
    return urlsplit(_base_url()).hostname or "localhost"


def _base_url() -> str:
    return str(current_app.extensions["helferkreis.config"].base_url)
