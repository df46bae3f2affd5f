"""A rule of the netiquette in both languages, what stands around the rules, and what is new."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from app.accounts.models import CHANGES_LENGTH
from app.core.forms import SeenForm, at_most, one_line, required
from app.core.locale import LANGUAGES
from app.moderation.actions import FRAME
from app.moderation.actions.wording import WORDS
from app.moderation.models import RULE_TEXT_LENGTH, RULE_TITLE_LENGTH

FRAME_LENGTH = 10_000
STEPS = ("hint", "hide", "suspend")
GROUNDS = {
    "incompatible": _l("against our rules"),
    "illegal": _l("against the law"),
}
#: Of the European database of statements (DSA), those that a forum needs.
CATEGORIES = {
    "STATEMENT_CATEGORY_OTHER_VIOLATION_TC": _l("Another breach of the rules"),
    "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH": _l("Illegal or harmful speech"),
    "STATEMENT_CATEGORY_CYBER_VIOLENCE": _l("Cyber violence"),
    "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS": _l("Personal data and privacy"),
    "STATEMENT_CATEGORY_PROTECTION_OF_MINORS": _l("Protection of minors"),
    "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS": _l("Intellectual property"),
    "STATEMENT_CATEGORY_CONSUMER_INFORMATION": _l("Consumer information"),
    "STATEMENT_CATEGORY_SCAMS_AND_FRAUD": _l("Scams and fraud"),
}


class _BothLanguages(SeenForm):
    """Fields `<part>_<language>`."""

    PARTS: tuple[str, ...] = ()

    @property
    def words(self) -> dict[str, dict[str, str]]:
        return {
            part: {code: (self[f"{part}_{code}"].data or "").strip() for code in LANGUAGES}
            for part in self.PARTS
        }

    def show(self, content: Any) -> None:
        for part in self.PARTS:
            for code in LANGUAGES:
                self[f"{part}_{code}"].data = content[part][code]


class RuleForm(_BothLanguages):
    """Everything may still be empty while it is a draft; publishing asks for all of it."""

    PARTS = WORDS

    title_de = StringField(filters=[one_line], validators=[at_most(RULE_TITLE_LENGTH)])
    title_en = StringField(filters=[one_line], validators=[at_most(RULE_TITLE_LENGTH)])
    text_de = TextAreaField(validators=[at_most(RULE_TEXT_LENGTH)])
    text_en = TextAreaField(validators=[at_most(RULE_TEXT_LENGTH)])
    reason_de = TextAreaField(validators=[at_most(RULE_TEXT_LENGTH)])
    reason_en = TextAreaField(validators=[at_most(RULE_TEXT_LENGTH)])
    example_de = TextAreaField(validators=[at_most(RULE_TEXT_LENGTH)])
    example_en = TextAreaField(validators=[at_most(RULE_TEXT_LENGTH)])
    hint = BooleanField(_l("Friendly word"))
    hide = BooleanField(_l("Hide the post"))
    suspend = BooleanField(_l("Suspend the account"))
    ground = SelectField(validate_choice=False)
    category = SelectField(validate_choice=False)
    reportable = BooleanField(_l("Members can report a post under this rule"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ground.choices = list(GROUNDS.items())
        self.category.choices = list(CATEGORIES.items())

    def validate_ground(self, field: Any) -> None:
        if field.data not in GROUNDS:
            raise ValidationError(_("Please choose something from the list."))

    def validate_category(self, field: Any) -> None:
        if field.data not in CATEGORIES:
            raise ValidationError(_("Please choose something from the list."))

    @property
    def values(self) -> dict[str, Any]:
        return {
            **self.words,
            "steps": [step for step in STEPS if self[step].data] or ["hint"],
            "dsa_ground": self.ground.data,
            "dsa_category": self.category.data,
            "reportable": bool(self.reportable.data),
        }

    def show(self, content: Any) -> None:
        super().show(content)
        for step in STEPS:
            self[step].data = step in content["steps"]
        self.ground.data, self.category.data = content["dsa_ground"], content["dsa_category"]
        self.reportable.data = content["reportable"]


class FrameForm(_BothLanguages):
    """What stands before and after the rules."""

    PARTS = FRAME

    intro_de = TextAreaField(validators=[at_most(FRAME_LENGTH)])
    intro_en = TextAreaField(validators=[at_most(FRAME_LENGTH)])
    consequences_de = TextAreaField(validators=[at_most(FRAME_LENGTH)])
    consequences_en = TextAreaField(validators=[at_most(FRAME_LENGTH)])
    objection_de = TextAreaField(validators=[at_most(FRAME_LENGTH)])
    objection_en = TextAreaField(validators=[at_most(FRAME_LENGTH)])
    contact_de = TextAreaField(validators=[at_most(FRAME_LENGTH)])
    contact_en = TextAreaField(validators=[at_most(FRAME_LENGTH)])


class PublishForm(SeenForm):
    """What changed, for members who accepted the version before."""

    changes_de = TextAreaField(
        validators=[required(_l("Please say in German what is new.")), at_most(CHANGES_LENGTH)]
    )
    changes_en = TextAreaField(
        validators=[required(_l("Please say in English what is new.")), at_most(CHANGES_LENGTH)]
    )

    @property
    def changes(self) -> dict[str, str]:
        return {code: (self[f"changes_{code}"].data or "").strip() for code in LANGUAGES}
