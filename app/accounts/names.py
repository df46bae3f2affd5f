"""Display names: which are possible, which are the same, and which look the same. Pure.

Scripts are told apart by the first word of a character's Unicode name; the standard library has no
script property, and for letters of the living scripts listed here both agree.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator

from app.core.errors import N_
from app.core.rules import ALLOW, Verdict, deny

NAME_MIN = 3
NAME_MAX = 30
KEY_LENGTH = 300  # the columns' bound; an imported name may grow when it is folded

SEPARATORS = "._-"
#: East Asian writing mixes three of them within one word.
SCRIPTS = {
    "LATIN": "latin",
    "GREEK": "greek",
    "CYRILLIC": "cyrillic",
    "ARMENIAN": "armenian",
    "GEORGIAN": "georgian",
    "HEBREW": "hebrew",
    "ARABIC": "arabic",
    "DEVANAGARI": "devanagari",
    "BENGALI": "bengali",
    "TAMIL": "tamil",
    "THAI": "thai",
    "HANGUL": "hangul",
    "CJK": "han",
    "HIRAGANA": "han",
    "KATAKANA": "han",
}
#: Letters that living languages use. What lies beyond in Unicode (phonetic, historic, mathematical
#: letters) mostly serves to imitate these.
_COMMON_LETTERS = re.compile(
    "[A-Za-zÀ-ÖØ-öø-žƏəƠơƯưǍ-ǜȘ-țḀ-ẙẞẠ-ỹ"
    "Ά-ώ"  # Greek without its archaic and symbol forms
    "Ѐ-џҐ-ӹ]"
)
_CHECKED_SCRIPTS = frozenset({"latin", "greek", "cyrillic"})
_WEB_ADDRESS = re.compile(
    r"^www\.|\.(?:com|net|org|info|biz|shop|online|site|top|xyz|link|app|dev|io|me|tv|eu|de|at|ch|ru|tk)$"
)
_TEAM_WORDS = (
    "admin", "administrator", "administration", "moderator", "moderation", "support", "service",
    "serviceteam", "kundenservice", "kundendienst", "team", "system", "webmaster", "postmaster",
    "root", "helferkreis", "official", "offiziell",
)  # fmt: skip

# Pairs that a reader takes for each other (after Unicode TS 39), per letter of the left side.
# Capitals come first: they are compared before the case is folded.
_LOOKALIKES = {
    "l": "I1|ІӀΙӏ",
    "o": "0ОοоОΟσօ",
    "A": "АΑ", "B": "ВΒ", "C": "СϹ", "E": "ЕΕ", "G": "Ԍ", "H": "НΗ", "J": "ЈͿ", "K": "КΚ",
    "M": "МΜϺ", "N": "Ν", "P": "РΡ", "Q": "Ԛ", "S": "ЅՏ", "T": "ТΤ", "V": "Ѵ", "W": "Ԝ",
    "X": "ХΧ", "Y": "УΥҮ", "Z": "Ζ",
    "a": "аαɑ", "b": "Ьь", "c": "сϲ", "d": "ԁ", "e": "еҽє", "g": "ɡց", "h": "һհ", "i": "іιıї",
    "j": "јϳ", "n": "ոп", "p": "рρ", "q": "ԛզ", "r": "г", "s": "ѕ", "u": "υսц", "v": "νѵ",
    "w": "ѡԝω", "x": "хχ", "y": "уγү", "k": "кκ", "m": "м", "t": "тτ",
    "3": "ЗӠз", "6": "б", "ß": "β",
}  # fmt: skip
_TO_PLAIN = str.maketrans({other: plain for plain, all_ in _LOOKALIKES.items() for other in all_})
_TO_PAIRS = str.maketrans({"m": "rn", "w": "vv"})
#: Marks that are hard to tell apart: caron and breve; cedilla, comma and ogonek; ő and ö.
_TO_MARKS = str.maketrans(
    {"\u030c": "\u0306", "\u0326": "\u0327", "\u0328": "\u0327", "\u030b": "\u0308"}
)


def name_verdict(name: str, *, house: Iterable[str] = (), reserved: bool = False) -> Verdict:
    """May a person choose this name? `house` is what forum and company are called; `reserved`
    allows that, and the words that the team goes by.
    """
    if not NAME_MIN <= len(name) <= NAME_MAX:
        return deny(
            N_(
                "A name has %(low)s to %(high)s characters; this one has %(count)s. Please choose "
                "another one."
            ),
            low=NAME_MIN,
            high=NAME_MAX,
            count=len(name),
        )
    wrong = next((c for c in name if not _is_possible(c)), None)
    if wrong is not None:
        return deny(
            N_(
                "“%(character)s” cannot be part of a name. Possible are letters, digits and the "
                "signs . _ -"
            ),
            character=wrong if wrong.isprintable() else f"U+{ord(wrong):04X}",
        )
    shape = _shape_verdict(name)
    if shape and not reserved and _sounds_official(name, house):
        return deny(N_("This name could be taken for the team. Please choose another one."))
    return shape


def _sounds_official(name: str, house: Iterable[str]) -> bool:
    """A word of the team, the house's own name, or both: "Support", "Talfunk", "Talfunk-Team"."""
    said = _bare(name)
    if said in _TEAM_SKELETONS:
        return True
    names = {_bare(own) for own in house} - {""}
    ends = {said.removeprefix(own) for own in names} | {said.removesuffix(own) for own in names}
    return bool(names & {said} or (ends - {said}) & _TEAM_SKELETONS)


def _bare(name: str) -> str:
    """The skeleton of its letters and digits alone."""
    return name_skeleton(re.sub(r"[\W_]", "", name))


def _is_possible(character: str) -> bool:
    if character in SEPARATORS or (character.isascii() and character.isdigit()):
        return True
    script = _script(character)
    if script is None or unicodedata.normalize("NFKC", character) != character:
        return False
    return script not in _CHECKED_SCRIPTS or _COMMON_LETTERS.fullmatch(character) is not None


def _script(character: str) -> str | None:
    """The script of a letter, or of a vowel sign in an Indic or Thai word; None for the rest."""
    if unicodedata.category(character)[0] == "L" or unicodedata.category(character) in ("Mn", "Mc"):
        return SCRIPTS.get(unicodedata.name(character, "").split(" ")[0])
    return None


def _shape_verdict(name: str) -> Verdict:
    if len({_script(c) for c in name} - {None}) > 1:
        return deny(
            N_(
                "A name uses the letters of one alphabet; this one mixes several. Please keep to one."
            )
        )
    if not any(c.isalpha() for c in name):
        return deny(N_("A name needs at least one letter. Please add one."))
    if not (name[0].isalnum() and name[-1] not in SEPARATORS) or re.search(r"[._-]{2}", name):
        return deny(
            N_(
                "The signs . _ - can only stand singly between letters or digits, not at the ends. "
                "Please move or remove them."
            )
        )
    if _WEB_ADDRESS.search(name.casefold()):
        return deny(N_("A name cannot look like a web address. Please choose another one."))
    return ALLOW


def name_key(name: str) -> str:
    """Equal for names that are the same but for case and compatibility forms; any text is taken."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return _bounded(folded)


def name_skeleton(name: str) -> str:
    """Equal for names that a reader takes for each other; any text is taken.

    Not a name to show, and not for searching: „Ida“ and „lda“ have the same.
    """
    plain = unicodedata.normalize("NFKC", name).translate(_TO_PLAIN).casefold()
    marks = unicodedata.normalize("NFD", plain).translate(_TO_MARKS)
    return _bounded(marks.translate(_TO_PLAIN).translate(_TO_PAIRS))


def _bounded(text: str) -> str:
    if len(text) <= KEY_LENGTH:
        return text
    return text[: KEY_LENGTH - 64] + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def free_variants(name: str, *, joint: str = "", limit: int = NAME_MAX) -> Iterator[str]:
    """`name`2, `name`3, …, kept within `limit` characters; the caller takes the first free one."""
    for number in range(2, 10_000):
        end = f"{joint}{number}"
        yield name[: limit - len(end)].rstrip(SEPARATORS) + end


_TEAM_SKELETONS = frozenset(name_skeleton(word) for word in _TEAM_WORDS)
