"""What comes in from the desk: who is to be in charge, and a note."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from app.core.forms import AppForm, at_most, required
from app.desk.models import NOTE_LENGTH


class NoteForm(AppForm):
    text = TextAreaField(
        _l("Internal note"),
        [required(_l("Please write something first.")), at_most(NOTE_LENGTH)],
    )
