"""The team's notes about a topic."""

from __future__ import annotations

from flask import make_response, redirect, render_template
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import staff
from app.core.text import render
from app.core.web.idempotency import once
from app.core.web.limits import limited
from app.core.web.policy import policy
from app.desk import actions, queries
from app.desk.forms import NoteForm
from app.desk.limits import DESK_WORK
from app.desk.views.blueprint import bp
from app.desk.views.things import back_to
from app.forum import queries as forum
from app.forum.display import topic_url


@bp.get("/topics/<id:id>/notes")
@policy(staff)
def notes(id: int) -> str:
    return _page(id, NoteForm())


@bp.post("/topics/<id:id>/notes")
@policy(staff)
@limited(DESK_WORK)
def write_note(id: int) -> Response:
    forum.topic_or_404(id, current_user)
    form = NoteForm()
    if not form.validate():
        return make_response(_page(id, form), 422)
    text = (form.text.data or "").strip()
    html = render(text)

    def write() -> str:
        actions.write_note(current_user, topic_id=id, text=text, html=html)
        return back_to("topic", id, "noted")

    return redirect(once(write), 303)


def _page(topic_id: int, form: NoteForm) -> str:
    topic = forum.topic_or_404(topic_id, current_user)
    return render_template(
        "desk/notes.html",
        topic=topic,
        url=topic_url(topic.id, topic.title),
        notes=queries.notes_of(topic_id, queries.NOTES_SHOWN),
        form=form,
    )
