"""What comes in from a browser: reports, notices, decisions, objections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from app.accounts.models import EMAIL_LENGTH, NAME_LENGTH
from app.accounts.rules import read_address
from app.core.errors import Refused
from app.core.forms import AppForm, at_most, one_line, required
from app.core.locale import current_language
from app.moderation.models import (
    APPEAL_LENGTH,
    GROUND_LENGTH,
    NOTICE_LENGTH,
    OUTCOMES,
    RESTRICTING,
    URL_LENGTH,
    WORDS_LENGTH,
)

_OFF = (False, "false", "", "0", "off", "no")

#: What a notice can be about: our word → the category of the Transparency Database.
CATEGORIES = {
    "speech": "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
    "privacy": "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
    "fraud": "STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
    "rights": "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
    "minors": "STATEMENT_CATEGORY_PROTECTION_OF_MINORS",
    "violence": "STATEMENT_CATEGORY_VIOLENCE",
    "goods": "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS",
    "other": "STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE",
}


def rule_choices(rules: Sequence[Any]) -> list[tuple[str, str]]:
    """The reportable rules for a picker, in the reader's language."""
    language = current_language()
    return [
        (
            str(rule.number),
            _(
                "Rule %(number)s: %(title)s",
                number=rule.number,
                title=getattr(rule, f"title_{language}"),
            ),
        )
        for rule in rules
        if rule.reportable
    ]


class _WithRule(AppForm):
    rule = RadioField(validate_choice=False)

    def __init__(self, rules: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rule.choices = rule_choices(rules)

    @property
    def rule_number(self) -> int | None:
        known = {value for value, _label in self.rule.choices or []}
        return int(self.rule.data) if self.rule.data in known else None


class ReportForm(_WithRule):
    text = TextAreaField(validators=[at_most(WORDS_LENGTH)])

    def validate_rule(self, field: Field) -> None:
        if self.rule_number is None:
            raise ValidationError(_("Please choose the rule that the post breaks."))


class NoticeForm(AppForm):
    """Name and address may be left out where the law says so (`anonymous_ground`)."""

    url = StringField(
        filters=[one_line],
        validators=[required(_l("Please give the exact address.")), at_most(URL_LENGTH)],
    )
    category = SelectField(validate_choice=False)
    reasons = TextAreaField(
        validators=[required(_l("Please say why it is illegal.")), at_most(NOTICE_LENGTH)]
    )
    name = StringField(
        filters=[one_line], validators=[at_most(NAME_LENGTH)], render_kw={"autocomplete": "name"}
    )
    email = StringField(
        filters=[one_line],
        validators=[at_most(EMAIL_LENGTH)],
        render_kw={"autocomplete": "email", "type": "email"},
    )
    anonymous_ground = BooleanField(false_values=_OFF)
    bona_fide = BooleanField(false_values=_OFF)

    address: str | None = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.category.choices = [
            ("", _("Please choose")),
            ("speech", _("Insult, threat, hate, defamation")),
            ("privacy", _("Personal data or pictures of others")),
            ("fraud", _("Fraud, phishing, impersonation")),
            ("rights", _("Copyright, trade marks")),
            ("minors", _("Danger for children and young people")),
            ("violence", _("Violence, danger to life")),
            ("goods", _("Forbidden goods or services")),
            ("other", _("Something else")),
        ]

    def validate_category(self, field: Field) -> None:
        if field.data not in CATEGORIES:
            raise ValidationError(_("Please choose what it is about."))

    def validate_name(self, field: Field) -> None:
        if not field.data and not self.anonymous_ground.data:
            raise ValidationError(_("Please give your name. We tell it to nobody."))

    def validate_email(self, field: Field) -> None:
        if not field.data:
            if not self.anonymous_ground.data:
                raise ValidationError(
                    _("Please give your e-mail address, so that we can tell you what we decide.")
                )
            return
        try:
            self.address = read_address(field.data)
        except Refused as error:
            raise ValidationError(_(error.message)) from error

    def validate_bona_fide(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(
                _("Please confirm that what you say is true to the best of your knowledge.")
            )

    @property
    def names_post(self) -> tuple[str, int] | None:
        """What the address points to: ("post", id) or ("topic", id); None for anything else."""
        text = self.url.data or ""
        found = re.search(r"#post-([1-9][0-9]{0,17})$", text) or re.search(
            r"/posts/([1-9][0-9]{0,17})(?![0-9])", text
        )
        if found:
            return "post", int(found[1])
        topic = re.search(r"/topics/([1-9][0-9]{0,17})(?![0-9])", text)
        return ("topic", int(topic[1])) if topic else None


class DecisionForm(_WithRule):
    """`kind` is what shall happen; `shown` the mark of the letter that the person has read."""

    kind = RadioField(validate_choice=False)
    facts = TextAreaField(
        filters=[lambda text: (text or "").strip()],
        validators=[at_most(WORDS_LENGTH)],
        render_kw={"data-key": "t"},  # static/js/keys.js
    )
    law = StringField(filters=[one_line], validators=[at_most(GROUND_LENGTH)])
    shown = HiddenField()

    def __init__(
        self, rules: Sequence[Any], kinds: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(rules, **kwargs)
        self.kind.choices = list(kinds)

    def validate_kind(self, field: Field) -> None:
        if field.data not in {value for value, _label in self.kind.choices or []}:
            raise ValidationError(_("Please choose what should happen."))

    def validate_rule(self, field: Field) -> None:
        if self.kind.data in RESTRICTING and self.rule_number is None:
            raise ValidationError(_("Please choose the rule that the post breaks."))

    def validate_facts(self, field: Field) -> None:
        if self.kind.data in RESTRICTING and not field.data:
            raise ValidationError(_("Please say what exactly breaks the rule."))


class AppealForm(AppForm):
    text = TextAreaField(
        filters=[lambda text: (text or "").strip()],
        validators=[
            required(_l("Please write what we have overlooked.")),
            at_most(APPEAL_LENGTH),
        ],
    )


class AppealDecisionForm(AppForm):
    outcome = RadioField(validate_choice=False)
    reasons = TextAreaField(
        filters=[lambda text: (text or "").strip()],
        validators=[
            required(_l("Please give your reasons. The author reads them.")),
            at_most(WORDS_LENGTH),
        ],
    )
    shown = HiddenField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.outcome.choices = [
            ("upheld", _("The decision stands")),
            ("reversed", _("Reverse the decision and show the post again")),
        ]

    def validate_outcome(self, field: Field) -> None:
        if field.data not in OUTCOMES:
            raise ValidationError(_("Please choose how the objection ends."))
