"""The first page of administration: what there is to set up."""

from __future__ import annotations

from flask import render_template

from app.accounts.policies import staff
from app.administration.views.blueprint import bp
from app.core.web.policy import policy


@bp.get("")
@policy(staff)
def overview() -> str:
    return render_template("administration/overview.html")
