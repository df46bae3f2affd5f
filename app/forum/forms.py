"""What comes in from a browser: asking, answering."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Form,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from app.core.forms import AppForm, at_most, one_line, required
from app.core.text import TextError, render

TITLE_MIN, TITLE_MAX = 5, 200
MAX_TAGS = 5
TAG_MAX = 30
TAGS_LENGTH = MAX_TAGS * (TAG_MAX + 2)

_TAG = re.compile(r"[^\W_](?:[\w.+#-]| (?! )){0,29}")


def _readable_title(_form: Form, field: Any) -> None:
    if len(field.data or "") < TITLE_MIN:
        raise ValidationError(
            _("Please write a few words, so that others understand what it is about.")
        )


def _tags_ok(_form: Form, field: Any) -> None:
    names = split_tags(field.data)
    if len(names) > MAX_TAGS:
        raise ValidationError(_("Please choose at most %(limit)s tags.", limit=MAX_TAGS))
    for name in names:
        if not _TAG.fullmatch(name):
            raise ValidationError(
                _(
                    "“%(tag)s” cannot be a tag. "
                    "A tag has up to %(limit)s letters, digits or hyphens.",
                    tag=name[:TAG_MAX],
                    limit=TAG_MAX,
                )
            )


def split_tags(text: str | None) -> list[str]:
    """ "WLAN, Router" → ["wlan", "router"]; each once, in order."""
    names = (one_line(part).lower() for part in re.split(r"[,;\n]", text or ""))
    return list(dict.fromkeys(name for name in names if name))


class _WithText(AppForm):
    """A form with a Markdown text. After validate(), `html` is the safe rendering."""

    html = ""

    def validate_text(self, field: Any) -> None:
        try:
            self.html = render(field.data or "")
        except TextError as error:
            raise ValidationError(str(error.message)) from error


class AnswerForm(_WithText):
    """`parent` is the id of the post that a comment hangs under; empty for an answer. `official` is
    offered to the team only, and counts for nobody else.
    """

    text = TextAreaField(validators=[required(_l("Please write something first."))])
    parent = HiddenField()
    official = BooleanField(default=True, false_values=(False, "false", "", "0", "off", "no"))

    def validate_parent(self, field: Any) -> None:
        if field.data and self.parent_id is None:
            raise ValidationError(_("This post does not exist. Please open the topic again."))

    @property
    def parent_id(self) -> int | None:
        raw = self.parent.data or ""
        return int(raw) if re.fullmatch(r"[1-9][0-9]{0,17}", raw) else None


class AskForm(_WithText):
    """Opening a topic; `boards` are those in which the person may write."""

    board = SelectField(validate_choice=False)
    kind = RadioField(default="question", validate_choice=False)
    title = StringField(
        filters=[one_line],
        validators=[
            required(_l("Please write your question in one sentence.")),
            _readable_title,
            at_most(TITLE_MAX),
        ],
    )
    text = TextAreaField(validators=[required(_l("Please describe what happened."))])
    tags = StringField(filters=[one_line], validators=[at_most(TAGS_LENGTH), _tags_ok])

    def __init__(self, boards: Sequence[Any], **kwargs: Any) -> None:
        self.boards = {board.slug: board for board in boards}
        super().__init__(**kwargs)
        self.board.choices = [(b.slug, b.name) for b in boards]
        self.kind.choices = [("question", _("A question")), ("discussion", _("A discussion"))]
        if len(boards) > 1:
            self.board.choices.insert(0, ("", _("Please choose")))

    def validate_board(self, field: Any) -> None:
        if field.data not in self.boards:
            raise ValidationError(_("Please choose the board where your question belongs."))

    def validate_kind(self, field: Any) -> None:
        if field.data not in ("question", "discussion"):
            raise ValidationError(_("Please choose whether it is a question or a discussion."))

    @property
    def chosen_board(self) -> Any:
        return self.boards[self.board.data]
