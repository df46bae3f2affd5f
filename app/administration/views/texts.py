"""Privacy page and accessibility statement: edited in all languages, published as the next version."""

from __future__ import annotations

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts import queries
from app.accounts.policies import staff
from app.administration import actions
from app.administration.actions.texts import KINDS, shipped_text
from app.administration.forms import TextForm
from app.administration.limits import SETTING_UP
from app.administration.views.blueprint import bp
from app.core.db import transaction
from app.core.errors import NotFound, Refused
from app.core.languages import LANGUAGES
from app.core.settings import load_settings
from app.core.web.limits import limited
from app.core.web.policy import policy


@bp.get("/texts/<kind>")
@policy(staff)
def text(kind: str) -> str:
    """What is in force, or our template; `?template=1` begins anew from the template."""
    _require_kind(kind)
    version = queries.current_version(kind)
    form = TextForm(data=_beginning(kind, None if "template" in request.args else version))
    form.version.data = str(version or 0)
    return _page(kind, form)


@bp.post("/texts/<kind>")
@policy(staff)
@limited(SETTING_UP)
def text_send(kind: str) -> Response:
    _require_kind(kind)
    form = TextForm()
    valid = form.validate()
    if "preview" in request.form:
        return make_response(_page(kind, form, preview=form.html))
    if valid:
        try:
            return redirect(_publish(kind, form), 303)
        except Refused as error:
            form.refuse(error)
    return make_response(_page(kind, form), 422)


def _require_kind(kind: str) -> None:
    """Of the documents only these; the netiquette and the charter have pages of their own."""
    if kind not in KINDS:
        raise NotFound()


def _publish(kind: str, form: TextForm) -> str:
    with transaction():
        actions.publish_text(current_user, kind, form.texts(), after=form.began_from)
    return url_for("administration.text", kind=kind, done="text_published")


def _beginning(kind: str, version: int | None) -> dict[str, str]:
    """The fields of the form: of this version, else of the template."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        known = queries.document_version(kind, version, language) if version else None
        title, source = (
            (known.title, known.text) if known else shipped_text(kind, language, load_settings())
        )
        found |= {f"title_{language}": title, f"text_{language}": source}
    return found


def _page(kind: str, form: TextForm, preview: dict[str, str] | None = None) -> str:
    in_force: Any = queries.document(kind, LANGUAGES[0])
    return render_template(
        "administration/text.html", kind=kind, form=form, in_force=in_force, preview=preview
    )
