"""The netiquette has changed: members are asked before they write again. Reading stays free."""

from __future__ import annotations

from flask import Response as FlaskResponse
from flask import current_app, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts import actions, queries
from app.accounts.limits import OWN_ACCOUNT
from app.accounts.policies import signed_in
from app.accounts.views.blueprint import bp
from app.core.db import transaction
from app.core.errors import N_, Forbidden, NotFound
from app.core.locale import current_language
from app.core.numbers import whole
from app.core.web.idempotency import FIELD as KEY_FIELD
from app.core.web.limits import limited
from app.core.web.own_paths import own_path
from app.core.web.policy import policy, policy_of
from app.core.web.programs import is_for_programs
from app.core.web.protection import FIELD as TOKEN_FIELD

ACCEPTED = "accepted_netiquette"


@bp.before_app_request
def ask_consent() -> Response | FlaskResponse | None:
    """Stands between a writing route and its view; what was sent is kept and sent on by one press.

    What script sends (a vote, say) leads to the page: a fragment has no room for the netiquette.
    """
    due = getattr(current_user, "consent_due", None)
    if due is None or request.endpoint is None:
        return None
    if not getattr(policy_of(current_app, request.endpoint), "asks_consent", False):
        return None
    if is_for_programs():
        raise Forbidden(
            N_("The netiquette has changed. Please sign in on the website and accept it first.")
        )
    if request.method in ("GET", "HEAD"):
        return redirect(_page_url(request.full_path.rstrip("?")), 303)
    if request.headers.get("HX-Request"):
        return make_response("", 200, {"HX-Redirect": url_for("accounts.consent")})
    if ACCEPTED in request.form:
        _accept()
        return None
    return make_response(_page(sends_on=True), 403)


@bp.get("/account/netiquette")
@policy(signed_in)
def consent() -> str:
    return _page(sends_on=False)


@bp.post("/account/netiquette")
@policy(signed_in)
@limited(OWN_ACCOUNT)
def consent_send() -> Response:
    _accept()
    return redirect(own_path(request.form.get("next")) or url_for("forum.home"), 303)


def _accept() -> None:
    """Raises Conflict where a still newer version came while the page was open."""
    version = whole(request.form.get(ACCEPTED)) or 0
    with transaction():
        actions.accept_document(current_user, queries.NETIQUETTE, version)


def _page_url(path: str) -> str:
    return url_for("accounts.consent", next=path)


def _page(*, sends_on: bool) -> str:
    kept = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in (TOKEN_FIELD, KEY_FIELD, ACCEPTED)
    ]
    found = queries.document(queries.NETIQUETTE, current_language())
    if found is None:
        raise NotFound()
    return render_template(
        "accounts/consent.html",
        document=found,
        version=found.version,
        kept=kept if sends_on else [],
        action=request.full_path.rstrip("?") if sends_on else url_for("accounts.consent"),
        next=None if sends_on else own_path(request.args.get("next")) or "",
    )
