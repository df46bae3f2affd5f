"""A job that failed for good, for administrators: what it was to do, why it failed, once more."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import staff
from app.core.db import transaction
from app.core.rules import require
from app.core.web.limits import limited
from app.core.web.policy import policy
from app.desk import actions, queries, rules
from app.desk.limits import DESK_WORK
from app.desk.views.blueprint import bp


@bp.get("/jobs/<id:id>")
@policy(staff)
def job(id: int) -> str:
    require(rules.can_retry_job(current_user))
    return render_template("desk/job.html", job=queries.job_or_404(id))


@bp.post("/jobs/<id:id>/retry")
@policy(staff)
@limited(DESK_WORK)
def retry(id: int) -> Response:
    with transaction():
        actions.retry_job(current_user, id)
    return redirect(url_for("desk.inbox", done="job_retried"), 303)
