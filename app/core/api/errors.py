"""How an error looks to a program: {"error": {"code", "message", "fields"}}."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import jsonify
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.errors import N_, AppError, BadRequest, Refused

CODES = {
    400: "bad_request",
    401: "no_valid_token",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    410: "gone",
    413: "too_large",
    415: "not_json",
    422: "wrong_fields",
    429: "too_many_requests",
    503: "unavailable",
}
FAILURE = "failure"  # our own fault, whatever the status


class WrongFields(Refused):
    """`fields` says for each field, by its name, what is wrong with it, in sentences as shown."""

    def __init__(self, fields: Mapping[str, Sequence[str]]) -> None:
        super().__init__(N_("Please check the fields that are named."))
        self.fields = fields


class UnknownContent(BadRequest):
    status = 415

    def __init__(self) -> None:
        super().__init__(N_("Please send JSON, with the header “Content-Type: application/json”."))


def as_json(error: AppError, reference: str | None = None) -> Response:
    """`reference` finds our own faults in the log."""
    message = _(error.message, **error.values)
    response = _answer(error, message, _fields(error, message), reference)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def bare_json(error: AppError) -> Response:
    """In English, where not even the reader's language can be looked up."""
    return _answer(error, str(error), {}, None)


def _answer(
    error: AppError, message: str, fields: dict[str, list[str]], reference: str | None
) -> Response:
    code = CODES.get(error.status, FAILURE)
    body: dict[str, Any] = {"code": code, "message": message, "fields": fields}
    if reference:
        body["reference"] = reference
    response = jsonify(error=body)
    response.status_code = error.status
    return response


def _fields(error: AppError, message: str) -> dict[str, list[str]]:
    if isinstance(error, WrongFields):
        return {name: list(sentences) for name, sentences in error.fields.items()}
    field = getattr(error, "field", None)
    return {field: [message]} if field else {}
