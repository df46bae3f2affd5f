"""Notice of illegal content by anybody, and the secret page that says what became of it."""

from __future__ import annotations

from flask import Response as FlaskResponse
from flask import make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import everyone
from app.core.errors import N_, NotFound, Refused
from app.core.locale import current_language
from app.core.numbers import ID_DIGITS, whole
from app.core.tokens import hash_of
from app.core.web.idempotency import once
from app.core.web.limits import charge, limited
from app.core.web.policy import policy
from app.moderation import actions, queries
from app.moderation.forms import CATEGORIES, NoticeForm
from app.moderation.limits import NOTICING, WRITING_NOTICES
from app.moderation.views.blueprint import bp


@bp.get("/moderation/notice")
@policy(everyone)
def notice() -> str:
    form = NoticeForm()
    form.url.data = _address_of(request.args.get("post", ""))
    return render_template("moderation/notice.html", form=form)


@bp.post("/moderation/notice")
@policy(everyone)
@limited(WRITING_NOTICES)
def notice_send() -> Response:
    """once() keeps only the notice's number: the secret link stands nowhere but in the answer."""
    form = NoticeForm()
    if form.validate():
        charge(NOTICING)
        try:
            notice_id = int(once(lambda: _give(form)))
            return _status_page(notice_id)
        except Refused as error:
            form.refuse(error)
    return make_response(render_template("moderation/notice.html", form=form), 422)


@bp.get("/moderation/notices/<token>")
@policy(everyone)
def notice_status(token: str) -> FlaskResponse:
    found = queries.notice_by_hash(hash_of(token))
    if found is None:
        raise NotFound()
    response = make_response(
        render_template(
            "moderation/notice_status.html",
            notice=found,
            decision=queries.final_decision_in(found.case_id),
        )
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _status_page(notice_id: int) -> Response:
    found = queries.notice(notice_id)
    if found is None:
        raise NotFound()
    token = actions.notice_token(found)
    response = redirect(url_for("moderation.notice_status", token=token, done="noticed"), 303)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _give(form: NoticeForm) -> str:
    notice = actions.give_notice(
        current_user,
        post_id=_post_id(form),
        url=form.url.data or "",
        category=CATEGORIES[form.category.data],
        reasons=(form.reasons.data or "").strip(),
        name=form.name.data or None,
        email=form.address,
        anonymous_ground=bool(form.anonymous_ground.data),
        language=current_language(),
    )
    return str(notice.id)


def _post_id(form: NoticeForm) -> int:
    """The post behind the address; raises Refused where there is none that the sender can see."""
    named = form.names_post
    post_id = named[1] if named and named[0] == "post" else None
    if named and named[0] == "topic":
        post_id = queries.first_post_of(named[1])
    try:
        return int(queries.item_or_404(post_id or 0, current_user).id)
    except NotFound as error:
        raise Refused(
            N_(
                "There is no post at this address. Please copy the address of the post itself: the "
                "time beside the author’s name links to it."
            ),
            field="url",
        ) from error


def _address_of(raw: str) -> str:
    """The full address of the post that the link names; empty for anything else."""
    number = whole(raw, ID_DIGITS)
    return url_for("forum.post", id=number, _external=True) if number else ""
