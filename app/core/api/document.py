"""The API's description of itself, gathered from its routes."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_smorest import Api

from app.core.api.schemas import ErrorAnswer
from app.core.web.converters import MAX_ID, IdConverter

OPENAPI = "3.1.0"
SCHEME = "bearer"
#: For routes that only a token opens; the others take one, or none for what guests may read.
SIGNED_IN: list[dict[str, list[str]]] = [{SCHEME: []}]
ANYBODY: list[dict[str, list[str]]] = [{}, {SCHEME: []}]


class _Api(Api):  # type: ignore[misc]
    ERROR_SCHEMA = ErrorAnswer

    def _register_error_handlers(self) -> None:
        """core.web.error_pages has them all."""


def init_api(app: Flask) -> Api:
    """Where ProgramBlueprints are registered; `.spec.to_dict()` is the OpenAPI document."""
    api = _Api(
        app,
        spec_kwargs={
            "title": "Helferkreis",
            "version": "v1",
            "openapi_version": OPENAPI,
            "security": ANYBODY,
            "info": {"description": "Read and write the forum with a token of an account."},
        },
    )
    api.register_converter(IdConverter, _id)
    api.spec.components.security_scheme(SCHEME, {"type": "http", "scheme": SCHEME})
    return api


def api_of(app: Flask) -> Api:
    return app.extensions["flask-smorest"]["apis"][""]["ext_obj"]


def _id(_converter: Any) -> dict[str, Any]:
    return {"type": "integer", "minimum": 1, "maximum": MAX_ID}
