"""Languages and address."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput

from app.administration.forms.settings import SettingsForm
from app.core.languages import LANGUAGES, OWN_NAMES
from app.core.settings import Settings

ADDRESSES = ("sie", "du")


class LanguageForm(SettingsForm):
    languages = SelectMultipleField(_l("Offered languages"), option_widget=CheckboxInput())
    default_language = RadioField(
        _l("Language for guests who have not chosen one"), validate_choice=False
    )
    address = RadioField(_l("How are people addressed in German?"), validate_choice=False)

    def __init__(self, now: Settings, **kwargs: Any) -> None:
        super().__init__(now, **kwargs)
        self.languages.choices = [(key, OWN_NAMES[key]) for key in LANGUAGES]
        self.default_language.choices = [(key, OWN_NAMES[key]) for key in LANGUAGES]
        self.address.choices = [("sie", "Sie"), ("du", "du")]

    def validate_languages(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_("Please offer at least one language."))

    def validate_default_language(self, field: Field) -> None:
        if field.data not in (self.languages.data or LANGUAGES):
            raise ValidationError(_("Please choose one of the languages that you offer."))

    def validate_address(self, field: Field) -> None:
        if field.data not in ADDRESSES:
            raise ValidationError(_("Please choose one of the two."))

    @property
    def values(self) -> dict[str, Any]:
        """Languages in the order of the house."""
        chosen = tuple(key for key in LANGUAGES if key in self.languages.data)
        return {**super().values, "languages": chosen}
