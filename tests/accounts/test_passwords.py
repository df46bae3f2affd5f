"""Passwords: long, not made of what everybody guesses first; no rules about character classes."""

from __future__ import annotations

import time

import pytest

from app.accounts.passwords import password_verdict
from app.core.hashing import hash_password, is_outdated, is_right

KNOWN = ("Elke", "elke.sommer@example.org", "Helferkreis")


@pytest.mark.parametrize(
    "password",
    [
        "vier krumme Dosen wackeln", "einfach-sicher-2024", "tr0ub4dor&3xyz", "kaltesWasserRegnet",
        "мойдлинныйпароль", "🙂🙃🤖👻🎃😺🤡👽👾🤠🥳🦄", "x7#kQ!9zLp2w", "a" * 100 + "bcqxuv", "  w o r t e  7 q",
    ],
)  # fmt: skip
def test_a_password_that_takes_guessing_is_taken(password):
    assert password_verdict(password, context=KNOWN)


@pytest.mark.parametrize(
    "password",
    [
        "", "kurz", "elf zeichen", "x" * 129,
        "123456789012", "passwort1234", "Passwort123!", "p@ssw0rd1234", "qwertzuiop12", "iloveyou1234",
        "1qay2wsx3edc", "q1w2e3r4t5z6", "aaaaaaaaaaaa", "abcabcabcabc", "hallohallohallo", "Sommer2024!!",
        "Helferkreis2026!", "Elke.Sommer12", "elkesommer123", "Schatz123456", "willkommen1234",
        "administrator", "correcthorsebatterystaple", "qwerty123456", "01.01.198001", "            ",
    ],
)  # fmt: skip
def test_what_is_guessed_first_is_refused_with_a_reason(password):
    verdict = password_verdict(password, context=KNOWN)
    assert not verdict
    assert verdict.message % verdict.values


def test_judging_never_takes_long():
    for text in ("a" * 128, "ab" * 64, "passwort" * 16, "1234567890" * 12 + "12345678", "aab" * 42):
        start = time.process_time()
        password_verdict(text, context=(text, text))
        assert time.process_time() - start < 0.5
    start = time.process_time()
    password_verdict("vier krumme Dosen", context=("x" * 500_000, "ab cd ef gh " * 50_000))
    assert time.process_time() - start < 0.5


@pytest.mark.usefixtures("real_hashing")
def test_a_hash_is_argon2id_with_our_cost_and_fits_its_password_only():
    first, second = hash_password("vier krumme Dosen"), hash_password("vier krumme Dosen")
    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second
    assert is_right(first, "vier krumme Dosen")
    assert not is_right(first, "vier krumme Dosen ")
    assert not is_outdated(first)
