"""Imprint and contacts: what is there, what is still missing."""

from __future__ import annotations

from flask import current_app, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import staff
from app.administration import actions
from app.administration.display import language_names
from app.administration.forms import UNION_LANGUAGES, ImprintForm
from app.administration.limits import SETTING_UP
from app.administration.rules import missing_from_imprint
from app.administration.views.blueprint import bp
from app.core.settings import load_settings
from app.core.web.limits import limited
from app.core.web.policy import policy
from app.core.web.saving import saved


@bp.get("/imprint")
@policy(staff)
def imprint() -> str:
    return _page(_form())


@bp.post("/imprint")
@policy(staff)
@limited(SETTING_UP)
def imprint_send() -> Response:
    """What is missing may follow later; what is there must be well-formed."""
    form = _form()

    def save() -> str:
        actions.choose_settings(current_user, seen=form.seen.data or None, **form.values)
        return url_for("administration.imprint", done="settings_saved_for_all")

    return saved(form, save, lambda: _page(form))


def _form() -> ImprintForm:
    return ImprintForm(load_settings(), language_names(UNION_LANGUAGES))


def _page(form: ImprintForm) -> str:
    form.begin_from(load_settings())
    return render_template(
        "administration/imprint.html",
        form=form,
        missing=missing_from_imprint(load_settings()),
        in_production=current_app.extensions["helferkreis.config"].is_production,
    )
