"""The netiquette for programs."""

from __future__ import annotations

from typing import Any

from flask import jsonify, request, url_for
from werkzeug.wrappers import Response

from app.accounts.policies import everyone
from app.core.cache import cached
from app.core.errors import NotFound
from app.core.locale import LANGUAGES
from app.core.numbers import whole
from app.core.web.policy import policy
from app.moderation import queries
from app.moderation.models import Rule, Rulebook
from app.moderation.views.blueprint import bp


@bp.get("/netiquette.json")
@policy(everyone)
@cached(query=("version",))
def rulebook() -> Response:
    """The version in force, or with `?version=` an older one."""
    wanted = request.args.get("version", "")
    if wanted:
        version = whole(wanted)
        found = queries.rulebook_of_version(version) if version else None
    else:
        found = queries.current_rulebook()
    if found is None:
        raise NotFound()
    return jsonify(_machine_readable(found))


def _machine_readable(found: Rulebook) -> dict[str, Any]:
    return {
        "version": found.version,
        "valid_from": found.valid_from.isoformat().replace("+00:00", "Z"),
        "sha256": found.sha256,
        "languages": list(LANGUAGES),
        "url": url_for("accounts.document", _external=True),
        **found.frame,
        "rules": [_rule(rule) for rule in queries.rules_of(found.id)],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "number": rule.number,
        **{
            part: {language: getattr(rule, f"{part}_{language}") for language in LANGUAGES}
            for part in ("title", "text", "reason", "example")
        },
        "steps": rule.steps,
        "dsa_ground": rule.dsa_ground,
        "dsa_category": rule.dsa_category,
        "reportable": rule.reportable,
        "url": url_for("accounts.document", _external=True, _anchor=f"rule-{rule.number}"),
    }
