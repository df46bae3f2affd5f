"""In production a forum without a complete imprint is closed: visitors see one calm page that says so.

The team is let in and sees what is missing. A route is closed unless OPEN names it, so that a new
one cannot open the forum by mistake. Kept pages cannot be in the way: filling in or emptying the
imprint changes the settings, on which every page depends, and this answer (503) is never kept.
"""

from __future__ import annotations

from flask import Response as FlaskResponse
from flask import make_response, render_template, request
from flask_login import current_user

from app.administration.display import why_closed
from app.administration.rules import can_enter
from app.administration.views.legal import bp
from app.core.errors import Unavailable
from app.core.web.programs import is_for_programs

RETRY_AFTER_SECONDS = 60 * 60  # a person has to do something first
#: Whole blueprints, and single routes of accounts: what signing in needs, and getting back in.
OPEN_PARTS = frozenset({"health", "look", "legal"})
SIGNING_IN = ["login", "login_send", "logout", "logout_everywhere", "language"]
GETTING_BACK = ["forgot", "forgot_send", "forgot_sent", "reset", "reset_send"]
#: Who is invited joins before the forum opens, and reads the netiquette for that.
JOINING_THE_TEAM = ["invitation", "invitation_send", "document"]
OPEN_ACCOUNTS = [*SIGNING_IN, *GETTING_BACK, *JOINING_THE_TEAM]
OPEN = frozenset({"static", *(f"accounts.{name}" for name in OPEN_ACCOUNTS)})


@bp.before_app_request
def keep_visitors_out() -> FlaskResponse | None:
    if request.blueprint in OPEN_PARTS or request.endpoint in OPEN:
        return None
    verdict = can_enter(current_user, is_closed=bool(why_closed()))
    if verdict:
        return None
    if is_for_programs():
        raise Unavailable(verdict.message)
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
    return make_response(render_template("legal/closed.html"), 503, headers)
