"""Who may set up the forum, and when it is open to everybody. Pure."""

from __future__ import annotations

from app.accounts.actor import Actor
from app.core.errors import N_
from app.core.rules import ALLOW, Verdict, deny
from app.core.settings import Settings

#: The settings of how the forum looks; a logo's file and what is known of it change together.
LOOK = (
    "name", "company", "brand_hue", "brand_chroma",
    "logo", "logo_width", "logo_height", "logo_plate",
)  # fmt: skip
#: What the law asks of every forum that is public, in the order of the form: fields of which one
#: is enough → how we call that.
NEEDED = {
    ("provider",): N_("name and legal form of the company"),
    ("provider_address",): N_("postal address"),
    ("provider_email",): N_("e-mail address"),
    ("provider_phone", "contact_url"): N_("a second quick way to you: telephone or contact form"),
    ("contact_email", "contact_url"): N_("contact for everybody: e-mail address or form"),
    ("authority_email",): N_("contact for authorities: e-mail address"),
    ("authority_languages",): N_("languages in which authorities can write"),
}


def can_administer(actor: Actor) -> Verdict:
    """Change settings, boards, public texts and the team."""
    if actor.role == "admin" and actor.is_active:
        return ALLOW
    return deny(N_("Only administrators can set up the forum. Please ask one of them."))


def missing_from_imprint(site: Settings) -> tuple[str, ...]:
    """What is needed and not there yet, as message ids; empty when the imprint is complete."""
    return tuple(
        name for fields, name in NEEDED.items() if not any(getattr(site, one) for one in fields)
    )


def can_enter(actor: Actor, *, is_closed: bool) -> Verdict:
    """While the forum is closed only the team is let in."""
    if not is_closed or actor.is_staff:
        return ALLOW
    return deny(N_("This forum is not open yet. Please come back soon."))
