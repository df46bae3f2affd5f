"""What goes in and out: only fields that a schema names, in both directions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import RAISE, Schema
from marshmallow import fields as kinds

from app.core.api.errors import WrongFields
from app.core.api.fields import Words
from app.core.web.paging import Cursor, read_cursor


class Input(Schema):
    """A body or a query; what it does not name is refused."""

    error_messages = {
        "unknown": _l("There is no such field."),
        "type": _l("This must be a JSON object."),
    }

    class Meta:
        unknown = RAISE


class Output(Schema):
    """An answer: exactly these fields."""


class Paged(Input):
    """The query of a list; `after` comes from the `next` of the page before."""

    after = Words(most=70, load_default=None)


def cursor_of(asked: Mapping[str, Any]) -> Cursor | None:
    """Where the page of a Paged query begins. Raises WrongFields for what no page has said."""
    cursor = read_cursor(asked["after"] or "")
    if asked["after"] is not None and cursor is None:
        raise WrongFields({"after": [_("Please take “after” from the “next” of a page.")]})
    return cursor


Error = Output.from_dict(  # not a class: a schema cannot have an attribute named "fields"
    {
        "code": kinds.String(required=True),
        "message": kinds.String(required=True),
        "fields": kinds.Dict(keys=kinds.String(), values=kinds.List(kinds.String()), required=True),
        "reference": kinds.String(),
    },
    name="Error",
)


class ErrorAnswer(Output):
    error = kinds.Nested(Error, required=True)
