"""How mail is set up, and test letters to oneself."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts import queries as accounts
from app.accounts.policies import staff
from app.administration import actions, queries
from app.administration.guide.mail import mail_advice
from app.administration.limits import TESTING_MAIL
from app.administration.views.blueprint import bp
from app.core import clock
from app.core.mail import MailServer, sender_address
from app.core.web.idempotency import once
from app.core.web.limits import limited
from app.core.web.policy import policy

LATE = timedelta(seconds=30)  # a worker that runs takes a letter within a second


@bp.get("/mail")
@policy(staff)
def mail() -> str:
    url = current_app.extensions["helferkreis.config"].mail_url
    tests = queries.mail_tests()
    waiting = tests[0] if tests and tests[0].ended_at is None else None
    return render_template(
        "administration/mail.html",
        server=MailServer.from_url(url) if url else None,
        sender=sender_address(),
        address=accounts.own_account(current_user).email,
        tests=tests,
        advice=mail_advice,
        waiting=waiting is not None,
        late=waiting is not None and clock.now() - waiting.asked_at > LATE,
    )


@bp.post("/mail")
@policy(staff)
@limited(TESTING_MAIL)
def mail_send() -> Response:
    def ask() -> str:
        actions.ask_for_test_letter(current_user, server=queries.mail_server())
        return url_for("administration.mail", _anchor="tests")

    return redirect(once(ask), 303)
