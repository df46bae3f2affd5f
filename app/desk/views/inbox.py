"""What waits for the team, by kind; and the counts alone, which pages ask for again and again."""

from __future__ import annotations

from flask import make_response, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import staff
from app.core.web.policy import policy
from app.desk import display
from app.desk.queries import LIMIT
from app.desk.views.blueprint import bp


@bp.get("")
@policy(staff)
def inbox() -> str:
    found = display.inbox(current_user)
    kind = _kind()
    return render_template(
        "desk/inbox.html",
        lines=found.of(kind),
        limit=LIMIT,
        **_tabs(found, kind),
    )


@bp.get("/counts")
@policy(staff)
def counts() -> Response:
    """A fragment: the header's number, or with `?for=tabs` the filter of the inbox."""
    found, kind = display.inbox(current_user), _kind()
    is_tabs = request.args.get("for") == "tabs"
    template = "desk/_tabs.html" if is_tabs else "desk/_count.html"
    response = make_response(render_template(template, **_tabs(found, kind)))
    response.headers["Cache-Control"] = "no-store"
    return response


def _tabs(found: display.Inbox, kind: str) -> dict[str, object]:
    """The kinds of which there are some, and the one that is chosen."""
    number = found.counts()
    return {
        "kind": kind,
        "total": found.total,
        "mine": found.mine,
        "complete": found.complete,
        "tabs": [
            (name, url_for("desk.inbox", kind=name), number[name])
            for name in display.KINDS
            if number[name] or name == kind
        ],
    }


def _kind() -> str:
    """An unknown kind is all of them."""
    wanted = request.args.get("kind", "")
    return wanted if wanted in (*display.KINDS, display.MINE) else ""
