"""What comes in from a browser: reasons and the version of the charter that was read."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField

from app.core.forms import AppForm, at_most, required
from app.core.numbers import whole
from app.superusers.models import REASON_LENGTH


class ReasonForm(AppForm):
    """A decision that must say why."""

    reason = TextAreaField(
        _l("Reason"),
        [required(_l("Please say why, in a sentence or two.")), at_most(REASON_LENGTH)],
    )


class NoteForm(AppForm):
    """A decision that may say why."""

    reason = TextAreaField(_l("Reason"), [at_most(REASON_LENGTH)])


class CharterForm(AppForm):
    version = HiddenField()

    @property
    def read_version(self) -> int:
        """The version that the page showed; 0 for nonsense."""
        return whole(self.version.data) or 0
