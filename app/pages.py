"""What every template can use: site, actor, icons, assets, times."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, current_app, request, url_for
from flask_babel import get_timezone
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from markupsafe import Markup
from sqlalchemy.exc import DBAPIError

from app.accounts.actor import Actor
from app.accounts.display import person
from app.administration.display import why_closed
from app.administration.guide import guide
from app.administration.rules import can_administer
from app.core.locale import current_language, written_time
from app.core.settings import load_settings
from app.core.text import safe
from app.core.web.converters import slugged
from app.moderation.queries import count_open_cases
from app.moderation.rules import moderates_somewhere

#: Sentences that the page shows after a redirect, by the code in `?done=`.
DONE = {
    "signed_out": _l("You are signed out."),
    "signed_out_everywhere": _l("You are signed out on all devices."),
    "session_ended": _l("This sign-in has ended."),
    "token_revoked": _l("The access token is revoked. The program can no longer sign in with it."),
    "password_set": _l("Your new password is saved. You can sign in with it now."),
    "password_changed": _l("Your new password is saved. All other devices are signed out."),
    "settings_saved": _l("Your settings are saved."),
    "asked": _l("Your topic is published. We will write to you when somebody answers."),
    "answered": _l("Thank you, your post is published."),
    "held": _l("Thank you. Somebody will look at your post first; then others can see it."),
    "accepted": _l("Marked as the solution. Thank you, this helps everybody who searches."),
    "solved_while_asking": _l("Good to hear that this helped. Your question was not published."),
    "rated": _l("Thank you for telling us. It helps us to keep the articles good."),
    "article_saved": _l("The text is saved. Readers see it once it is published."),
    "article_asked": _l("The article is now waiting for its review."),
    "article_returned": _l("The article went back to its writer with your note."),
    "article_published": _l("The article is published."),
    "article_archived": _l("The article is archived. Readers no longer see it."),
    "suggestion_declined": _l("The suggestion is declined."),
    "superuser": _l("Thank you. You are a super user from now on."),
    "invitation_refused": _l("We have noted that. Thank you for everything you do here."),
    "nomination_confirmed": _l("The invitation is on its way. Now the person decides."),
    "nomination_declined": _l("The nomination is declined."),
    "invitation_withdrawn": _l("The invitation is taken back."),
    "stepped_down": _l("You are no longer a super user. Thank you for everything you did."),
    "term_ended": _l("The term is over, and so are its privileges."),
    "term_renewed": _l("The term is renewed."),
    "made_official": _l("Marked as an answer of the team."),
    "official_withdrawn": _l("The answer is no longer marked as one of the team."),
    "taken": _l("This is yours now."),
    "released": _l("Nobody is in charge of this now."),
    "assigned": _l("Handed over."),
    "noted": _l("The note is saved. Only the team sees it."),
    "reply_saved": _l("The canned reply is saved."),
    "reply_archived": _l("The canned reply is archived. Nobody is offered it any more."),
    "reply_restored": _l("The canned reply is offered again."),
    "job_retried": _l("The job is tried again now."),
    "reported": _l(
        "Thank you. The moderators will look at the post and tell you what they decide."
    ),
    "noticed": _l("Thank you. Your notice has arrived."),
    "decided": _l("Decided. The people concerned will be told."),
    "appealed": _l("Your objection has arrived. Somebody else will examine it and write to you."),
    "appeal_decided": _l("The objection is decided. Its author will be told."),
    "step_settled": _l("Noted. You can change it at any time."),
    "step_reopened": _l("The step is open again."),
    "draft_saved": _l("The draft is saved."),
    "netiquette_published": _l(
        "The netiquette is in force. Members accept it before they write again."
    ),
    "board_made": _l("The board is ready."),
    "invited": _l("The invitation is on its way."),
    "invitation_taken_back": _l("The invitation is taken back. Its link no longer works."),
    "role_changed": _l("The role is changed. It applies from this person’s next click on."),
    "joined_team": _l(
        "Welcome to the team. Here you see what is waiting for it, the most urgent first."
    ),
    "board_saved": _l("The board is saved."),
    "settings_saved_for_all": _l("Saved. It applies to everybody from now on."),
    "text_published": _l("The text is published. Everybody reads this version from now on."),
    "look_saved": _l("The look is saved and shows on every page from now on."),
    "withdrawn": _l("The solution is withdrawn; the topic is open again."),
}


def init_pages(app: Flask) -> None:
    manifest = _Manifest(Path(app.static_folder or "") / "manifest.json")
    app.jinja_env.globals.update(
        asset=manifest.url, icon=manifest.icon, safe_html=safe, when=when, slugged=slugged
    )
    app.context_processor(_page_values)


def _page_values() -> dict[str, object]:
    actor = current_user._get_current_object()  # templates ask it often, and the proxy is slow
    return {
        "actor": actor,
        "me": person(actor.name, role=actor.role) if actor.is_authenticated else None,
        "moderates": moderates_somewhere(actor),
        "waiting_cases": _waiting_cases(actor),
        "administers": can_administer(actor),
        "why_closed": why_closed(),
        "setup_is_open": _setup_is_open,
        "site": load_settings(),
        "locale": current_language(),
        "unread": actor.unread_count,
        "flashes": _flashes(),
        "same_page": _same_page(),
    }


def _waiting_cases(actor: Actor) -> int:
    """For super users, who have no desk; the team's number comes with it (desk/_count.html)."""
    if actor.is_staff or not moderates_somewhere(actor):
        return 0
    try:
        return count_open_cases(actor)
    except DBAPIError:  # the page that tells of it is drawn all the same
        return 0


def _setup_is_open() -> bool:
    """Should an administrator be led to the guide? Only in production, and not where it stands; asked
    of administrators alone. A closed forum says more than that."""
    in_production = current_app.extensions["helferkreis.config"].is_production
    elsewhere = request.method == "GET" and request.blueprint != "administration"
    return in_production and elsewhere and not why_closed() and bool(guide().open_required)


def _flashes() -> list[tuple[str, str]]:
    """What was just done, told by the address (`?done=answered`): no cookie, nothing to store."""
    done = request.args.get("done", "")
    return [("good", str(DONE[done]))] if done in DONE else []


def _same_page() -> str:
    """This address without the message that it told."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "done"]
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


class _Manifest:
    """Hashed names of built assets, read once per process and again in local mode when rebuilt."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.names: dict[str, str] = {}
        self.icon = lru_cache(maxsize=1_000)(self._icon)

    def url(self, name: str) -> str:
        if not self.names and self.path.exists():
            self.names = json.loads(self.path.read_text("utf-8"))
        return url_for("static", filename=self.names.get(name, name))

    def _icon(self, name: str, classes: str = "") -> Markup:
        return Markup('<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>').format(
            f"hk-icon {classes}".strip(), self.url("icons.svg"), name
        )


def when(moment: datetime) -> Markup:
    """A time that script makes relative and that reads well without it."""
    return _when(moment, current_language(), str(get_timezone()))


@lru_cache(maxsize=4_096)
def _when(moment: datetime, language: str, _timezone: str) -> Markup:
    """The time zone is the app's; here it only keeps two apps of one process apart."""
    prefix, written = ("am", "de") if language == "de" else ("on", "en-GB")
    return Markup(  # noqa: S704 — nothing in it was typed by a person
        f'<relative-time datetime="{moment:%Y-%m-%dT%H:%M:%SZ}" lang="{written}" prefix="{prefix}"'
        f' threshold="P1D">{written_time(moment)}</relative-time>'
    )
