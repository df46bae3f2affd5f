"""Boards: their list with its order, a new one, and what one is called and who it is for."""

from __future__ import annotations

from typing import Any

from flask import Response as FlaskResponse
from flask import make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.actor import MEMBERS, PUBLIC
from app.accounts.policies import staff
from app.administration.forms import READERS, BoardForm, NewBoardForm
from app.administration.limits import SETTING_UP
from app.administration.views.blueprint import bp
from app.core.db import transaction
from app.core.errors import NotFound
from app.core.web.limits import limited
from app.core.web.policy import policy
from app.core.web.saving import saved
from app.forum import actions, queries
from app.knowledge import queries as knowledge

#: What the form shows of a board.
SHOWN = ("name", "description", "icon", "audience", "post_audience")


@bp.get("/boards")
@policy(staff)
def boards() -> str:
    found = queries.visible_boards(current_user)
    return render_template("administration/boards.html", boards=found, readers=READERS)


@bp.post("/boards/<id:id>/move")
@policy(staff)
@limited(SETTING_UP)
def move_board(id: int) -> Response:
    """Not sent through once(): pressed twice is two places."""
    with transaction():
        actions.move_board(current_user, id, up=request.form.get("to") == "up")
    return redirect(url_for("administration.boards", _anchor=f"board-{id}"), 303)


@bp.get("/boards/new")
@policy(staff)
def new_board() -> str:
    form = NewBoardForm()
    form.audience.data, form.post_audience.data = str(PUBLIC), str(MEMBERS)
    return render_template("administration/new_board.html", form=form)


@bp.post("/boards/new")
@policy(staff)
@limited(SETTING_UP)
def new_board_send() -> Response:
    form = NewBoardForm()
    page = "administration/new_board.html"
    return saved(form, lambda: _create(form), lambda: render_template(page, form=form))


@bp.get("/boards/<id:id>")
@policy(staff)
def board(id: int) -> str:
    found = _board_or_404(id)
    form = BoardForm()
    form.board_name.data, form.description.data = found.name, found.description
    form.icon.data = found.icon
    form.audience.data, form.post_audience.data = str(found.audience), str(found.post_audience)
    return _page(found, form)


@bp.post("/boards/<id:id>")
@policy(staff)
@limited(SETTING_UP)
def board_send(id: int) -> Response | FlaskResponse:
    found = _board_or_404(id)
    form = BoardForm()
    if not form.validate():
        return make_response(_page(found, form), 422)
    consequences = _consequences(found, form)
    if consequences and form.confirmed.data != form.audience.data:
        return make_response(_page(found, form, consequences=consequences), 422)
    return saved(form, lambda: _change(form, id), lambda: _page(_board_or_404(id), form))


def _create(form: NewBoardForm) -> str:
    actions.create_board(
        form.board_name.data or "",
        actor=current_user,
        slug=form.slug.data or "",
        description=form.description.data or "",
        icon=form.icon.data,
        audience=form.readers,
        post_audience=form.writers,
    )
    return url_for("administration.boards", done="board_made")


def _change(form: BoardForm, board_id: int) -> str:
    actions.change_board(
        current_user,
        board_id,
        name=form.board_name.data or "",
        description=form.description.data or "",
        icon=form.icon.data,
        audience=form.readers,
        post_audience=form.writers,
        seen=form.seen.data or None,
    )
    return url_for("administration.boards", done="board_saved")


def _consequences(found: Any, form: BoardForm) -> dict[str, Any]:
    """What another audience means, to be seen before it happens; nothing for an empty board."""
    if form.readers == found.audience:
        return {}
    topics = queries.count_topics_in(found.id)
    articles = len(knowledge.wider_articles(found.id, form.readers))
    if not topics:
        return {}
    return {
        "topics": topics,
        "articles": articles,
        "narrower": form.readers > found.audience,
        "before": READERS[found.audience],
        "after": READERS[form.readers],
    }


def _board_or_404(board_id: int) -> Any:
    found = next((b for b in queries.visible_boards(current_user) if b.id == board_id), None)
    if found is None:
        raise NotFound
    return found


def _page(found: Any, form: BoardForm, consequences: dict[str, Any] | None = None) -> str:
    form.begin_from({name: getattr(found, name) for name in SHOWN})
    return render_template(
        "administration/board.html", board=found, form=form, consequences=consequences or {}
    )
