"""Which languages are offered, and how people are addressed."""

from __future__ import annotations

from flask import render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import staff
from app.administration import actions
from app.administration.forms import LanguageForm
from app.administration.limits import SETTING_UP
from app.administration.views.blueprint import bp
from app.core.settings import load_settings
from app.core.web.limits import limited
from app.core.web.policy import policy
from app.core.web.saving import saved


@bp.get("/language")
@policy(staff)
def language() -> str:
    return _page(LanguageForm(load_settings()))


@bp.post("/language")
@policy(staff)
@limited(SETTING_UP)
def language_send() -> Response:
    form = LanguageForm(load_settings())

    def save() -> str:
        actions.choose_settings(current_user, seen=form.seen.data or None, **form.values)
        return url_for("administration.language", done="settings_saved_for_all")

    return saved(form, save, lambda: _page(form))


def _page(form: LanguageForm) -> str:
    form.begin_from(load_settings())
    return render_template("administration/language.html", form=form)
