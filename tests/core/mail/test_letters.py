"""What a letter looks like, whatever people put into titles and names (S21)."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import pytest
from flask import Flask

from app.config import Config
from app.core.mail import Letter, link, one_line, post
from app.core.mail.letter import compose

HOSTILE = [
    "Hallo\r\nBcc: opfer@example.org",
    "Hallo\nBcc: opfer@example.org",
    "Hallo\rBcc: opfer@example.org",
    "Hallo\r\n\r\n<script>alert(1)</script>",
    "Hallo\u2028Bcc: opfer@example.org",
    "Hallo\u2029Bcc: opfer@example.org",
    "Hallo\x85Bcc: opfer@example.org",
    "Hallo\x0b\x0c\x1c\x1d\x1eBcc: opfer@example.org",
    "Hallo =?utf-8?q?=0D=0ABcc:_opfer=40example.org?=",
    "Hallo \u202etxt.exe\u202c",
    "Hallo" + "ü" * 2_000 + "\r\nBcc: opfer@example.org",
    "\x00Hallo",
    "Hallo\ud800",
]
KINDS = {
    "confirm": {},
    "reset": {},
    "already_registered": {},
    "password_changed": {},
    "answer": {},
    "comment": {},
    "mention": {},
    "acceptance": {},
}


def letter(
    kind: str = "answer", locale: str = "de", text: str = "Router", **other: object
) -> Letter:
    values = {
        "recipient": text,
        "url": "http://localhost/posts/1",
        "topic_title": text,
        "actor_name": text,
        "excerpt": text,
    }
    return Letter(
        **{  # type: ignore[arg-type]
            "kind": kind,
            "to": "karin@example.org",
            "locale": locale,
            "values": values,
            "message_id": f"{kind}-1-1",
            **other,
        }
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_s21_no_text_adds_a_header(app: Flask, text: str) -> None:
    cleaned = text.encode("utf-8", "replace").decode()
    raw = compose(letter(text=cleaned)).as_bytes()
    parsed = message_from_bytes(raw, policy=policy.default)
    assert parsed["Bcc"] is None
    assert len(parsed.get_all("Subject")) == 1
    assert str(parsed["To"]) == "karin@example.org"
    assert not parsed.defects
    head = raw.split(b"\r\n\r\n")[0]
    assert all(not line.lower().startswith(b"bcc") for line in head.splitlines())


@pytest.mark.parametrize("text", HOSTILE)
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) == 1
    assert len(line) <= 160
    assert line == one_line(line)
    assert not set(line) & set("\u202e\u202c\x00\x85")


def test_markup_in_a_title_stays_text(app: Flask) -> None:
    html = compose(letter(text="<img src=x onerror=alert(1)>")).get_body(("html",))
    assert html is not None
    assert "<img" not in html.get_content()
    assert "&lt;img" in html.get_content()


@pytest.mark.parametrize("locale", ["de", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_both_formats_and_a_subject(app: Flask, kind: str, locale: str) -> None:
    message = compose(letter(kind, locale))
    assert message["Subject"].strip()
    for part in ("plain", "html"):
        body = message.get_body((part,))
        assert body is not None
        assert "http://localhost/posts/1" in body.get_content()
    assert f'lang="{locale}"' in message.get_body(("html",)).get_content()  # type: ignore[union-attr]


def test_links_know_only_base_url(app: Flask) -> None:
    with app.test_request_context(base_url="http://evil.test"):
        assert link("health.healthz") == "http://localhost/healthz"


def test_without_a_mail_server_a_mail_becomes_a_readable_file(app: Flask, config: Config) -> None:
    post(letter(text="Größe der Öse"))
    post(letter(text="Größe der Öse"))
    (file,) = (config.instance / "outbox").iterdir()
    assert file.name == "answer-1-1.eml"
    text = file.read_text("utf-8")
    assert "http://localhost/posts/1" in text
    assert "Größe der Öse" in text.split("\n\n", 1)[1]


@pytest.mark.parametrize("name", ["", "../x", "a b", "a\r\nb", "a" * 101, "<a>"])
def test_a_message_id_that_is_none_is_a_mistake_of_ours(app: Flask, name: str) -> None:
    with pytest.raises(ValueError, match="message id"):
        compose(letter(message_id=name))


def test_the_outbox_never_shows_a_half_written_mail(app: Flask, config: Config) -> None:
    post(letter())
    names = [p.name for p in Path(config.instance / "outbox").iterdir()]
    assert names == ["answer-1-1.eml"]
