"""The operator's command for a changed netiquette, and what its file must look like."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from app.core.db import transaction
from app.core.errors import AppError
from app.core.locale import LANGUAGES
from app.core.text import TextError
from app.moderation import actions, queries
from app.moderation.actions.rulebook import FRAME
from app.moderation.models import RULE_TEXT_LENGTH, RULE_TITLE_LENGTH

GROUNDS = ("incompatible", "illegal")
CATEGORY = "STATEMENT_CATEGORY_"
FRAME_LENGTH = 10_000
CATEGORY_LENGTH = 100
LENGTHS = {
    "title": RULE_TITLE_LENGTH,
    "text": RULE_TEXT_LENGTH,
    "reason": RULE_TEXT_LENGTH,
    "example": RULE_TEXT_LENGTH,
}


@click.command("publish-netiquette")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def publish_netiquette(file: Path) -> None:
    """Put a netiquette in force as the next version; the same one again changes nothing.

    FILE is JSON in the form of app/moderation/data/netiquette.json. Members accept the new version
    before they write again.
    """
    content = _read(file)
    if faults := list(netiquette_faults(content)):
        raise click.ClickException(f"{file} is no netiquette:\n" + "\n".join(faults))
    before = queries.current_rulebook()
    number = before.version if before is not None else 0
    try:
        with transaction():
            rulebook, is_draft_kept = actions.publish_file(content)
    except (AppError, TextError) as error:
        raise click.ClickException(f"{file}: {error}") from error
    if rulebook.version == number:
        click.echo(f"Version {number} says the same already.", err=True)
        return
    click.echo(f"Version {rulebook.version} of the netiquette is in force.", err=True)
    if is_draft_kept:
        click.echo("The draft at /admin/netiquette is kept; publishing it replaces this.", err=True)


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file} is not UTF-8.") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise click.ClickException(f"{file} is not JSON: {error}") from error


def netiquette_faults(content: Any) -> Iterator[str]:
    """Everything that is wrong, one line each, beginning with the field: "rules[2].title.de: …"."""
    if not isinstance(content, dict):
        yield "The file must hold one JSON object."
        return
    for part in FRAME:
        yield from _words(content, part, part, FRAME_LENGTH)
    rules = content.get("rules")
    if not isinstance(rules, list) or not rules:
        yield "rules: must be a list of at least one rule."
        return
    for index, rule in enumerate(rules):
        yield from _rule_faults(rule, f"rules[{index}]")
    numbers = [rule.get("number") for rule in rules if isinstance(rule, dict)]
    if numbers != list(range(1, len(rules) + 1)):
        yield f"rules: must be numbered 1 to {len(rules)} in order."
    if not any(isinstance(rule, dict) and rule.get("reportable") is True for rule in rules):
        yield "rules: at least one must be reportable."


def _rule_faults(rule: Any, where: str) -> Iterator[str]:
    if not isinstance(rule, dict):
        yield f"{where}: must be an object."
        return
    for part, length in LENGTHS.items():
        yield from _words(rule, part, f"{where}.{part}", length)
    steps = rule.get("steps")
    if not isinstance(steps, list) or not all(isinstance(s, str) and s.strip() for s in steps):
        yield f"{where}.steps: must be a list of words."
    if rule.get("dsa_ground") not in GROUNDS:
        yield f"{where}.dsa_ground: must be one of {', '.join(GROUNDS)}."
    category = rule.get("dsa_category")
    if not isinstance(category, str) or not category.startswith(CATEGORY):
        yield f"{where}.dsa_category: must begin with {CATEGORY}."
    elif len(category) > CATEGORY_LENGTH:
        yield f"{where}.dsa_category: has more than {CATEGORY_LENGTH} characters."
    if not isinstance(rule.get("reportable"), bool):
        yield f"{where}.reportable: must be true or false."


def _words(holder: dict[str, Any], part: str, where: str, length: int) -> Iterator[str]:
    """The same in both languages."""
    words = holder.get(part)
    for language in LANGUAGES:
        text = words.get(language) if isinstance(words, dict) else None
        if not isinstance(text, str) or not text.strip():
            yield f"{where}.{language}: is missing."
        elif len(text) > length:
            yield f"{where}.{language}: has more than {length} characters."
        elif "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
            yield f"{where}.{language}: holds a character that cannot be kept."
