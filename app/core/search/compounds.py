"""German compounds, found by their parts without any list of words.

"Rechnungsadresse" is found by "Adresse" and by "Rechnung"; asked for, it also finds "Rechnung" and
"Adresse" where these stand in the index. All of this happens to the query, so an index that was
filled bit by bit and one built anew find the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.core.search.analysis import german_term
from app.core.search.vocabulary import Vocabulary

MIN_WORD = 3  # letters of a word, mostly its stem, that is looked for inside others
SURE_FROM = 5  # letters from which it is taken for a part wherever it stands first or last
MIN_REST = 3  # letters of what stands beside it: Fahr-rad, but no Ab-rechnung
MIN_SPLIT = 4  # letters of both parts where a word that is asked for is taken apart
MAX_LOOKED_AT = 200  # longer words of each direction, in the vocabulary's order
MAX_COMPOUNDS = 10  # the most frequent of them are looked for

# No words of their own; ab-, an-, be- … are too short, auf-, aus-, vor- … are stop words.
PREFIXES = {"ent", "ver", "zer", "miss"}
LINKS = ("", "s", "n", "en", "es", "er", "e")  # what may stand between two parts

_BEFORE = "wort"  # any first part
Rests = dict[str, tuple[str, ...]]  # a longer word → what may be left of it without the word


def holding(vocabulary: Vocabulary, terms: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each term the compounds of which it is the first or last part, the frequent ones.

    Beside a short word ("Rad", "Haus") the rest must be a word of the index: a Kamerad is no bike.
    """
    found = _longer(vocabulary, [term for term in terms if len(term) >= MIN_WORD])
    unsure = [rests for term, rests in found.items() if len(term) < SURE_FROM]
    known = vocabulary.frequency({n for rests in unsure for rest in rests.values() for n in rest})
    sound = {
        term: [
            longer
            for longer, rest in rests.items()
            if (rest if len(term) >= SURE_FROM else any(name in known for name in rest))
        ]
        for term, rests in found.items()
    }
    return {term: _most_frequent(vocabulary, some) for term, some in sound.items()}


def parts(vocabulary: Vocabulary, written: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The terms of the two words that each word, as written, is most likely made of, if any.

    Of several cuts the one whose parts are most frequent by their geometric mean (Koehn and
    Knight, Empirical Methods for Compound Splitting, 2003).
    """
    cuts = {word: tuple(_cuts(word)) for word in written}
    known = vocabulary.frequency({part for found in cuts.values() for cut in found for part in cut})
    best: dict[str, tuple[str, str]] = {}
    for word, found in cuts.items():
        sound = [cut for cut in found if cut[0] in known and cut[1] in known]
        if sound:
            best[word] = max(sound, key=lambda cut: known[cut[0]] * known[cut[1]])
    return best


def is_part(term: str, longer: str) -> bool:
    """Whether a word stands first or last in a longer one; both are terms."""
    return len(longer) >= len(term) + MIN_REST and (
        longer.startswith(term) or longer.endswith(tuple(_ends(term)))
    )


def _longer(vocabulary: Vocabulary, asked: Sequence[str]) -> dict[str, Rests]:
    first = vocabulary.starting(asked, MAX_LOOKED_AT)
    last = vocabulary.ending(sorted({end for term in asked for end in _ends(term)}), MAX_LOOKED_AT)
    found: dict[str, Rests] = {}
    for term in asked:
        rests = {longer: tuple(_tails(longer[len(term) :])) for longer in first.get(term, ())}
        for end in _ends(term):
            rests |= {longer: tuple(_heads(longer[: -len(end)])) for longer in last.get(end, ())}
        found[term] = rests
    return found


def _ends(term: str) -> set[str]:
    """How a word may end in the stem of a compound: that of Stromrechnung is "stromrechn"."""
    return {term, (german_term(_BEFORE + term) or term).removeprefix(_BEFORE)}


def _tails(rest: str) -> Iterator[str]:
    """What may follow a first part; terms are stems already."""
    for link in LINKS:
        if rest.startswith(link) and len(rest) - len(link) >= MIN_REST:
            yield rest[len(link) :]


def _heads(rest: str) -> Iterator[str]:
    """What may stand before a last part: its stem, without the link."""
    for link in LINKS:
        head = rest.removesuffix(link)
        if rest.endswith(link) and len(head) >= MIN_REST and head not in PREFIXES:
            term = german_term(head)
            if term:
                yield term


def _cuts(word: str) -> Iterator[tuple[str, str]]:
    for place in range(MIN_SPLIT, len(word) - MIN_SPLIT + 1):
        tail = german_term(word[place:])
        for head in dict.fromkeys(_heads(word[:place])):
            if tail:
                yield head, tail


def _most_frequent(vocabulary: Vocabulary, terms: Sequence[str]) -> tuple[str, ...]:
    if len(terms) <= MAX_COMPOUNDS:
        return tuple(terms)
    often = vocabulary.frequency(terms)
    return tuple(sorted(terms, key=lambda term: (-often.get(term, 0), term))[:MAX_COMPOUNDS])
