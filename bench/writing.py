"""One board's language: nouns with a Zipf distribution, sentences filled with them, whole posts."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate
from random import Random
from typing import Generic, NamedTuple, TypeVar

from bench import german, sentences

TRIPLE_SHARE = 0.06  # compounds of three parts: the long tail of words that stand in one post only
ZIPF_WORDS = 1.05
CASES = {"nom": 0, "akk": 1, "dat": 2}
ARTICLES = {
    "der": {"m": ("der", "den", "dem"), "f": ("die", "die", "der"), "n": ("das", "das", "dem")},
    "mein": {
        "m": ("mein", "meinen", "meinem"),
        "f": ("meine", "meine", "meiner"),
        "n": ("mein", "mein", "meinem"),
    },
    "ein": {
        "m": ("ein", "einen", "einem"),
        "f": ("eine", "eine", "einer"),
        "n": ("ein", "ein", "einem"),
    },
}
#: What a gap asks for: article and case.
GAPS = {
    form: (article, case)
    for article, forms in ARTICLES.items()
    for case, form in enumerate(forms["m"])
}

Item = TypeVar("Item")


class Zipf(Generic[Item]):
    """Picks items so that the n-th is chosen with a weight of 1 / (n + shift) ** exponent."""

    def __init__(self, items: Sequence[Item], exponent: float, shift: float = 0.0) -> None:
        self.items = items
        self._sums = list(accumulate((n + shift) ** -exponent for n in range(1, len(items) + 1)))

    def pick(self, random: Random) -> Item:
        return self.items[bisect(self._sums, random.random() * self._sums[-1])]


class Noun(NamedTuple):
    gender: str
    word: str

    def with_article(self, article: str, case: int) -> str:
        return f"{ARTICLES[article][self.gender][case]} {self.word}"


class Language:
    """The words of one theme. `random` decides everything, so equal seeds write equal texts."""

    def __init__(self, theme: german.Theme, random: Random) -> None:
        self._firsts = theme.firsts + german.COMMON_FIRSTS
        self._heads = [_noun(head) for head in theme.heads + german.COMMON_HEADS]
        nouns = list(dict.fromkeys(self._heads + self._compounds()))
        random.shuffle(nouns)
        self._nouns = Zipf(nouns, ZIPF_WORDS)

    def noun(self, random: Random) -> Noun:
        if random.random() < TRIPLE_SHARE:
            first, second = random.sample(self._firsts, 2)
            return _joined(first, _joined(second, random.choice(self._heads)))
        return self._nouns.pick(random)

    def _compounds(self) -> list[Noun]:
        return [_joined(first, head) for first in self._firsts for head in self._heads]


def _noun(text: str) -> Noun:
    gender, word = text.split(":")
    return Noun(gender, word)


def _joined(first: str, head: Noun) -> Noun:
    """Netz + Störung → Netzstörung, but WLAN-Störung and Kfz-Meldung."""
    if first.isupper() or first == "Kfz" or head.word[:4].isupper():
        return Noun(head.gender, f"{first}-{head.word}")
    return Noun(head.gender, first + head.word[0].lower() + head.word[1:])


class Topic:
    """Writes the texts of one topic around its two nouns; `name` is who is spoken to."""

    def __init__(self, language: Language, random: Random, day: datetime, asker: str) -> None:
        self._language = language
        self._random = random
        self._day = day
        self.asker = asker
        self._about = (language.noun(random), language.noun(random))

    def title(self) -> str:
        return self._upper(self._fill(self._random.choice(sentences.TITLES)))[:200]

    def question(self) -> str:
        return self._text(sentences.ASKING, self._length(6))

    def answer(self) -> str:
        text = self._text(sentences.ANSWERING, self._length(4))
        ornament = self._random.random()
        if ornament < 0.08:
            text += "\n\n" + self._list(sentences.STEPS)
        elif ornament < 0.11:
            text += "\n\n```\n" + "\n".join(map(self._fill, sentences.LOG)) + "\n```"
        elif ornament < 0.15:
            text = "> " + self._sentence(sentences.ASKING) + "\n\n" + text
        elif ornament < 0.18:
            text += f"\n\nMehr dazu: https://www.example.org/hilfe/{self['digits']}"
        elif ornament < 0.23:
            text += f" **{self._sentence(sentences.ANSWERING)}**"
        return text

    def remark(self) -> str:
        return self._text(sentences.THANKING, self._random.randint(1, 2))

    def __getitem__(self, gap: str) -> str:
        """What goes into a gap of a sentence."""
        other = gap.endswith("2")
        key = gap.removesuffix("2")
        if key.lower() in GAPS:
            words = self._noun(other).with_article(*GAPS[key.lower()])
            return self._upper(words) if key[0].isupper() else words
        return self._noun(other).word if key == "noun" else self._detail(key)

    def _noun(self, other: bool) -> Noun:
        if other:
            return self._language.noun(self._random)
        return self._about[self._random.random() < 0.3]

    def _detail(self, key: str) -> str:
        random = self._random
        match key:
            case "state":
                return random.choice(german.STATES)
            case "when":
                return random.choice(german.WHEN)
            case "where":
                return random.choice(german.WHERE)
            case "where_":
                return self._upper(random.choice(german.WHERE))
            case "place":
                return random.choice(german.PLACES)
            case "doing":
                return random.choice(german.DOING)
            case "name":
                return self.asker
            case "code":
                return f"{random.choice('EFKMNX')}{random.randint(100, 9999)}"
            case "amount":
                return f"{random.randint(3, 900)},{random.randint(0, 99):02} Euro"
            case "date":
                return f"{random.randint(1, 28)}.{random.randint(1, 12)}.{self._day.year}"
            case "digits":
                return str(random.randint(1000, 999_999))
        raise KeyError(key)

    def _length(self, usual: int) -> int:
        """Sentences: many short posts, a few long ones."""
        return max(2, min(40, round(usual * self._random.lognormvariate(-0.1, 0.5))))

    def _text(self, patterns: Sequence[str], count: int) -> str:
        paragraphs, left = [], count
        while left > 0:
            part = min(left, self._random.randint(2, 4))
            paragraphs.append(" ".join(self._sentence(patterns) for _ in range(part)))
            left -= part
        return "\n\n".join(paragraphs)

    def _sentence(self, patterns: Sequence[str]) -> str:
        return self._upper(self._fill(self._random.choice(patterns)))

    def _list(self, patterns: Sequence[str]) -> str:
        steps = self._random.sample(patterns, self._random.randint(3, len(patterns)))
        return "\n".join(f"{number}. {self._fill(step)}" for number, step in enumerate(steps, 1))

    def _fill(self, pattern: str) -> str:
        return pattern.format_map(self)  # type: ignore[arg-type]  # only __getitem__ is asked

    @staticmethod
    def _upper(text: str) -> str:
        return text[0].upper() + text[1:]
