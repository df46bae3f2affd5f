"""What comes in from a browser: the words of an article, and a reason for a decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField, TextAreaField, ValidationError

from app.accounts.actor import MEMBERS, PUBLIC, STAFF, SUPERUSERS
from app.core.forms import AppForm, at_most, one_line, required
from app.core.numbers import whole
from app.core.text import TextError, render
from app.knowledge.models import (
    COMMENT_LENGTH,
    REASON_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    VALID_FOR_LENGTH,
)


class ArticleForm(AppForm):
    """The words of an article. After validate() the `…_html` are safe renderings.

    `boards` are those that staff may choose; the empty choice is an article for all of them.
    """

    problem_html = ""
    solution_html = ""

    title = StringField(
        filters=[one_line],
        validators=[required(_l("Please give the article a title.")), at_most(TITLE_LENGTH)],
    )
    problem = TextAreaField(validators=[required(_l("Please say what goes wrong."))])
    solution = TextAreaField(validators=[required(_l("Please write the steps that help."))])
    valid_for = StringField(filters=[one_line], validators=[at_most(VALID_FOR_LENGTH)])
    board = SelectField(validate_choice=False)
    audience = SelectField(validate_choice=False)
    comment = StringField(filters=[one_line], validators=[at_most(COMMENT_LENGTH)])
    based_on = HiddenField()

    def __init__(self, boards: Sequence[Any], **kwargs: Any) -> None:
        self.boards = {board.slug: board for board in boards}
        super().__init__(**kwargs)
        self.board.choices = [("", _("All boards"))] + [(b.slug, b.name) for b in boards]
        self.audience.choices = [
            (str(PUBLIC), _("Everybody")),
            (str(MEMBERS), _("Members")),
            (str(SUPERUSERS), _("Super users and the team")),
            (str(STAFF), _("The team")),
        ]

    def validate_problem(self, field: Any) -> None:
        self.problem_html = _rendered(field)

    def validate_solution(self, field: Any) -> None:
        self.solution_html = _rendered(field)

    def validate_board(self, field: Any) -> None:
        if field.data and field.data not in self.boards:
            raise ValidationError(_("Please choose a board from the list."))

    def validate_audience(self, field: Any) -> None:
        if field.data not in dict(self.audience.choices):
            raise ValidationError(_("Please choose who may read the article."))

    @property
    def chosen_board(self) -> Any:
        return self.boards.get(self.board.data)

    @property
    def chosen_audience(self) -> int:
        return int(self.audience.data)

    @property
    def base_number(self) -> int:
        """The revision that the writer began with; 0 for nonsense, which is never the newest."""
        return whole(self.based_on.data) or 0


class ReasonForm(AppForm):
    """Why a suggestion is declined, or what the writer should change."""

    reason = TextAreaField(
        filters=[one_line],
        validators=[required(_l("Please say why, in a sentence.")), at_most(REASON_LENGTH)],
    )


def shortened(text: str) -> str:
    """As much of a text as an article may have; imported posts can be longer."""
    return text[:TEXT_LENGTH]


def _rendered(field: Any) -> str:
    try:
        return render(field.data or "")
    except TextError as error:
        raise ValidationError(str(error.message)) from error
