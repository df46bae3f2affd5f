"""A board: what it is called, how it looks in the list, who it is for."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField, ValidationError

from app.accounts.actor import MEMBERS, PUBLIC, STAFF, SUPERUSERS
from app.core.forms import SeenForm, at_most, one_line, required
from app.core.web.converters import SLUG_LENGTH, slugify
from app.forum.models import BOARD_NAME_LENGTH, DEFAULT_ICON, DESCRIPTION_LENGTH

#: Icons of the sprite that suit a board, and what they show.
ICONS = {
    "chat-square-text": _l("Speech bubble"),
    "question-circle": _l("Question mark"),
    "lightbulb": _l("Light bulb"),
    "megaphone": _l("Megaphone"),
    "people": _l("People"),
    "headset": _l("Headset"),
    "house": _l("House"),
    "building": _l("Building"),
    "globe2": _l("Globe"),
    "wifi": _l("Wi-fi"),
    "router": _l("Router"),
    "phone": _l("Mobile phone"),
    "telephone": _l("Telephone"),
    "laptop": _l("Laptop"),
    "tv": _l("Television"),
    "camera": _l("Camera"),
    "receipt": _l("Bill"),
    "credit-card": _l("Bank card"),
    "cart": _l("Shopping cart"),
    "truck": _l("Delivery van"),
    "box": _l("Parcel"),
    "plug": _l("Plug"),
    "tools": _l("Tools"),
    "gear": _l("Gear wheel"),
    "shield-lock": _l("Shield with a lock"),
    "person": _l("Person"),
    "calendar": _l("Calendar"),
    "star": _l("Star"),
    "heart": _l("Heart"),
    "bookmark": _l("Bookmark"),
}
READERS = {
    PUBLIC: _l("Everybody, also without an account"),
    MEMBERS: _l("Members"),
    SUPERUSERS: _l("Super users and the team"),
    STAFF: _l("The team"),
}


class BoardForm(SeenForm):
    """`confirmed` is the audience that was shown to the administrator with its consequences."""

    board_name = StringField(
        filters=[one_line],
        validators=[required(_l("Please give the board a name.")), at_most(BOARD_NAME_LENGTH)],
    )
    description = StringField(filters=[one_line], validators=[at_most(DESCRIPTION_LENGTH)])
    icon = RadioField(default=DEFAULT_ICON, validate_choice=False)
    audience = RadioField(validate_choice=False)
    post_audience = RadioField(validate_choice=False)
    confirmed = HiddenField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.icon.choices = list(ICONS.items())
        self.audience.choices = [(str(step), words) for step, words in READERS.items()]
        self.post_audience.choices = self.audience.choices[1:]

    def validate_icon(self, field: Any) -> None:
        if field.data not in ICONS:
            raise ValidationError(_("Please choose one of the icons."))

    def validate_audience(self, field: Any) -> None:
        if field.data not in dict(self.audience.choices):
            raise ValidationError(_("Please choose who may read."))

    def validate_post_audience(self, field: Any) -> None:
        if field.data not in dict(self.post_audience.choices):
            raise ValidationError(_("Please choose who may write."))
        if self.audience.data in dict(self.audience.choices) and self.writers < self.readers:
            raise ValidationError(
                _("Whoever may write must be able to read. Please change one of the two.")
            )

    @property
    def readers(self) -> int:
        return int(self.audience.data)

    @property
    def writers(self) -> int:
        return int(self.post_audience.data)


class NewBoardForm(BoardForm):
    """The address is chosen once; links to the board outlive its name."""

    slug = StringField(filters=[one_line], validators=[at_most(SLUG_LENGTH)])

    def validate_slug(self, field: Any) -> None:
        if field.data and slugify(field.data) != field.data:
            raise ValidationError(
                _(
                    "Small Latin letters, digits and hyphens make an address, such as “%(example)s”.",
                    example=slugify(field.data) or "internet-tv",
                )
            )
