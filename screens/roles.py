"""Who looks at which screens, on one contact sheet each. Nothing here knows a number of the demo's:
everybody begins at an address that every forum has, and goes on as a person would.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from screens.camera import Screen
from screens.steps import click, fill, open_first, wait_for

#: Names of people of the demo.
CUSTOMER, SUPERUSER, AGENT, MODERATOR, ADMIN = "KatjaK", "Gretel_58", "Mira", "Kerstin", "Ole"
INVITED = "Tux_im_Turm"
ENGLISH = "emma_in_bonn"


@dataclass(frozen=True)
class Role:
    """`who` is the name of one of the demo's people; nobody for a guest."""

    name: str
    title: str
    who: str | None
    screens: Sequence[Screen]
    language: str = "de"


def _first(prefix: str) -> str:
    """A link on the page to the first thing whose address begins like this."""
    return f'main a[href^="{prefix}"]'


TOPIC = "main .hk-topic__title a"
ARTICLE = "main .hk-hits a"
FIRST_TOPIC = [open_first(TOPIC)]
WRONG_FORM = [click("main form[method=post] .hk-btn--primary"), wait_for("[role=alert]")]
TITLE = "Your question in one sentence"

READING = (
    Screen("Start page", "/"),
    Screen("A solved topic", "/topics?filter=solved", FIRST_TOPIC),
    Screen("An open topic", "/topics?filter=unanswered", FIRST_TOPIC),
    Screen("A popular topic", "/topics?filter=popular", FIRST_TOPIC),
)
FINDING = (
    Screen("All topics", "/topics"),
    Screen("Unsolved topics", "/topics?filter=unsolved"),
    Screen("Boards", "/boards"),
    Screen("A board", "/boards", [open_first(_first("/boards/"))]),
    Screen("Tags", "/tags"),
    Screen("Topics of a tag", "/tags", [open_first(_first("/tags/"))]),
    Screen("Search", "/search?q=Router"),
    Screen("Search without a hit", "/search?q=quastenflosser"),
    Screen("Knowledge base", "/knowledge"),
    Screen("An article", "/knowledge", [open_first(ARTICLE)]),
)
GUEST_ONLY = (
    Screen("Members", "/members"),
    Screen("A member", "/members", [open_first(_first("/members/"))]),
    Screen("Super users", "/superusers"),
    Screen("Charter of super users", "/superusers/charter"),
    Screen("Netiquette", "/netiquette"),
    Screen("Report illegal content", "/moderation/notice"),
    Screen("Imprint", "/imprint"),
    Screen("Contact", "/contact"),
    Screen("Privacy", "/privacy"),
    Screen("Accessibility", "/accessibility"),
    Screen("Create an account", "/account/register"),
    Screen("Sign in", "/account/login"),
    Screen("Forgotten password", "/account/forgot"),
    Screen("Nothing here", "/topics/999999999", status=404),
)
WRITING = (
    Screen("Asking a question", "/topics/ask"),
    Screen(
        "Answers while asking",
        "/topics/ask",
        [fill(TITLE, "WLAN bricht abends ständig ab"), wait_for(".hk-suggest__item")],
    ),
    Screen("A form that lacks something", "/topics/ask", WRONG_FORM, status=422),
    Screen(
        "Commenting", "/topics?filter=popular", [*FIRST_TOPIC, open_first('a[href$="/comment"]')]
    ),
    Screen(
        "Reporting a post",
        "/topics?filter=popular",
        [*FIRST_TOPIC, open_first('a[href$="/report"]')],
    ),
)
OWN = (
    Screen("Notifications", "/account/notifications"),
    Screen("Settings", "/account/settings"),
    Screen("Where one is signed in", "/account/sessions"),
    Screen("Decisions about own posts", "/account/decisions"),
    Screen("Own progress", "/superusers"),
    Screen("Own points", "/superusers/points"),
)
CASES = (
    Screen("Moderation queue", "/moderation"),
    Screen("A case", "/moderation", [open_first(_first("/moderation/cases/"))]),
)
DESK = (
    Screen("Desk", "/desk"),
    Screen("My work", "/desk?kind=mine"),
    Screen("A question at the desk", "/desk?kind=question", [open_first(".hk-inrow__title a")]),
    Screen("A topic as staff see it", "/topics?filter=unsolved", FIRST_TOPIC),
    Screen("Canned replies", "/desk/replies"),
)
ARTICLES = (
    Screen("Suggestions for articles", "/knowledge/suggestions"),
    Screen("Making an article", "/knowledge/suggestions", [open_first('main a[href$="/promote"]')]),
    Screen("Articles in work", "/knowledge/drafts"),
    Screen("Writing an article", "/knowledge/new"),
    Screen("An article as staff see it", "/knowledge", [open_first(ARTICLE)]),
    Screen(
        "All revisions", "/knowledge", [open_first(ARTICLE), open_first('a[href$="/revisions"]')]
    ),
    Screen("Searched in vain", "/knowledge/searches"),
)
DECIDING = (
    Screen("Objections", "/moderation/appeals"),
    Screen("Nominations", "/superusers/nominations"),
    Screen("Terms", "/superusers/terms"),
    Screen("A term", "/superusers/terms", [open_first(_first("/superusers/terms/"))]),
    Screen("Writing a canned reply", "/desk/replies/new"),
)
SETTING_UP = (
    Screen("First use", "/admin"),
    Screen("Look", "/admin/look"),
    Screen("Imprint and contacts", "/admin/imprint"),
    Screen("Language", "/admin/language"),
    Screen("Boards", "/admin/boards"),
    Screen(
        "A board",
        "/admin/boards",
        [open_first('main a[href^="/admin/boards/"]:not([href$="new"])')],
    ),
    Screen("A new board", "/admin/boards/new"),
    Screen("Mail", "/admin/mail"),
    Screen("Team", "/admin/team"),
    Screen("Netiquette in work", "/admin/netiquette"),
    Screen("Privacy text", "/admin/texts/privacy"),
    Screen("Accessibility text", "/admin/texts/accessibility"),
)
PROGRAMME = (
    Screen("The lounge", "/boards/lounge"),
    Screen("Charter", "/superusers/charter"),
    Screen("Stepping down", "/superusers/leave"),
)
ROLES = (
    Role("guest", "Gast", None, [*READING, *FINDING, *GUEST_ONLY]),
    Role("customer", "Kundin", CUSTOMER, [*READING, *WRITING, *OWN]),
    Role("superuser", "Super User", SUPERUSER, [*READING[:2], *CASES, *OWN, *PROGRAMME]),
    Role("agent", "Service-Team", AGENT, [Screen("Start page", "/"), *DESK, *CASES, *ARTICLES]),
    Role("moderator", "Moderation", MODERATOR, [*CASES, *DECIDING, *DESK[:1]]),
    Role("admin", "Administration", ADMIN, [*SETTING_UP, *DECIDING[1:3], *DESK[:1]]),
    Role("customer-en", "Customer (English)", ENGLISH, [*READING, *WRITING, *OWN], language="en"),
)
