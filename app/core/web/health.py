"""/healthz: the web process answers; it asks nothing of anybody. /readyz: what works, as JSON."""

from __future__ import annotations

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from app.core.readiness import readiness
from app.core.rules import ALLOW
from app.core.web.limits import MINUTE, Limits, limited
from app.core.web.policy import policy

#: No total: the look itself is kept for a moment, so that many questions cost nothing.
ASKING_FOR_READINESS = Limits("asking-for-readiness", network=(240, MINUTE))

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@policy(lambda actor: ALLOW)
def healthz() -> Response:
    return Response("ok\n", mimetype="text/plain", headers={"Cache-Control": "no-store"})


@bp.get("/readyz")
@policy(lambda actor: ALLOW)
@limited(ASKING_FOR_READINESS)
def readyz() -> Response:
    """200 as long as pages can be served, read-only too; else 503."""
    found = readiness()
    response = jsonify(ready=found.can_serve, level=found.level, checks=found.checks)
    response.status_code = 200 if found.can_serve else 503
    response.headers["Cache-Control"] = "no-store"
    if not found.can_serve:
        response.headers["Retry-After"] = "5"
    return response
