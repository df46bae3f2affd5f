"""Reading a request strictly: nothing twice, nothing unknown, no number for a text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from flask import Request
from flask_babel import gettext as _
from marshmallow import RAISE
from webargs.flaskparser import FlaskParser

from app.core.api.errors import UnknownContent, WrongFields
from app.core.errors import N_, BadRequest

NOT_JSON = N_("The body must be JSON: %(reason)s.")


class StrictParser(FlaskParser):
    """Raises WrongFields, BadRequest for what is no JSON, UnknownContent for what is none at all."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {"json": RAISE, "query": RAISE}

    def load_json(self, req: Request, schema: Any) -> Any:
        if req.mimetype != "application/json":
            raise UnknownContent()
        return read_json(req.get_data())

    def load_querystring(self, req: Request, schema: Any) -> Any:
        doubled = [name for name, values in req.args.lists() if len(values) > 1]
        if doubled:
            raise WrongFields({name: [_("Please say this only once.")] for name in doubled})
        return super().load_querystring(req, schema)

    def handle_error(self, error: Any, req: Any, schema: Any, **_kwargs: Any) -> NoReturn:
        """`error.messages` is {location: {field: messages or further levels}}."""
        found: dict[str, list[str]] = {}
        for messages in error.messages.values():
            for field, below in _by_field(messages).items():
                found[field] = found.get(field, []) + list(dict.fromkeys(_flat(below)))
        raise WrongFields(found) from error


def _by_field(messages: Any) -> Mapping[str, Any]:
    """What concerns no field stands under ""."""
    if not isinstance(messages, Mapping):
        return {"": messages}
    return {"" if name == "_schema" else str(name): below for name, below in messages.items()}


def _flat(messages: Any) -> list[str]:
    if isinstance(messages, Mapping):
        return [text for below in messages.values() for text in _flat(below)]
    if isinstance(messages, list):
        return [text for below in messages for text in _flat(below)]
    return [str(messages)]


def read_json(body: bytes) -> Any:
    """The value that the body says. Raises BadRequest."""
    try:
        return json.loads(
            body.decode("utf-8"), object_pairs_hook=_once_each, parse_constant=_no_constant
        )
    except _Doubled as error:
        raise BadRequest(NOT_JSON, reason=_("“%(name)s” appears twice", name=error)) from error
    except RecursionError as error:
        raise BadRequest(NOT_JSON, reason=_("it is nested too deeply")) from error
    except UnicodeDecodeError as error:
        raise BadRequest(NOT_JSON, reason=_("it is not UTF-8")) from error
    except ValueError as error:  # also numbers of more than 4,300 digits
        raise BadRequest(NOT_JSON, reason=_("it cannot be read")) from error


class _Doubled(ValueError):
    """The name of a field that an object has twice."""


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _Doubled(name[:60])
        found[name] = value
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"JSON has no {name}")
