"""Form base: normalises what came in, keeps what was typed, and says at the field what is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import format_decimal
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, HiddenField, ValidationError
from wtforms.meta import DefaultMeta
from wtforms.validators import StopValidation

from app.core.errors import Refused
from app.core.seen import Overtaken, digest

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class _Meta(DefaultMeta):  # type: ignore[misc]
    """Our own messages come translated from flask-babel; WTForms' built-in ones are not used."""

    locales = False
    cache_translations = False


class AppForm(Form):  # type: ignore[misc]
    """A form that reads the request by itself; a GET gives an empty form.

    Every text is normalised (line ends, NFC) before any validator sees it. A character that no
    database can store is taken out of what is shown again and refused at its field.
    """

    Meta = _Meta

    def __init__(self, formdata: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        if formdata is None and request.method == "POST":
            formdata = request.form
        self.damaged: set[str] = set()
        clean = self._clean(formdata) if formdata is not None else None
        super().__init__(clean, **kwargs)

    def _clean(self, formdata: Any) -> MultiDict[str, str]:
        pairs = formdata.items(multi=True) if hasattr(formdata, "getlist") else formdata.items()
        return MultiDict((name, self._normal(name, value)) for name, value in pairs)

    def _normal(self, name: str, value: str) -> str:
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        stored = _UNSTORABLE.sub("", text)
        if stored != text:
            self.damaged.add(name)
        return unicodedata.normalize("NFC", stored)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        for name in self.damaged & set(self._fields):
            sentence = _(
                "This contains a character that cannot be stored. "
                "We took it out; please check and send again."
            )
            self._fields[name].errors = [*self._fields[name].errors, sentence]
            valid = False
        return valid

    def refuse(self, error: Refused) -> None:
        """Show a refusal that came from an action at the field it names, or above the form."""
        sentence = _(error.message, **error.values)
        if error.field in self._fields:
            field = self._fields[error.field]
            field.errors = [*field.errors, sentence]
        else:
            self.form_errors.append(sentence)


class SeenForm(AppForm):
    """A form that several people may have open. The page sends `seen` along: what it began from."""

    seen = HiddenField()

    def begin_from(self, part: Any) -> None:
        """Call it before the page is shown; it counts for one that was just opened, or overtaken."""
        if not self.seen.data:
            self.seen.data = digest(part)

    def overtaken(self, error: Overtaken) -> None:
        self.form_errors.append(_(error.message))
        self.seen.raw_data, self.seen.data = None, ""


def required(message: Any) -> Any:
    """A validator: something other than spaces must be there; stops further checks of the field."""

    def check(_form: Form, field: Field) -> None:
        if not (field.data or "").strip():
            field.errors = []
            raise StopValidation(str(message))

    check.field_flags = {"required": True}  # type: ignore[attr-defined]
    return check


def at_most(length: int) -> Any:
    """A validator: at most `length` characters; says how many there are."""

    def check(_form: Form, field: Field) -> None:
        count = len(field.data or "")
        if count > length:
            raise ValidationError(
                _(
                    "This has %(count)s characters; %(limit)s are possible. Please shorten it.",
                    count=format_decimal(count),
                    limit=format_decimal(length),
                )
            )

    check.field_flags = {"maxlength": length}  # type: ignore[attr-defined]
    return check


def one_line(text: str | None) -> str:
    """A filter: control characters and runs of space become one space; for titles and names."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text or "").split())
