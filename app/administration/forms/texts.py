"""A public text in all languages of the house, and which version it began from."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField, ValidationError

from app.core.forms import AppForm, at_most, one_line, required
from app.core.languages import LANGUAGES
from app.core.numbers import whole
from app.core.text import TextError, render

TITLE_LENGTH = 100
#: How our templates mark what only the operator knows.
GAPS = ("[bitte ergänzen", "[please fill in")


def _title() -> StringField:
    checks = [required(_l("Please give the text a title.")), at_most(TITLE_LENGTH)]
    return StringField(_l("Title"), checks, filters=[one_line])


def _text() -> TextAreaField:
    return TextAreaField(_l("Text"), [required(_l("Please write the text."))])


class TextForm(AppForm):
    """After validate(), `html` holds the renderings by language."""

    version = HiddenField()
    title_de, text_de = _title(), _text()
    title_en, text_en = _title(), _text()

    def __init__(self, **kwargs: Any) -> None:
        self.html: dict[str, str] = {}
        super().__init__(**kwargs)

    def texts(self) -> dict[str, tuple[str, str]]:
        """Language → title and text."""
        return {
            language: (self[f"title_{language}"].data, self[f"text_{language}"].data)
            for language in LANGUAGES
        }

    @property
    def began_from(self) -> int:
        return whole(self.version.data) or 0

    def validate_text_de(self, field: Any) -> None:
        self._check("de", field.data or "")

    def validate_text_en(self, field: Any) -> None:
        self._check("en", field.data or "")

    def _check(self, language: str, source: str) -> None:
        """The rendering is there even where something is to be filled in: for the preview."""
        try:
            self.html[language] = render(source, headings_lower_by=0)
        except TextError as error:
            raise ValidationError(str(error.message)) from error
        for gap in GAPS:
            if gap in source.lower():
                line = source.lower()[: source.lower().index(gap)].count("\n") + 1
                raise ValidationError(
                    _(
                        "Line %(line)s still has something to fill in. Please complete it.",
                        line=line,
                    )
                )
