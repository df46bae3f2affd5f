"""Public texts besides the netiquette: our templates, filled in with what the software does, and
putting a text in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Template

from app.accounts import actions as accounts
from app.accounts import queries as people
from app.accounts.actor import Actor
from app.accounts.models import LIFETIME_DAYS
from app.accounts.session import IDLE_DAYS, STAFF_IDLE_HOURS, STAFF_LIFETIME_DAYS
from app.administration.events import TextPublished
from app.administration.rules import can_administer
from app.core.errors import N_, Conflict, Refused
from app.core.events import record
from app.core.rules import require
from app.core.search.misses import KEEP_DAYS as MISSES_DAYS
from app.core.settings import Settings
from app.core.text import literal
from app.core.tidy import EVENT_DAYS, FAILED_JOB_DAYS, JOB_DAYS
from app.core.web.idempotency import KEEP_HOURS

KINDS = ("privacy", "accessibility")
FOLDER = Path(__file__).parent.parent / "data"
#: Figures for the texts; those that the house keeps to itself are repeated, and a test compares.
FIGURES = {
    "idle_days": IDLE_DAYS,
    "lifetime_days": LIFETIME_DAYS,
    "staff_idle_hours": STAFF_IDLE_HOURS,
    "staff_lifetime_days": STAFF_LIFETIME_DAYS,
    "event_days": EVENT_DAYS,
    "job_days": JOB_DAYS,
    "failed_job_days": FAILED_JOB_DAYS,
    "form_hours": KEEP_HOURS,
    "misses_days": MISSES_DAYS,
    "unconfirmed_days": 7,
    "invitation_days": 30,
    "language_days": 365,
}
_GAP = {"de": "[bitte ergänzen: {}]", "en": "[please fill in: {}]"}
_COMPANY = {"de": "Unternehmen und Anschrift", "en": "company and address"}
_CONTACT = {"de": "E-Mail-Adresse", "en": "e-mail address"}
MEANWHILE = N_(
    "Somebody has published another version meanwhile. Please open it in a second tab "
    "and compare before you publish yours."
)


def shipped_text(kind: str, language: str, site: Settings) -> tuple[str, str]:
    """Title and Markdown of our template; what only the operator knows is marked as a gap."""
    gap = _GAP[language]
    provider = "\n".join(filter(None, (site.provider, site.provider_address)))
    values = {
        "forum": literal(site.name),
        "provider": literal(provider) or gap.format(_COMPANY[language]),
        "contact": site.contact_email or site.contact_url or gap.format(_CONTACT[language]),
        **FIGURES,
    }
    source = (FOLDER / f"{kind}.{language}.md").read_text("utf-8")
    title, _, text = Template(source).substitute(values).partition("\n")
    return title.removeprefix("# ").strip(), text.strip()


def publish_text(
    actor: Actor, kind: str, texts: Mapping[str, tuple[str, str]], *, after: int
) -> None:
    """Put the next version in force; `texts` are title and Markdown by language.

    The same texts again change nothing. Raises Refused where somebody has published another
    version since the actor began from `after`.
    """
    require(can_administer(actor))
    current = people.current_version(kind) or 0
    if current and all(_is_in_force(kind, current, lang, *text) for lang, text in texts.items()):
        return
    if current != after:
        raise Refused(MEANWHILE)
    try:
        for language, (title, text) in texts.items():
            accounts.publish_document(kind, current + 1, language, title, text)
    except Conflict as error:
        raise Refused(MEANWHILE) from error
    record(TextPublished(actor_id=actor.account_id, kind=kind, version_number=current + 1))


def _is_in_force(kind: str, version: int, language: str, title: str, text: str) -> bool:
    known = people.document_version(kind, version, language)
    return known is not None and (known.title, known.text) == (title, text)
