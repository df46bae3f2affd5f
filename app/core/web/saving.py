"""Saving what a form holds: done once, or the page comes back with everything that was typed."""

from __future__ import annotations

from collections.abc import Callable

from flask import make_response, redirect
from werkzeug.wrappers import Response

from app.core.errors import Refused
from app.core.forms import AppForm, SeenForm
from app.core.seen import Overtaken
from app.core.web.idempotency import once


def saved(form: AppForm, save: Callable[[], str], page: Callable[[], str]) -> Response:
    """`save` runs in a transaction and gives where to go; `page` shows the form and what is wrong.

    Where somebody was faster, the page begins from what there is now: sending it again is meant.
    """
    if not form.validate():
        return make_response(page(), Refused.status)
    try:
        return redirect(once(save), 303)
    except Overtaken as error:
        if isinstance(form, SeenForm):
            form.overtaken(error)
        return make_response(page(), Overtaken.status)
    except Refused as error:
        form.refuse(error)
        return make_response(page(), Refused.status)
