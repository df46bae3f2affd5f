"""Secrets that are sent out once and kept as a hash: session cookies, links in mails."""

from __future__ import annotations

import hashlib
import secrets

SECRET_BYTES = 32


def new_secret() -> tuple[str, str]:
    """A fresh secret of 256 bits and the hash under which it is stored.

    The secret has letters, digits, "-" and "_" only. A fast hash is right here: unlike a password,
    256 random bits cannot be guessed.
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)
    return secret, hash_of(secret)


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
