"""Environment → settings. Refuses to start, listing every wrong key with an example."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from app.core.files import read_private, write_private

MIB = 1024 * 1024
MAX_BODY_BYTES = 1 * MIB  # the longest form is a 20,000-character post, four bytes a character
MIN_SECRET_CHARS = 32


class ConfigError(Exception):
    """One or more keys are wrong; the text lists all of them, one a line."""


@dataclass(frozen=True)
class Config:
    """What the operator decided, checked. Folders are absolute; `instance` exists."""

    mode: str
    instance: Path
    database_url: str
    redis_url: str | None
    mail_url: str | None
    base_url: str
    trusted_hosts: tuple[str, ...]
    proxy_hops: int
    host: str
    port: int
    web_workers: int
    web_threads: int
    secret_key: str
    timezone: str
    rate_limits: bool
    page_cache_bytes: int
    hold_newcomers: bool = False
    demo: bool = True

    @property
    def is_production(self) -> bool:
        return self.mode == "production"

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def index_folder(self) -> Path:
        return self.instance / "index"


def load(env: Mapping[str, str] | None = None) -> Config:
    """Read and check the environment; raises ConfigError naming every wrong key at once."""
    return _Reader(os.environ if env is None else env).config()


class _Reader:
    """Collects the mistakes while it reads, so that the operator sees all of them in one go."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self.wrong: list[str] = []

    def config(self) -> Config:
        mode = self.choice("HELFERKREIS_MODE", "local", ("local", "production"))
        port = self.number("PORT", 8000, low=1, high=65535)
        host = self.text("HOST", "127.0.0.1")
        base_url = self.base_url(mode, f"http://127.0.0.1:{port}")
        instance = Path(self.text("HELFERKREIS_INSTANCE", "./instance")).expanduser().resolve()
        values = {
            "mode": mode,
            "instance": instance,
            "database_url": self.database_url(instance),
            "redis_url": self.url("REDIS_URL", ("redis", "rediss", "unix")),
            "mail_url": self.mail_url(mode),
            "base_url": base_url,
            "trusted_hosts": self.trusted_hosts(base_url, mode),
            "proxy_hops": self.number("PROXY_HOPS", 0, low=0, high=5),
            "host": host,
            "port": port,
            "web_workers": self.number("WEB_WORKERS", 2, low=1, high=64),
            "web_threads": self.number("WEB_THREADS", 4, low=1, high=64),
            "timezone": self.timezone(),
            "rate_limits": self.rate_limits(mode),
            "page_cache_bytes": self.number("PAGE_CACHE_MIB", 24, low=0, high=4096) * MIB,
            "hold_newcomers": self.choice("HOLD_NEWCOMERS", "off", ("off", "on")) == "on",
            "demo": self.choice("HELFERKREIS_DEMO", "on", ("on", "off")) == "on",
            "secret_key": self.secret_key(mode, instance),
        }
        if self.wrong:
            raise ConfigError("The configuration is not complete:\n" + "\n".join(self.wrong))
        instance.mkdir(parents=True, exist_ok=True)
        return Config(**values)  # type: ignore[arg-type]

    def text(self, key: str, default: str) -> str:
        return self.env.get(key, "").strip() or default

    def fail(self, key: str, reason: str, example: str) -> None:
        self.wrong.append(f"  {key}: {reason} Example: {key}={example}")

    def choice(self, key: str, default: str, allowed: tuple[str, ...]) -> str:
        value = self.text(key, default)
        if value not in allowed:
            self.fail(key, f"must be one of {', '.join(allowed)}, not “{value}”.", allowed[0])
        return value

    def number(self, key: str, default: int, *, low: int, high: int) -> int:
        raw = self.text(key, str(default))
        if not (raw.isascii() and raw.isdigit() and low <= int(raw) <= high):
            self.fail(key, f"must be a whole number from {low} to {high}.", str(default))
            return default
        return int(raw)

    def url(self, key: str, schemes: tuple[str, ...]) -> str | None:
        value = self.text(key, "")
        if value and urlsplit(value).scheme not in schemes:
            self.fail(key, f"must begin with {schemes[0]}://.", f"{schemes[0]}://127.0.0.1/0")
        return value or None

    def base_url(self, mode: str, default: str) -> str:
        value = self.text("BASE_URL", "" if mode == "production" else default).rstrip("/")
        parts = urlsplit(value)
        if mode == "production" and parts.scheme != "https":
            self.fail("BASE_URL", "production needs an https address.", "https://forum.example.de")
        elif parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
            self.fail("BASE_URL", "must be scheme and host only.", "https://forum.example.de")
        return value

    def trusted_hosts(self, base_url: str, mode: str) -> tuple[str, ...]:
        named = tuple(h.strip() for h in self.text("TRUSTED_HOSTS", "").split(",") if h.strip())
        own = urlsplit(base_url).hostname or "localhost"
        local = ("localhost", "127.0.0.1") if mode == "local" else ()
        return tuple(dict.fromkeys(named or (own, *local)))

    def database_url(self, instance: Path) -> str:
        value = self.text("DATABASE_URL", f"sqlite:///{instance / 'forum.sqlite'}")
        if value.startswith("postgres://"):
            value = "postgresql://" + value.removeprefix("postgres://")
        if value.startswith("postgresql://"):
            value = "postgresql+psycopg://" + value.removeprefix("postgresql://")
        if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            self.fail("DATABASE_URL", "must be SQLite or PostgreSQL.", "postgresql://user@host/db")
        return value

    def mail_url(self, mode: str) -> str | None:
        value = self.url("MAIL_URL", ("smtp", "smtps", "smtp+starttls"))
        if mode == "production" and not value:
            self.fail(
                "MAIL_URL",
                "production needs a mail server.",
                "smtp+starttls://user:password@mail.example.de:587?from=forum@example.de",
            )
        return value

    def timezone(self) -> str:
        value = self.text("TIMEZONE", "Europe/Berlin")
        try:
            ZoneInfo(value)
        except (OSError, ValueError):
            self.fail("TIMEZONE", f"“{value}” is not a time zone.", "Europe/Berlin")
        return value

    def rate_limits(self, mode: str) -> bool:
        value = self.choice("RATE_LIMITS", "on", ("on", "off"))
        if value == "off" and mode == "production":
            self.fail("RATE_LIMITS", "cannot be switched off in production.", "on")
        return value != "off"

    def secret_key(self, mode: str, instance: Path) -> str:
        value = self.text("SECRET_KEY", "")
        if value and len(value) < MIN_SECRET_CHARS:
            self.fail(
                "SECRET_KEY",
                f"needs {MIN_SECRET_CHARS} characters or more.",
                "$(openssl rand -hex 32)",
            )
        if not value and mode == "production":
            self.fail(
                "SECRET_KEY", "production needs a secret of its own.", "$(openssl rand -hex 32)"
            )
        if self.wrong:
            return value
        return value or _kept_secret(instance / "secret_key")


def _kept_secret(path: Path) -> str:
    """Local mode makes its own secret once and keeps it, so that sessions survive a restart."""
    kept = read_private(path)
    if kept is None:
        kept = secrets.token_hex(32)
        write_private(path, kept)
    return kept
