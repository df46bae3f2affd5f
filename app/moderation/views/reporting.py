"""Members report a post under a rule."""

from __future__ import annotations

from typing import Any

from flask import make_response, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import signed_in
from app.core.errors import Refused
from app.core.rules import require
from app.core.text import excerpt, plain
from app.core.web.idempotency import once
from app.core.web.limits import charge, limited
from app.core.web.policy import policy
from app.moderation import actions, queries, rules
from app.moderation.forms import ReportForm
from app.moderation.limits import REPORTING, WRITING_REPORTS
from app.moderation.views.blueprint import bp

EXCERPT_LENGTH = 300


@bp.get("/posts/<id:id>/report")
@policy(signed_in)
def report(id: int) -> str:
    item = _item(id)
    return _page(item, _form())


@bp.post("/posts/<id:id>/report")
@policy(signed_in)
@limited(WRITING_REPORTS)
def report_send(id: int) -> Response:
    item = _item(id)
    form = _form()
    if form.validate():
        charge(REPORTING)
        try:
            return redirect(once(lambda: _report(id, form)), 303)
        except Refused as error:
            form.refuse(error)
    return make_response(_page(item, form), 422)


def _item(post_id: int) -> Any:
    item = queries.item_or_404(post_id, current_user)
    require(rules.can_report_post(current_user, item))
    return item


def _form() -> ReportForm:
    return ReportForm(queries.rules_in_force()[1])


def _report(post_id: int, form: ReportForm) -> str:
    actions.report_post(
        current_user,
        post_id=post_id,
        rule_number=form.rule_number or 0,
        text=(form.text.data or "").strip(),
    )
    return url_for("forum.post", id=post_id, done="reported")


def _page(item: Any, form: ReportForm) -> str:
    return render_template(
        "moderation/report.html",
        item=item,
        excerpt=excerpt(plain(item.html), EXCERPT_LENGTH),
        form=form,
    )
