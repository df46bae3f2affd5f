"""Which passwords are too easy to guess. Pure; the hashing lives in app/core/hashing.py.

A list of leaked passwords would be megabytes, yet few of its entries have 12 characters; those that
do are glued from common words, keyboard runs, digits and repeats. So we take such chunks out and
count what is left to guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.core.errors import N_
from app.core.rules import ALLOW, Verdict, deny

PASSWORD_MIN = 12
PASSWORD_MAX = 128
ENOUGH_TO_GUESS = 6  # chunks and single characters that must remain
SHORTEST_CHUNK = 3
CONTEXT_LENGTH = 300  # of a name or an address; longer ones are refused anyway

COMMON_WORDS = frozenset(
    """
    passwort password kennwort passwd parole geheim secret losung zugang login willkommen
    welcome hallo hello servus admin administrator root master system user benutzer kunde
    customer guest gast test tester testing demo start default changeme letmein internet
    computer router fritzbox telefon handy windows google facebook instagram amazon apple
    samsung iphone android microsoft linux iloveyou loveyou love liebe ichliebedich schatz
    schatzi hase baby angel engel princess prinzessin sunshine sonne sonnenschein sommer
    summer winter herbst autumn spring fruehling frühling januar februar maerz märz april juni
    juli august september oktober november dezember january february march june july october
    december montag dienstag mittwoch donnerstag freitag samstag sonntag monday tuesday
    wednesday thursday friday saturday sunday fussball football soccer basketball baseball
    hockey bayern dortmund schalke borussia hamburg berlin muenchen münchen koeln köln
    frankfurt deutschland germany dragon monkey tiger shadow batman superman pokemon starwars
    naruto jordan killer hunter ranger michael daniel thomas andreas stefan christian
    alexander sebastian jessica jennifer ashley nicole charlie maggie buster ginger pepper
    cookie banana orange cheese chocolate schokolade flower blume mercedes porsche ferrari bmw
    audi trustno one access freedom whatever nothing blink forever family familie mutter vater
    mama papa bruder schwester freund friend friends heaven jesus money geld arschloch fuck
    fuckyou hottie lovely snoopy matrix mustang corvette harley yankees cowboys eagles
    correcthorsebatterystaple helferkreis forum community service support hotline the and und
    der die das my mein meine ist is you ich
    """.split()  # noqa: SIM905 — a list literal would be 200 lines
)
_RUNS = (
    "1234567890", "0987654321", "qwertzuiopü", "qwertyuiop", "asdfghjklö", "yxcvbnm", "zxcvbnm",
    "poiuztrewq", "poiuytrewq", "lkjhgfdsa", "mnbvcxy", "mnbvcxz", "abcdefghijklmnopqrstuvwxyz",
    "zyxwvutsrqponmlkjihgfedcba", "1qay2wsx3edc4rfv5tgb6zhn7ujm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "qaywsxedcrfvtgbzhnujm", "qazwsxedcrfvtgbyhnujm", "zaq12wsxcde3", "yaq12wsxcde3",
    "1q2w3e4r5t6z7u8i9o0p", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5z6u7i8o9p0", "q1w2e3r4t5y6u7i8o9p0",
    "1a2b3c4d5e6f7g8h9i0j", "a1b2c3d4e5f6g7h8i9j0", "adgjmptw", "147258369", "741852963",
    "789456123", "!@#$%^&*()", "!\"§$%&/()=",
)  # fmt: skip
_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a",
                       "$": "s", "!": "i", "€": "e"})  # fmt: skip
_NUMBERS = re.compile(r"(?:19|20)\d\d|(\d)\1+|\d{1,2}[.]\d{1,2}[.]?")
_SIGNS = re.compile(r"[\s!-/:-@\[-`{-~]+")  # a sign at the end is the first thing guessers add
_REPEAT = re.compile(r"(.{1,8}?)\1+", re.DOTALL)


def password_verdict(password: str, *, context: Iterable[str] = ()) -> Verdict:
    """`context` is what everybody knows: the name, the address, the name of the forum."""
    if len(password) < PASSWORD_MIN:
        return deny(
            N_(
                "A password needs at least %(low)s characters. "
                "This one has %(count)s; a short sentence is easy to remember."
            ),
            low=PASSWORD_MIN,
            count=len(password),
        )
    if len(password) > PASSWORD_MAX:
        return deny(
            N_(
                "A password can have up to %(high)s characters; this one has %(count)s. Please "
                "shorten it."
            ),
            high=PASSWORD_MAX,
            count=len(password),
        )
    if left_to_guess(password, context=context) < ENOUGH_TO_GUESS:
        return deny(
            N_(
                "This password is easy to guess: it consists of common words, your own data or "
                "simple patterns. Four unusual words in a row are better."
            )
        )
    return ALLOW


def left_to_guess(password: str, *, context: Iterable[str] = ()) -> int:
    """How many chunks and further characters a guesser has to find."""
    known = sorted({*COMMON_WORDS, *_words_of(context)}, key=len, reverse=True)
    plain = password.casefold()
    return min(_count(plain, known), _count(plain.translate(_LEET), known))


def _words_of(context: Iterable[str]) -> set[str]:
    known = [text[:CONTEXT_LENGTH].casefold() for text in context]
    words = {word for text in known for word in re.split(r"[\W_]+", text)}
    return {word for word in words if len(word) >= SHORTEST_CHUNK}


def _count(text: str, known: list[str]) -> int:
    """A chunk that comes twice counts once; doubled letters fall after the words are out."""
    chunks: set[str] = set()
    for pattern in (_RUN_PATTERN, _NUMBERS, _word_pattern(known)):
        chunks.update(match.group() for match in pattern.finditer(text))
        text = pattern.sub("\n", text)
    rest = _REPEAT.sub(r"\1", _SIGNS.sub("", text))
    return len(chunks) + len(rest)


def _word_pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in words))


def _pieces_of_runs() -> list[str]:
    """Every piece of at least four keys of a run, longest first."""
    pieces = {
        run[start:end]
        for run in _RUNS
        for start in range(len(run))
        for end in range(start + 4, len(run) + 1)
    }
    return sorted(pieces, key=len, reverse=True)


_RUN_PATTERN = _word_pattern(_pieces_of_runs())
