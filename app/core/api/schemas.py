"""What goes in and out: only fields that a schema names, in both directions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from marshmallow import Schema, validate
from marshmallow import fields as kinds


class Input(Schema):
    """A body or a query; what it does not name is refused (parsing.py)."""

    error_messages = {
        "unknown": _l("There is no such field."),
        "type": _l("This must be a JSON object."),
    }


class Output(Schema):
    """An answer: exactly these fields."""


class Paged(Input):
    """The query of a list; `after` comes from the `next` of the page before."""

    after = kinds.String(
        load_default=None,
        validate=validate.Regexp(
            "^-?[0-9]{1,18}([.]-?[0-9]{1,18}){0,2}$",
            error=_l("Please take “after” from the “next” of a page."),
        ),
    )


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
