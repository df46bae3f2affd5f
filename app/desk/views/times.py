"""Answer times: the page with its charts and tables, and the same numbers as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from flask import Response, make_response, render_template, request
from flask_babel import format_date, format_datetime
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.policies import staff
from app.core import clock
from app.core.locale import current_language
from app.core.sheet import Cell, csv_of
from app.core.web.policy import policy
from app.desk import display
from app.desk.times import HELPERS, NOBODY
from app.desk.views.blueprint import bp


@bp.get("/answer-times")
@policy(staff)
def answer_times() -> str:
    return render_template("desk/answer_times.html", times=display.answer_times(current_user))


@bp.get("/answer-times.csv")
@policy(staff)
def answer_times_csv() -> Response:
    """By week, or with `?by=question` each question of these weeks."""
    by_question = request.args.get("by") == "question"
    head, rows = _by_question() if by_question else _by_week()
    response = make_response(csv_of(head, rows, current_language()))
    response.mimetype = "text/csv"
    name = "questions" if by_question else "answer-times"
    day = format_date(clock.now(), "yyyy-MM-dd")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{day}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _by_week() -> tuple[list[str], Iterator[list[Cell]]]:
    head = [
        _("From"),
        _("To"),
        _("Questions"),
        _("Median in minutes"),
        _("Nine of ten within minutes"),
        _("Within a day, percent"),
        *(_helper(who) for who in (*HELPERS, NOBODY)),
    ]
    weeks = display.answer_times(current_user).weeks
    return head, (
        [
            _day(week.begins),
            _day(week.last_day),
            week.questions,
            _minutes(week.median),
            _minutes(week.slow),
            week.share_within_day,
            *(week.first[who] for who in (*HELPERS, NOBODY)),
        ]
        for week in weeks
    )


def _by_question() -> tuple[list[str], Iterator[list[Cell]]]:
    head = [_("Asked"), _("Board"), _("Title"), _("First answer"), _("Minutes"), _("By")]
    return head, (
        [
            format_datetime(row.asked_at, "yyyy-MM-dd HH:mm"),
            row.board_name,
            row.title,
            format_datetime(row.answered_at, "yyyy-MM-dd HH:mm") if row.answered_at else None,
            _minutes(row.answered_at - row.asked_at if row.answered_at else None),
            _helper(display.helper_of(row) or NOBODY),
        ]
        for row in display.questions(current_user)
    )


def _helper(who: str) -> str:
    words: dict[str, str] = {
        "customer": _("Customers"),
        "superuser": _("Super users"),
        "team": _("Service team"),
        NOBODY: _("nobody yet"),
    }
    return words[who]


def _day(moment: object) -> str:
    return str(format_date(moment, "yyyy-MM-dd"))


def _minutes(took: timedelta | None) -> int | None:
    return None if took is None else round(took.total_seconds() / 60)
