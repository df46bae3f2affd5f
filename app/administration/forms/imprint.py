"""Imprint and contacts, as fields; and public texts in all languages of the house."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.widgets import CheckboxInput

from app.accounts.rules import read_address
from app.administration.forms.settings import SettingsForm
from app.core.errors import Refused
from app.core.forms import at_most, one_line
from app.core.settings import Settings

LINE, LINES = 200, 600  # characters
#: The official languages of the Union; an authority writes in one of them.
UNION_LANGUAGES = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
    "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
)  # fmt: skip


def _line(label: Any, **attributes: str) -> StringField:
    return StringField(label, [at_most(LINE)], filters=[one_line], render_kw=attributes)


def _lines(label: Any) -> TextAreaField:
    return TextAreaField(label, [at_most(LINES)], filters=[_stripped])


def _stripped(text: str | None) -> str:
    lines = (one_line(line) for line in (text or "").strip().split("\n"))
    return "\n".join(lines)


def _address(label: Any) -> StringField:
    checks = [at_most(LINE), _is_address]
    kind = {"type": "email", "autocomplete": "off"}
    return StringField(label, checks, filters=[one_line], render_kw=kind)


def _is_address(_form: Any, field: Field) -> None:
    if field.data:
        try:
            field.data = read_address(field.data)
        except Refused as error:
            raise ValidationError(_(error.message)) from error


class ImprintForm(SettingsForm):
    """What is missing is said, but may be filled in later."""

    provider = _line(_l("Name and legal form"))
    provider_address = _lines(_l("Postal address"))
    represented_by = _line(_l("Represented by"))
    provider_email = _address(_l("E-mail address"))
    provider_phone = _line(_l("Telephone"), type="tel")
    register_entry = _line(_l("Register and number"))
    vat_id = _line(_l("VAT identification number"))
    supervisory_authority = _lines(_l("Supervisory authority"))
    responsible_editor = _lines(_l("Responsible for edited content"))
    youth_contact = _lines(_l("Youth protection"))
    contact_email = _address(_l("E-mail address for everybody"))
    contact_url = _line(_l("Address of your contact form"), type="url")
    authority_email = _address(_l("E-mail address for authorities"))
    authority_languages = SelectMultipleField(
        _l("Languages in which authorities can write"), option_widget=CheckboxInput()
    )
    legal_representative = _lines(_l("Legal representative in the Union"))

    def __init__(self, now: Settings, languages: dict[str, str], **kwargs: Any) -> None:
        """`languages` are codes with their names for the reader."""
        super().__init__(now, **kwargs)
        self.authority_languages.choices = list(languages.items())

    def validate_contact_url(self, field: Field) -> None:
        if field.data and not _is_web_address(field.data):
            raise ValidationError(_("The address of a page begins with https://. Please check it."))

    @property
    def values(self) -> dict[str, Any]:
        found = super().values
        return {**found, "authority_languages": tuple(found["authority_languages"])}


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and " " not in text
