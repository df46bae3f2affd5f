"""What comes in from the desk: an answer, a note, the words of a canned reply."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField, TextAreaField, ValidationError

from app.core.forms import AppForm, SeenForm, at_most, one_line, required
from app.core.locale import LANGUAGES
from app.core.text import TextError, render
from app.desk.models import (
    ADDRESSES,
    NOTE_LENGTH,
    REPLY_LENGTH,
    REPLY_TITLE_LENGTH,
    SITUATION_LENGTH,
)

_OFF = (False, "false", "", "0", "off", "no")


class TeamAnswerForm(AppForm):
    """An answer by the team. After validate(), `html` is the safe rendering."""

    html = ""

    text = TextAreaField(validators=[required(_l("Please write something first."))])
    official = BooleanField(
        _l("Mark as an answer of the team: the company stands behind it"),
        default=True,
        false_values=_OFF,
    )

    def validate_text(self, field: Any) -> None:
        self.html = _rendered(field)


class NoteForm(AppForm):
    text = TextAreaField(
        _l("Internal note"),
        [required(_l("Please write something first.")), at_most(NOTE_LENGTH)],
    )


class ReplyForm(SeenForm):
    """A canned reply. Its text must be one that can be published."""

    title = StringField(
        _l("Title"),
        filters=[one_line],
        validators=[required(_l("Please give the reply a title.")), at_most(REPLY_TITLE_LENGTH)],
    )
    situation = StringField(
        _l("When it fits"), filters=[one_line], validators=[at_most(SITUATION_LENGTH)]
    )
    language = SelectField(_l("Language"), validate_choice=False)
    address = SelectField(_l("Form of address"), validate_choice=False)
    text = TextAreaField(
        _l("Text"),
        filters=[lambda text: (text or "").strip()],
        validators=[required(_l("Please write something first.")), at_most(REPLY_LENGTH)],
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.language.choices = [("de", _("German")), ("en", _("English"))]
        self.address.choices = [("sie", "Sie"), ("du", "du"), ("both", _("neither"))]

    def validate_language(self, field: Any) -> None:
        if field.data not in LANGUAGES:
            raise ValidationError(_("Please choose the language."))

    def validate_address(self, field: Any) -> None:
        if field.data not in ADDRESSES:
            raise ValidationError(_("Please choose the form of address."))

    def validate_text(self, field: Any) -> None:
        _rendered(field)


def _rendered(field: Any) -> str:
    try:
        return render(field.data or "")
    except TextError as error:
        raise ValidationError(str(error.message)) from error
