"""Which languages are offered, and how people are addressed."""

from __future__ import annotations

from flask import make_response, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import staff
from app.administration import actions
from app.administration.forms import LanguageForm
from app.administration.limits import SETTING_UP
from app.administration.views.blueprint import bp
from app.core.db import transaction
from app.core.settings import load_settings
from app.core.web.limits import limited
from app.core.web.policy import policy


@bp.get("/language")
@policy(staff)
def language() -> str:
    return render_template("administration/language.html", form=LanguageForm(load_settings()))


@bp.post("/language")
@policy(staff)
@limited(SETTING_UP)
def language_send() -> Response:
    form = LanguageForm(load_settings())
    if not form.validate():
        return make_response(render_template("administration/language.html", form=form), 422)
    with transaction():
        actions.choose(current_user, **form.values)
    return redirect(url_for("administration.language", done="settings_saved_for_all"), 303)
