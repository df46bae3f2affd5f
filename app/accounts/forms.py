"""What comes in from a browser: registering, signing in, passwords, settings."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    PasswordField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from app.accounts.addresses import read_address
from app.accounts.models import ABOUT_LENGTH
from app.accounts.names import name_verdict
from app.accounts.passwords import password_verdict
from app.core.errors import Refused
from app.core.forms import AppForm, at_most, one_line, required
from app.core.languages import OWN_NAMES
from app.core.rules import Verdict
from app.core.settings import load_settings

_OFF = (False, "false", "", "0", "off", "no")


class _AddressField(StringField):  # type: ignore[misc]
    """An e-mail address; `address` is the strict form after validation."""

    address = ""

    def pre_validate(self, form: Any) -> None:
        try:
            self.address = read_address(self.data or "") if self.data else ""
        except Refused as error:
            raise ValidationError(_(error.message)) from error


class RegisterForm(AppForm):
    name = StringField(
        _l("Display name"),
        [required(_l("Please choose a name."))],
        filters=[one_line],
        render_kw={"autocomplete": "nickname", "spellcheck": "false"},
    )
    email = _AddressField(
        _l("E-mail address"),
        [required(_l("Please enter your e-mail address."))],
        render_kw={"autocomplete": "email", "type": "email"},
    )
    password = PasswordField(
        _l("Password"),
        [required(_l("Please choose a password."))],
        render_kw={"autocomplete": "new-password"},
    )
    netiquette = BooleanField(_l("Netiquette"), false_values=_OFF)

    def validate_name(self, field: Field) -> None:
        _must(name_verdict(field.data, house=load_settings().own_names))

    def validate_password(self, field: Field) -> None:
        known = (self.name.data or "", self.email.data or "", load_settings().name)
        _must(password_verdict(field.data, context=known))

    def validate_netiquette(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(
                _("Please read the netiquette and tick the box. Its rules apply to everybody here.")
            )


class InvitationForm(RegisterForm):
    """The address stands in the invitation; the view sets it as `address`."""

    email = None  # type: ignore[assignment]  # wtforms: no such field here
    address = ""

    def validate_name(self, field: Field) -> None:
        _must(name_verdict(field.data, reserved=True))

    def validate_password(self, field: Field) -> None:
        known = (self.name.data or "", self.address, load_settings().name)
        _must(password_verdict(field.data, context=known))


class SignInForm(AppForm):
    email = StringField(
        _l("E-mail address"),
        [required(_l("Please enter your e-mail address."))],
        render_kw={"autocomplete": "username", "type": "email"},
    )
    password = PasswordField(
        _l("Password"),
        [required(_l("Please enter your password."))],
        render_kw={"autocomplete": "current-password"},
    )


class ForgotForm(AppForm):
    email = _AddressField(
        _l("E-mail address"),
        [required(_l("Please enter your e-mail address."))],
        render_kw={"autocomplete": "username", "type": "email"},
    )


class _NewPassword(AppForm):
    """A form with a new password; the view sets `known`, what everybody knows of the person."""

    known: tuple[str, ...] = ()

    def check_new(self, field: Field) -> None:
        _must(password_verdict(field.data, context=(*self.known, load_settings().name)))


class ResetForm(_NewPassword):
    password = PasswordField(
        _l("New password"),
        [required(_l("Please choose a password."))],
        render_kw={"autocomplete": "new-password"},
    )

    def validate_password(self, field: Field) -> None:
        self.check_new(field)


class PasswordForm(_NewPassword):
    current_password = PasswordField(
        _l("Current password"),
        [required(_l("Please enter your password."))],
        render_kw={"autocomplete": "current-password"},
    )
    new_password = PasswordField(
        _l("New password"),
        [required(_l("Please choose a password."))],
        render_kw={"autocomplete": "new-password"},
    )

    def validate_new_password(self, field: Field) -> None:
        self.check_new(field)


class SettingsForm(AppForm):
    about = TextAreaField(_l("About you"), [at_most(ABOUT_LENGTH)])
    locale = SelectField(_l("Language"), validate_choice=False)
    mail_answer = BooleanField(_l("Somebody answers in a topic I follow"), false_values=_OFF)
    mail_mention = BooleanField(_l("Somebody mentions me"), false_values=_OFF)
    mail_acceptance = BooleanField(_l("My answer becomes the solution"), false_values=_OFF)
    mail_standing = BooleanField(
        _l("News of my reports, my rank and the super user programme"), false_values=_OFF
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        offered = load_settings().languages
        self.locale.choices = [(key, OWN_NAMES[key]) for key in offered]

    def validate_locale(self, field: Field) -> None:
        if field.data not in load_settings().languages:
            raise ValidationError(_("Please choose one of the languages."))


def _must(verdict: Verdict) -> None:
    if not verdict:
        raise ValidationError(_(verdict.message, **verdict.values))
