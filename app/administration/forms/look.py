"""Name, colour and logo. The logo's file is read by the view; here stands what was typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, RadioField, StringField, ValidationError

from app.administration.forms.settings import SettingsForm
from app.administration.rules import LOOK
from app.core.colour import MAX_CHROMA, MAX_HUE, read_hex
from app.core.forms import at_most, one_line, required
from app.core.numbers import whole
from app.core.settings import Settings

NAME_LENGTH = 40  # the header of a phone has room for about twenty
COMPANY_LENGTH = 60
STRONGEST = round(MAX_CHROMA * 1_000)
BY_CODE, BY_HUE = "code", "hue"
LOGO_CHARS = 400_000  # a PNG of the largest size that we make, in base64


class LookForm(SettingsForm):
    """`chroma` is in thousandths, so that nobody types decimal points."""

    NAMES = LOOK

    name = StringField(
        _l("Name of the forum"),
        [required(_l("Please give the forum a name.")), at_most(NAME_LENGTH)],
        filters=[one_line],
    )
    company = StringField(_l("Company"), [at_most(COMPANY_LENGTH)], filters=[one_line])
    by = RadioField(_l("Brand colour"), validate_choice=False)
    colour = StringField(
        _l("Colour value"),
        filters=[one_line],
        render_kw={"spellcheck": "false", "autocomplete": "off", "placeholder": "#00557b"},
    )
    hue = StringField(_l("Hue"), filters=[one_line], render_kw={"inputmode": "numeric"})
    chroma = StringField(_l("Strength"), filters=[one_line], render_kw={"inputmode": "numeric"})
    logo_kept = HiddenField(validators=[at_most(LOGO_CHARS)])
    without_logo = BooleanField(_l("Use the mark of the software instead of the logo"))

    def __init__(self, now: Settings, **kwargs: Any) -> None:
        """Shows what is in force until something was sent."""
        self.now = now
        self.brand = now.brand_hue, now.brand_chroma
        hue, chroma = now.brand_code
        super().__init__(
            now,
            data={
                "name": now.name,
                "company": now.company,
                "by": BY_CODE,
                "colour": now.brand.brand,
                "hue": str(hue),
                "chroma": str(chroma),
            },
            **kwargs,
        )
        self.by.choices = [(BY_CODE, _("By its value")), (BY_HUE, _("By hue and strength"))]

    @property
    def wanted(self) -> Settings:
        """The settings as they would be; what could not be read stays as it is."""
        hue, chroma = self.brand
        return replace(
            self.now,
            name=self.name.data or self.now.name,
            company=self.company.data or "",
            brand_hue=hue,
            brand_chroma=chroma,
        )

    def validate_colour(self, field: Field) -> None:
        """The value shown for the colour in force gives that colour, whatever rounding says."""
        if self.by.data == BY_HUE or (field.data or "") == self.now.brand.brand:
            return
        try:
            self.brand = read_hex(field.data or "")
        except ValueError as error:
            sentence = _(
                "A colour value is # with three or six digits from 0 to f, for example #00557b."
            )
            raise ValidationError(sentence) from error

    def validate_hue(self, field: Field) -> None:
        if self.by.data == BY_HUE:
            self.brand = _number(field, MAX_HUE), self.brand[1]

    def validate_chroma(self, field: Field) -> None:
        if self.by.data == BY_HUE:
            self.brand = self.brand[0], _number(field, STRONGEST) / 1_000


def _number(field: Field, most: int) -> int:
    number = whole(field.data)
    if number is None or number > most:
        raise ValidationError(_("Please enter a whole number from 0 to %(most)s.", most=most))
    return number
