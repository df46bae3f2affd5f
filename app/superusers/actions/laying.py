"""What set-up brings: the ladder with its criteria, and the charter in both languages."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import update

from app.accounts import actions as accounts
from app.accounts import queries as people
from app.core.db import db, insert_once
from app.superusers.models import RankCriteria

CHARTER = "charter"
FOLDER = Path(__file__).parent.parent / "data"
LANGUAGES = ("de", "en")
SUPERUSER = "superuser"

#: key → (German, English, points, solutions, thankers, days), lowest first.
RANKS = {
    "newcomer": ("Neu dabei", "New here", 0, 0, 0, 0),
    "helper": ("Helfer", "Helper", 20, 1, 2, 0),
    "expert": ("Kenner", "Expert", 100, 4, 4, 14),
    "mentor": ("Vordenker", "Mentor", 250, 7, 6, 30),
}
SUPERUSER_ASKS = (500, 10, 8, 60)


def lay_ranks() -> None:
    """Lay what is missing; what the operator has changed stays. Also the charter's first version."""
    for position, (key, (name_de, name_en, *asks)) in enumerate(RANKS.items()):
        rank_id = accounts.lay_rank(key, name_de=name_de, name_en=name_en, position=position)
        _lay(key, rank_id, position, asks)
    _lay(SUPERUSER, None, len(RANKS), SUPERUSER_ASKS)
    if people.current_version(CHARTER) is None:
        for language in LANGUAGES:
            title, text = charter_text(language)
            accounts.publish_document(CHARTER, 1, language, title, text)


def change_criteria(key: str, *, points: int, solutions: int, thankers: int, days: int) -> None:
    """What a step of the ladder asks for from now on; ranks follow with the next review."""
    asks = {"points": points, "solutions": solutions, "thankers": thankers, "days": days}
    db.session.execute(update(RankCriteria).where(RankCriteria.key == key).values(**asks))


def charter_text(language: str) -> tuple[str, str]:
    """Title and Markdown of the charter that we ship."""
    title, _, text = (FOLDER / f"charter.{language}.md").read_text("utf-8").partition("\n")
    return title.removeprefix("# ").strip(), text.strip()


def _lay(
    key: str, rank_id: int | None, position: int, asks: list[int] | tuple[int, int, int, int]
) -> None:
    points, solutions, thankers, days = asks
    insert_once(
        RankCriteria,
        key=key,
        rank_id=rank_id,
        position=position,
        points=points,
        solutions=solutions,
        thankers=thankers,
        days=days,
    )
