"""One-button decisions: helpful, solution, follow. Each answers with a redirect, or a fragment."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import staff, writing
from app.core.db import transaction
from app.core.web.limits import limited
from app.core.web.policy import policy
from app.forum import actions, queries
from app.forum.display import shown_post, topic_url
from app.forum.limits import DECIDING
from app.forum.views.blueprint import bp


@bp.post("/posts/<id:id>/vote")
@policy(writing)
@limited(DECIDING)
def vote(id: int) -> str | Response:
    with transaction():
        actions.vote(current_user, post_id=id)
    return _after_vote(id)


@bp.post("/posts/<id:id>/unvote")
@policy(writing)
@limited(DECIDING)
def unvote(id: int) -> str | Response:
    with transaction():
        actions.withdraw_vote(current_user, post_id=id)
    return _after_vote(id)


@bp.post("/posts/<id:id>/acceptance")
@policy(writing)
@limited(DECIDING)
def accept(id: int) -> Response:
    with transaction():
        topic_id = actions.accept_answer(current_user, post_id=id)
    return _to_topic(topic_id, "accepted")


@bp.post("/posts/<id:id>/acceptance/withdraw")
@policy(writing)
@limited(DECIDING)
def withdraw(id: int) -> Response:
    with transaction():
        topic_id = actions.withdraw_acceptance(current_user, post_id=id)
    return _to_topic(topic_id, "withdrawn")


@bp.post("/posts/<id:id>/official")
@policy(staff)
@limited(DECIDING)
def make_official(id: int) -> Response:
    with transaction():
        topic_id = actions.make_official(current_user, post_id=id)
    return _to_topic(topic_id, "made_official", id)


@bp.post("/posts/<id:id>/official/withdraw")
@policy(staff)
@limited(DECIDING)
def withdraw_official(id: int) -> Response:
    with transaction():
        topic_id = actions.withdraw_official(current_user, post_id=id)
    return _to_topic(topic_id, "official_withdrawn", id)


@bp.post("/topics/<id:id>/watch")
@policy(writing)
@limited(DECIDING)
def watch(id: int) -> str | Response:
    with transaction():
        actions.watch(current_user, topic_id=id)
    return _after_watch(id)


@bp.post("/topics/<id:id>/unwatch")
@policy(writing)
@limited(DECIDING)
def unwatch(id: int) -> str | Response:
    with transaction():
        actions.unwatch(current_user, topic_id=id)
    return _after_watch(id)


def _after_vote(post_id: int) -> str | Response:
    if not request.headers.get("HX-Request"):
        return redirect(url_for("forum.post", id=post_id), 303)
    post = queries.post_or_404(post_id, current_user)
    topic = queries.topic_or_404(post.topic_id, current_user)
    shown = shown_post(post, topic, current_user, accepted_id=None)
    return render_template("forum/_vote.html", p=shown)


def _after_watch(topic_id: int) -> str | Response:
    topic = queries.topic_or_404(topic_id, current_user)
    if not request.headers.get("HX-Request"):
        return redirect(topic_url(topic.id, topic.title), 303)
    return render_template("forum/_watch.html", topic=topic)


def _to_topic(topic_id: int, done: str, post_id: int | None = None) -> Response:
    topic = queries.topic_or_404(topic_id, current_user)
    place = f"#post-{post_id}" if post_id else ""
    return redirect(f"{topic_url(topic.id, topic.title)}?done={done}{place}", 303)
