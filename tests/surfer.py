"""A test client that behaves like a browser with our pages open: form token, key, language."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.db import db
from app.core.web import protection
from app.core.web.idempotency import FIELD as KEY_FIELD
from app.core.web.idempotency import new_key


class Surfer(FlaskClient):
    """Each request gets an app context of its own, as in production.

    The test's own app context would else be shared, with flask-login's cached person and the
    session's old snapshot in it. Afterwards the test's session sees what the request wrote.
    """

    language: str | None = None
    session_hash: str | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        db.session.rollback()
        with self.application.app_context():
            kwargs.setdefault("buffered", True)  # read whole and closed, files too
            response = super().open(*args, **kwargs)
        db.session.rollback()
        return response

    def submit(self, url: str, /, **fields: Any) -> TestResponse:
        """POST a form with a good token and a fresh key, unless the fields bring their own."""
        hidden = {protection.FIELD: self.form_token(), KEY_FIELD: new_key()}
        return self.post(url, data={**hidden, **fields})

    def form_token(self) -> str:
        """The token that a page would carry for this person now."""
        with self.application.app_context(), self.application.test_request_context():
            from flask import g

            g._login_user = _Holder(self.session_hash)
            return protection.form_token()


def at_once(*sent: tuple[Surfer, str, dict[str, Any]]) -> list[int]:
    """Post all of them in threads of their own; the statuses, sorted."""
    db.session.rollback()
    ready = [
        (s, url, {**fields, "csrf_token": s.form_token(), "idempotency_key": new_key()})
        for s, url, fields in sent
    ]
    with ThreadPoolExecutor(len(ready)) as pool:
        answers = [
            pool.submit(FlaskClient.open, surfer, url, method="POST", data=data)
            for surfer, url, data in ready
        ]
        statuses = sorted(answer.result().status_code for answer in answers)
    db.session.rollback()
    return statuses


def seen_in(page: str) -> str:
    """What the form of this page began from (core/seen.py)."""
    return page.split('name="seen"')[1].split('value="')[1].split('"')[0]


class _Holder:
    """Stands where flask-login keeps the person; the token is bound to the session's hash alone."""

    def __init__(self, session_hash: str | None) -> None:
        self.session_hash = session_hash
