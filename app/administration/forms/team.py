"""Inviting somebody into the team, and another role for somebody who is there."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, ValidationError

from app.accounts.models import ROLES, TEAM
from app.accounts.rules import read_address
from app.core.errors import Refused
from app.core.forms import AppForm, required
from app.core.locale import LANGUAGES

#: For members of the team; super users are made by their programme.
GIVEN = tuple(role for role in ROLES if role != "superuser")


class InvitationForm(AppForm):
    """`address` is the strict form of the e-mail address after validate()."""

    address = ""

    email = StringField(
        _l("E-mail address"),
        [required(_l("Please enter an e-mail address."))],
        render_kw={"type": "email", "autocomplete": "off"},
    )
    role = RadioField(_l("Role"), default=TEAM[0], validate_choice=False)
    locale = SelectField(_l("Language of the e-mail"), validate_choice=False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        words = {
            "agent": _("Service team"),
            "moderator": _("Moderation"),
            "admin": _("Administration"),
        }
        self.role.choices = [(role, words[role]) for role in TEAM]
        self.locale.choices = [("de", "Deutsch"), ("en", "English")]

    def validate_email(self, field: Any) -> None:
        try:
            self.address = read_address(field.data or "")
        except Refused as error:
            raise ValidationError(_(error.message)) from error

    def validate_role(self, field: Any) -> None:
        if field.data not in TEAM:
            raise ValidationError(_("Please choose one of the roles."))

    def validate_locale(self, field: Any) -> None:
        if field.data not in LANGUAGES:
            raise ValidationError(_("Please choose one of the languages."))
