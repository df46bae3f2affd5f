"""The passage of a text that answers a query, cut to length, with the matching words marked."""

from __future__ import annotations

import unicodedata
from itertools import takewhile

from app.core.search.analysis import english_term, german_term, prefixes, words
from app.core.search.compounds import SURE_FROM, is_part
from app.core.search.query import Prefix, Query, parse

MAX_TEXT = 40_000  # characters looked through; a match further down is not worth the time
_CUT = "…"


def highlight(text: str, query: str, length: int = 240) -> list[tuple[str, bool]]:
    """Pieces of plain text in order, each with whether it matches; whitespace becomes one blank.

    About `length` characters from where most different words of the query stand; the beginning
    where none does. Nothing is escaped: the template does that.
    """
    text = " ".join(unicodedata.normalize("NFC", text[:MAX_TEXT]).split())
    matches = _matches(text, parse(query))
    start = _best_start(matches, length)
    start, end = _word_bounds(text, start, length)
    return _pieces(text, start, end, [(begin, stop) for begin, stop, _ in matches])


def _matches(text: str, query: Query) -> list[tuple[int, int, str]]:
    """(start, end, term) of each word that the query means."""
    wanted = {term for word in query.words if not isinstance(word, Prefix) for term in word.terms}
    wanted |= {term for phrase in query.phrases for seq in phrase.sequences for term in seq}
    parts = sorted(term for term in wanted if len(term) >= SURE_FROM)
    begins = tuple(b for word in query.words if isinstance(word, Prefix) for b in word.beginnings)
    found: list[tuple[int, int, str]] = []
    for start, end, word in words(text):
        stem = german_term(word)
        forms = {stem, english_term(word)} & wanted
        if forms:
            found.append((start, end, min(form for form in forms if form)))
        elif stem and (part := next((p for p in parts if is_part(p, stem)), None)):
            found.append((start, end, part))
        elif begins and any(form.startswith(begins) for form in prefixes(word)):
            found.append((start, end, _CUT))
    return found


def _best_start(matches: list[tuple[int, int, str]], length: int) -> int:
    """Where `length` characters hold the most different terms; the first of equals."""
    best, most = 0, 0
    for index, (start, _, _) in enumerate(matches):
        inside = takewhile(lambda match: match[1] <= start + length, matches[index : index + 50])  # noqa: B023
        different = len({term for _, _, term in inside})
        if different > most:
            best, most = start, different
    return best


def _word_bounds(text: str, start: int, length: int) -> tuple[int, int]:
    """A little context before the match, and no word cut in half (unless it is a very long one)."""
    if len(text) <= length:
        return 0, len(text)
    start = max(0, min(start - length // 4, len(text) - length))
    if start:
        blank = text.find(" ", start, start + length // 4)
        start = blank + 1 if blank >= 0 else start
    end = min(len(text), start + length)
    if end < len(text):
        blank = text.rfind(" ", end - length // 4, end)
        end = blank if blank > start else end
    return start, end


def _pieces(
    text: str, start: int, end: int, matches: list[tuple[int, int]]
) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    position = start
    for begin, stop in matches:
        if begin >= position and stop <= end:
            pieces += [(text[position:begin], False), (text[begin:stop], True)]
            position = stop
    pieces.append((text[position:end], False))
    if start:
        pieces.insert(0, (_CUT, False))
    if end < len(text):
        pieces.append((_CUT, False))
    return _joined([piece for piece in pieces if piece[0]])


def _joined(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    joined: list[tuple[str, bool]] = []
    for text, is_match in pieces:
        if joined and not is_match and not joined[-1][1]:
            joined[-1] = (joined[-1][0] + text, False)
        else:
            joined.append((text, is_match))
    return joined
