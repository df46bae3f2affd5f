"""Each step of the first use as a line: its words, its page, and what of it is still to do.

A new page adds its line here, its tab in templates/administration/_tabs.html, and ends with
templates/administration/_next.html.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from app.administration.queries import Facts
from app.administration.rules import missing_from_imprint
from app.core.errors import N_
from app.core.settings import DEFAULTS


@dataclass(frozen=True)
class Step:
    """`missing` says what is still to do, "" when nothing is; all words are message ids.

    `settling` is the button that says it is right as it is; "" where only doing it counts.
    Without the required ones the forum should not be open to the public.
    """

    key: str
    endpoint: str
    icon: str
    title: str
    why: str
    missing: Callable[[Facts], str]
    arguments: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    settling: str = ""


FITS = N_("Keep as it is")
_MAIL = {
    "proven": "",
    "untested": N_("No test e-mail has been sent yet."),
    "waiting": N_("The test e-mail is on its way."),
    "failed": N_("The last test e-mail could not be sent."),
    "changed": N_("The mail server has changed since the last test e-mail."),
}


def _missing_look(found: Facts) -> str:
    site = found.site
    if not site.company:
        return N_("The company’s name is still missing.")
    ours = site.name == DEFAULTS.name and not site.logo and not site.has_own_colour
    return N_("The forum still has the name and the colour of the software.") if ours else ""


def _missing_imprint(found: Facts) -> str:
    missing = missing_from_imprint(found.site)
    return N_("Something that the law requires is still missing.") if missing else ""


def _missing_languages(found: Facts) -> str:
    site = found.site
    chosen = (site.languages, site.default_language, site.address)
    ours = (DEFAULTS.languages, DEFAULTS.default_language, DEFAULTS.address)
    return N_("German and English, people are addressed formally.") if chosen == ours else ""


def _missing_boards(found: Facts) -> str:
    return (
        N_("So far there is only the board that came with the forum.")
        if found.boards_laid_only
        else ""
    )


def _missing_netiquette(found: Facts) -> str:
    return N_("The rules are those that came with the forum.") if found.netiquette_is_ours else ""


def _missing_text(kind: str) -> Callable[[Facts], str]:
    def missing(found: Facts) -> str:
        is_ours = kind not in found.texts
        return N_("Readers see our template, which nobody has checked yet.") if is_ours else ""

    return missing


def _missing_team(found: Facts) -> str:
    if found.team_size > 1:
        return ""
    if found.somebody_invited:
        return N_("An invitation is on its way.")
    return N_("So far you are alone.")


STEPS: Sequence[Step] = (
    Step(
        key="look",
        endpoint="administration.look",
        icon="house",
        title=N_("Look"),
        why=N_("Customers should see at once whose forum this is: name, colour and logo."),
        missing=_missing_look,
        settling=FITS,
    ),
    Step(
        key="imprint",
        endpoint="administration.imprint",
        icon="building",
        title=N_("Imprint and contacts"),
        why=N_(
            "The law requires you to say who runs the forum, and how people and authorities can "
            "reach you."
        ),
        missing=_missing_imprint,
        required=True,
    ),
    Step(
        key="language",
        endpoint="administration.language",
        icon="globe2",
        title=N_("Language"),
        why=N_("Which languages the forum speaks, and how it addresses people."),
        missing=_missing_languages,
        settling=FITS,
    ),
    Step(
        key="boards",
        endpoint="administration.boards",
        icon="collection",
        title=N_("Boards"),
        why=N_(
            "Customers look for the place that fits their question. A few clear boards are enough."
        ),
        missing=_missing_boards,
        settling=N_("One board is enough"),
    ),
    Step(
        key="netiquette",
        endpoint="administration.netiquette",
        icon="journal-text",
        title=N_("Netiquette"),
        why=N_("Decisions are made by these rules, so they should be your own."),
        missing=_missing_netiquette,
        required=True,
        settling=FITS,
    ),
    Step(
        key="privacy",
        endpoint="administration.text",
        arguments={"kind": "privacy"},
        icon="shield-lock",
        title=N_("Privacy page"),
        why=N_("Who registers must be able to read what happens to their data (Art. 13 GDPR)."),
        missing=_missing_text("privacy"),
        required=True,
    ),
    Step(
        key="accessibility",
        endpoint="administration.text",
        arguments={"kind": "accessibility"},
        icon="person",
        title=N_("Accessibility statement"),
        why=N_(
            "What works without sight, mouse or sound, and whom to tell when something does not."
        ),
        missing=_missing_text("accessibility"),
    ),
    Step(
        key="mail",
        endpoint="administration.mail",
        icon="envelope",
        title=N_("E-mail"),
        why=N_("Without e-mail nobody can register, and nobody hears that somebody has answered."),
        missing=lambda found: _MAIL[found.mail],
        required=True,
    ),
    Step(
        key="team",
        endpoint="administration.team",
        icon="people",
        title=N_("Team"),
        why=N_("Questions need answers on weekends too, and objections need a second person."),
        missing=_missing_team,
        settling=N_("I begin alone"),
    ),
)
