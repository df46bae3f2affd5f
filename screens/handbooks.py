"""The single pictures of the handbooks, each with its task; tests/house/test_handbooks.py compares them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from screens.camera import Screen
from screens.roles import (
    ADMIN,
    AGENT,
    ARTICLE,
    CUSTOMER,
    FIRST_TOPIC,
    INVITED,
    MODERATOR,
    SUPERUSER,
    TITLE,
)
from screens.steps import Step, fill, open_first, press, wait_for

NARROW, WIDE = 620, 1080


@dataclass(frozen=True)
class Picture:
    """`of` is the part of the screen that matters; the picture is at most `height` high."""

    name: str
    who: str | None
    screen: Screen
    of: str = "main"
    width: int = NARROW
    height: int = 720
    language: str = "de"
    folder: str = "handbook/"


FORM = "main form[method=post]"
AT_DESK = ".hk-inrow__title a"
CASES, CASE = "/moderation", 'main a[href^="/moderation/cases/"]'
SOLVED, OPEN = "/topics?filter=solved", "/topics?filter=unsolved"


def _of_customer(name: str, at: str, *do: Step, of: str = "main", **more: Any) -> Picture:
    return Picture(name, CUSTOMER, Screen(name, at, do), of, **more)


def _of_team(name: str, at: str, *do: Step, who: str = AGENT, **more: Any) -> Picture:
    return Picture(name, who, Screen(name, at, do), width=WIDE, **more)


PICTURES = (
    Picture("home", None, Screen("home", "/"), "body", width=1280, height=900, folder=""),
    Picture("suchen", None, Screen("suchen", "/search?q=Router")),
    Picture("konto-anlegen", None, Screen("konto-anlegen", "/account/register")),
    Picture("anmelden", None, Screen("anmelden", "/account/login"), height=520),
    _of_customer(
        "frage-stellen",
        "/topics/ask",
        fill(TITLE, "WLAN bricht abends ständig ab"),
        wait_for(".hk-suggest__item"),
    ),
    _of_customer("danken", SOLVED, *FIRST_TOPIC, of="article.hk-post"),
    _of_customer("loesung", SOLVED, *FIRST_TOPIC, height=1000),
    _of_customer("antworten", OPEN, *FIRST_TOPIC, of=FORM + ":has(textarea)"),
    _of_customer("mitteilungen", "/account/notifications"),
    _of_customer("einstellungen", "/account/settings", height=900),
    _of_customer("anmeldungen", "/account/sessions"),
    _of_customer("melden", OPEN, *FIRST_TOPIC, open_first('a[href$="/report"]'), height=900),
    _of_customer("fortschritt", "/superusers"),
    Picture("einladung", INVITED, Screen("einladung", "/superusers/charter"), of=".hk-sheet"),
    Picture("lounge", SUPERUSER, Screen("lounge", "/boards/lounge")),
    Picture("faelle", SUPERUSER, Screen("faelle", "/moderation")),
    _of_team("fall-super-user", "/moderation", open_first(CASE), who=SUPERUSER, height=900),
    Picture("amtszeit", SUPERUSER, Screen("amtszeit", "/superusers")),
    Picture("aufhoeren", SUPERUSER, Screen("aufhoeren", "/superusers/leave"), height=480),
    Picture(
        "entscheidung",
        "alarmstufe_rot",
        Screen("entscheidung", "/account/decisions", [open_first('main a[href^="/decisions/"]')]),
        height=900,
    ),
    _of_team("eingang", "/desk"),
    _of_team("uebergeben", "/desk?kind=question", open_first(AT_DESK), of=".hk-strip"),
    _of_team("tasten", "/desk", press("Keys"), of="dialog[open]"),
    _of_team("antwortzeiten", "/desk/answer-times", height=900),
    _of_team("thema-team", OPEN, *FIRST_TOPIC),
    _of_team("textbausteine", "/desk/replies"),
    _of_team(
        "notizen",
        "/search?q=Ortskern",
        open_first("main .hk-hit a"),
        open_first('a[href$="/notes"]'),
    ),
    _of_team("fall-team", "/moderation", open_first(CASE), height=900),
    _of_team("beschwerden", "/moderation/appeals", who=MODERATOR, height=520),
    _of_team(
        "artikel", "/knowledge/suggestions", open_first('main a[href$="/promote"]'), height=900
    ),
    _of_team("fassungen", "/knowledge", open_first(ARTICLE), open_first('a[href$="/revisions"]')),
    _of_team("vergeblich", "/knowledge/searches"),
    _of_team("nominierungen", "/superusers/nominations"),
    _of_team("erste-schritte", "/admin", who=ADMIN),
    _of_team("aussehen", "/admin/look", who=ADMIN, height=900),
    _of_team("test-mail", "/admin/mail", who=ADMIN),
    _of_team("first-use", "/admin", who=ADMIN, language="en"),
    _of_team("look", "/admin/look", who=ADMIN, language="en", height=900),
    _of_team("test-letter", "/admin/mail", who=ADMIN, language="en"),
)
