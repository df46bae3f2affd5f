"""S54, S61, S62, T-18: what the logs say, and what they must never say."""

from __future__ import annotations

import json
import logging

import pytest
import structlog
from flask import Flask, abort
from sqlalchemy.exc import IntegrityError

from app.accounts.actions import standing
from app.accounts.models import Account
from app.core.db import db, transaction
from app.core.events import EventRow
from app.core.rules import ALLOW
from app.core.web.policy import policy
from tests import cast
from tests.imprint import fill_in_imprint

FORGED = 'Hallo\r\n{"event": "sign_in_failed", "account": 1}'
PASSWORD = "Kennwort-das-niemand-lesen-darf"
SECRET = "s" * 43


@pytest.fixture
def lines(capfd):
    """Every line that went to standard error since last asked; nothing else may go anywhere."""

    def read() -> list[str]:
        out, err = capfd.readouterr()
        assert out == "", "standard output belongs to the commands"
        return err.splitlines()

    read()
    return read


@pytest.fixture
def production(environment):
    environment.update(
        HELFERKREIS_MODE="production",
        BASE_URL="https://localhost",
        MAIL_URL="smtp://127.0.0.1:9",
        RATE_LIMITS="on",
    )


def _failing(app: Flask) -> None:
    """A route that fails as ours could: with a form at hand and a row that does not fit."""

    @app.post("/fails/<token>/<id:id>")
    @policy(lambda actor: ALLOW)
    def fails(token: str, id: int) -> str:
        from flask import request

        password = request.form["password"]
        with transaction():
            db.session.execute(
                db.insert(Account).values(name=password, email_key=None, name_key=None)
            )
        return abort(500)

    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False


@pytest.mark.usefixtures("production")
def test_s61_a_failure_is_one_line_of_json_without_values_or_secrets(app, client, lines):
    fill_in_imprint()
    _failing(app)
    fields = {"csrf_token": client.form_token(), "password": PASSWORD}
    url = f"/fails/{SECRET}/7"
    answer = client.post(url, data=fields, base_url="https://localhost")
    assert answer.status_code == 500
    (line,) = lines()
    said = json.loads(line)
    assert said["event"] == "unexpected_error" and said["level"] == "error"
    assert (said["route"], said["id"]) == ("/fails/<token>/<id:id>", 7)
    assert said["reference"] in answer.text, "the person can name the line"
    assert "IntegrityError" in said["exception"], "the operator sees what happened"
    for secret in (PASSWORD, SECRET, fields["csrf_token"]):
        assert secret not in line
    assert PASSWORD not in answer.text
    assert "Traceback" not in answer.text and "IntegrityError" not in answer.text


@pytest.mark.usefixtures("production")
def test_s61_no_text_begins_a_line_of_its_own(app, lines):
    structlog.get_logger().warning("odd", text=FORGED, **{"na\nme": FORGED})
    logging.getLogger("app.core.search").warning("The index in %s failed.", FORGED)
    found = [json.loads(line) for line in lines()]
    assert [one["event"].split(" in ")[0] for one in found] == ["odd", "The index"]


def test_s61_errors_of_the_database_keep_the_row_to_themselves(app, lines):
    with pytest.raises(IntegrityError) as caught:
        _twice(cast.account("Karin").email_key)
    assert "karin@example.org" not in str(caught.value).split("DETAIL")[0]
    structlog.get_logger().error("failed", exc_info=caught.value)
    said = "\n".join(lines())
    assert "IntegrityError" in said and "karin@example.org" not in said


def _twice(email_key: str) -> None:
    with transaction():
        db.session.add(
            Account(
                name="x",
                name_key="x",
                name_skeleton="x",
                email_key=email_key,
                created_at=cast.clock.now(),
            )
        )


@pytest.mark.usefixtures("production")
def test_s62_failed_sign_ins_are_noted_without_naming_anybody(app, client, lines):
    """One line each: the account if there is one, a mark of the network, no address, no password."""
    email = cast.account("Karin").email
    for typed in (email, "niemand@example.net"):
        fields = {"email": typed, "password": PASSWORD, "csrf_token": client.form_token()}
        client.post("/account/login", data=fields, base_url="https://localhost")
    written = lines()
    known, unknown = (json.loads(line) for line in written)
    assert known["event"] == unknown["event"] == "sign_in_failed"
    assert (known["account"], unknown["account"]) == (cast.account("Karin").id, None)
    assert known["network"] == unknown["network"]
    for secret in (email, "niemand", PASSWORD, "127.0.0.1"):
        assert secret not in "".join(written)


def test_s62_whoever_is_refused_is_noted(app, client, client_as):
    karin = client_as("Karin")
    with structlog.testing.capture_logs() as noted:
        karin.get("/desk")
        karin.submit("/desk/jobs/7/retry")
        client.submit("/posts/1/vote")
        client.post("/posts/1/vote", headers={"Origin": "https://evil.example"})
        client.submit("/account/forgot", csrf_token="stale")
    number = cast.account("Karin").id
    assert [(n["status"], n["why"], n["route"], n["account"]) for n in noted] == [
        (403, "Forbidden", "/desk", number),
        (403, "Forbidden", "/desk/jobs/<id:id>/retry", number),
        (401, "SignInNeeded", "/posts/<id:id>/vote", None),
        (403, "Forbidden", "/posts/<id:id>/vote", None),
        (400, "StalePage", "/account/forgot", None),
    ]
    assert noted[1]["id"] == 7


def test_s62_changes_of_standing_are_kept_with_who_made_them(app):
    ada, tom = cast.actor("Ada"), cast.account("Tom")
    with transaction():
        standing.set_role(ada, tom.id, "superuser")
        standing.grant(ada, tom.id, "moderate")
        standing.revoke(ada, tom.id, "moderate")
    rows = db.session.query(EventRow).order_by(EventRow.id).all()
    kept = [(row.name, row.payload["account_id"], row.payload["actor_id"]) for row in rows]
    assert kept == [
        ("RoleChanged", tom.id, ada.id),
        ("GrantGiven", tom.id, ada.id),
        ("GrantRevoked", tom.id, ada.id),
    ]
