"""/healthz: the web process answers. It asks nothing of the database."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from app.core.rules import ALLOW
from app.core.web.policy import policy

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@policy(lambda actor: ALLOW)
def healthz() -> Response:
    return Response("ok\n", mimetype="text/plain")
