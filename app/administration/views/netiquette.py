"""The netiquette: a draft that is saved rule by rule, a preview, and the next version."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import staff
from app.administration.forms import FrameForm, PublishForm, RuleForm
from app.administration.limits import SETTING_UP
from app.administration.views.blueprint import bp
from app.core.db import transaction
from app.core.locale import current_language
from app.core.web.idempotency import once
from app.core.web.limits import limited
from app.core.web.policy import policy
from app.core.web.saving import saved
from app.moderation import actions, queries
from app.moderation.actions import drafting, wording


@bp.get("/netiquette")
@policy(staff)
def netiquette() -> str:
    return _overview(PublishForm())


@bp.post("/netiquette")
@policy(staff)
@limited(SETTING_UP)
def netiquette_publish() -> Response:
    form = PublishForm()

    def publish() -> str:
        actions.publish_draft(current_user, form.changes, seen=form.seen.data or "")
        return url_for("administration.netiquette", done="netiquette_published")

    return saved(form, publish, lambda: _overview(form))


@bp.get("/netiquette/preview")
@policy(staff)
def netiquette_preview() -> str:
    """As members will read it."""
    whole = wording.filled(drafting.draft(), wording.placeholders())
    return render_template(
        "administration/netiquette_preview.html", content=whole, language=current_language()
    )


@bp.post("/netiquette/rules")
@policy(staff)
@limited(SETTING_UP)
def add_rule() -> Response:
    def add() -> str:
        return url_for("administration.rule", key=actions.add_rule(current_user))

    return redirect(once(add), 303)


@bp.get("/netiquette/rules/<id:key>")
@policy(staff)
def rule(key: int) -> str:
    found = drafting.rule_in(drafting.draft(), key)
    form = RuleForm()
    form.show(found)
    return _rule_page(found, form)


@bp.post("/netiquette/rules/<id:key>")
@policy(staff)
@limited(SETTING_UP)
def rule_send(key: int) -> Response:
    form = RuleForm()

    def save() -> str:
        actions.change_rule(current_user, key, form.values, seen=form.seen.data or "")
        return url_for("administration.netiquette", done="draft_saved", _anchor=f"rule-{key}")

    return saved(form, save, lambda: _rule_page(drafting.rule_in(drafting.draft(), key), form))


@bp.get("/netiquette/frame")
@policy(staff)
def frame() -> str:
    form = FrameForm()
    form.show(drafting.draft())
    return _frame_page(form)


@bp.post("/netiquette/frame")
@policy(staff)
@limited(SETTING_UP)
def frame_send() -> Response:
    form = FrameForm()

    def save() -> str:
        actions.change_frame(current_user, form.words, seen=form.seen.data or "")
        return url_for("administration.netiquette", done="draft_saved")

    return saved(form, save, lambda: _frame_page(form))


@bp.post("/netiquette/rules/<id:key>/<any(up, down, remove, back):way>")
@policy(staff)
@limited(SETTING_UP)
def move_rule(key: int, way: str) -> Response:
    with transaction():
        if way == "remove":
            actions.remove_rule(current_user, key)
        elif way == "back":
            actions.bring_rule_back(current_user, key)
        else:
            actions.move_rule(current_user, key, up=way == "up")
    return redirect(url_for("administration.netiquette", _anchor=f"rule-{key}"), 303)


def _rule_page(found: dict[str, Any], form: RuleForm) -> str:
    form.begin_from(found)
    return render_template("administration/rule.html", rule=found, form=form)


def _frame_page(form: FrameForm) -> str:
    form.begin_from(drafting.frame_in(drafting.draft()))
    return render_template("administration/frame.html", form=form)


def _overview(form: PublishForm) -> str:
    content, values = drafting.draft(), wording.placeholders()
    language = current_language()
    form.begin_from(wording.filled(content, values))
    return render_template(
        "administration/netiquette.html",
        form=form,
        rules=[{**one, "title": one["title"][language]} for one in content["rules"]],
        removed=[{**one, "title": one["title"][language]} for one in content["removed"]],
        faults=list(wording.draft_faults(content, values)),
        in_force=queries.current_rulebook(),
        is_same=drafting.is_in_force(content),
        values=values,
    )
