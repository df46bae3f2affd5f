"""Name, colour and logo, with a preview that needs neither saving nor script."""

from __future__ import annotations

import base64
import binascii
from dataclasses import replace

from flask import make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.policies import staff
from app.administration import actions
from app.administration.display import shown_look
from app.administration.forms import LookForm
from app.administration.limits import SETTING_UP
from app.administration.views.blueprint import bp
from app.core.db import transaction
from app.core.errors import N_, Refused
from app.core.pictures import Picture, redraw
from app.core.seen import Overtaken
from app.core.settings import Settings, load_settings
from app.core.uploads import forget_upload, keep_upload
from app.core.web.limits import limited
from app.core.web.policy import policy

#: Twice what the header shows, for screens with two pixels to the point (static/css/shell.css).
LOGO_WIDTH, LOGO_HEIGHT = 384, 80
LOGO_BYTES = 512 * 1024
LOGO_MEGAPIXELS = 4
SEEN_WELL = 2.0  # contrast; a logo below it needs a plate, or another file


@bp.get("/look")
@policy(staff)
def look() -> str:
    return _page(LookForm(load_settings()), None)


@bp.post("/look")
@policy(staff)
@limited(SETTING_UP)
def look_send() -> Response:
    form = LookForm(load_settings())
    valid = form.validate()
    try:
        picture = _picture(form)
    except Refused as error:
        form.form_errors.append(_(error.message, **error.values))
        picture, valid = None, False
    if "preview" not in request.form and valid:
        try:
            return _save(form, picture)
        except Overtaken as error:
            form.overtaken(error)
            return make_response(_page(form, picture), Overtaken.status)
        except Refused as error:
            form.refuse(error)
    return make_response(_page(form, picture), 200 if "preview" in request.form else 422)


def _page(form: LookForm, picture: Picture | None) -> str:
    """The whole page, or for script the preview alone."""
    form.begin_from(load_settings())
    is_part = bool(request.headers.get("HX-Request"))
    template = "administration/_look_preview.html" if is_part else "administration/look.html"
    shown = shown_look(_with_logo(form, picture, name=""), picture)
    return render_template(template, form=form, look=shown)


def _picture(form: LookForm) -> Picture | None:
    """What was chosen now, else what a preview handed on; drawn anew each time. Raises Refused."""
    file = request.files.get("logo")
    data = file.read(LOGO_BYTES + 1) if file else b""
    if len(data) > LOGO_BYTES:
        raise Refused(N_("The logo file is larger than 512 kB. Please choose a smaller one."))
    if not data:
        try:
            data = base64.b64decode(form.logo_kept.data or "", validate=True)
        except binascii.Error:
            data = b""
    if not data or form.without_logo.data:
        return None
    return redraw(data, width=LOGO_WIDTH, height=LOGO_HEIGHT, megapixels=LOGO_MEGAPIXELS)


def _with_logo(form: LookForm, picture: Picture | None, name: str) -> Settings:
    if form.without_logo.data:
        return replace(form.wanted, logo="", logo_width=0, logo_height=0, logo_plate=False)
    if picture is None:
        return form.wanted
    return replace(
        form.wanted,
        logo=name,
        logo_width=picture.width,
        logo_height=picture.height,
        logo_plate=picture.on_dark < SEEN_WELL,
    )


def _save(form: LookForm, picture: Picture | None) -> Response:
    name = keep_upload(picture.data, "png") if picture else ""
    try:
        with transaction():
            wanted = _with_logo(form, picture, name)
            actions.change_look(current_user, wanted, seen=form.seen.data or None)
    except BaseException:
        if name:
            forget_upload(name)
        raise
    return redirect(url_for("administration.look", done="look_saved"), 303)
