"""The API's description of itself, gathered from its routes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Flask
from flask_smorest import Api, Blueprint

from app.core.api.schemas import ErrorAnswer
from app.core.settings import load_settings
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

    def _register_doc_blueprint(self) -> None:
        """The document is a route of ours."""


def described(app: Flask, blueprints: Iterable[Blueprint]) -> dict[str, Any]:
    """The OpenAPI document of these registered blueprints, written when somebody first asks: it takes
    a third of the time in which the whole app is made.
    """
    known: dict[str, dict[str, Any]] = app.extensions
    if "helferkreis.openapi" not in known:
        api = _api(app)
        for blueprint in blueprints:
            blueprint.register_views_in_doc(
                api, app, api.spec, name=blueprint.name, parameters=None
            )
        known["helferkreis.openapi"] = dict(api.spec.to_dict())
    document = known["helferkreis.openapi"]
    return {**document, "info": {**document["info"], **_named()}}


def _named() -> dict[str, str]:
    """The forum's own name, which the operator may change at any time."""
    site = load_settings()
    company = f" by {site.company}" if site.company else ""
    described = f"Read and write {site.name}{company} with a token of an account."
    return {"title": site.name, "description": described}


def _api(app: Flask) -> Api:
    api = _Api(
        app,
        spec_kwargs={
            "title": "",
            "version": "v1",
            "openapi_version": OPENAPI,
            "security": ANYBODY,
        },
    )
    api.register_converter(IdConverter, _id)
    api.spec.components.security_scheme(SCHEME, {"type": "http", "scheme": SCHEME})
    return api


def _id(_converter: Any) -> dict[str, Any]:
    return {"type": "integer", "minimum": 1, "maximum": MAX_ID}
