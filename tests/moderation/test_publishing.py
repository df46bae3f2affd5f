"""`publish-netiquette`: a changed netiquette comes into force, a wrong one says what is wrong."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.core.db import db
from app.moderation import actions, queries
from app.moderation.cli import netiquette_faults
from app.moderation.models import Rulebook
from tests.moderation.conftest import count


def publish(app: Flask, path: Path) -> tuple[int, str]:
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["publish-netiquette", str(path)])
    db.session.rollback()
    return result.exit_code, result.output


@pytest.fixture
def content() -> dict[str, Any]:
    return copy.deepcopy(actions.shipped_netiquette())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "netiquette.json"


def test_a_changed_netiquette_comes_into_force_once(app, client_as, content, file):
    content["rules"][0]["text"]["de"] = "Wir reden freundlich miteinander."
    file.write_text(json.dumps(content), "utf-8")
    assert publish(app, file) == (0, "Version 2 of the netiquette is in force.\n")
    assert publish(app, file) == (0, "Version 2 says the same already.\n")
    assert (count(Rulebook), queries.rules_in_force()[1][0].text_de) == (
        2,
        "Wir reden freundlich miteinander.",
    )
    assert "Wir reden freundlich" in client_as("guest", "de").get("/netiquette").text
    asked = client_as("Karin").get("/topics/ask")
    assert asked.location.startswith("/account/netiquette"), "members are asked again"


def test_what_is_wrong_is_named_by_field_and_nothing_changes(app, content, file):
    content["rules"][1]["title"]["en"] = " "
    content["rules"][2]["text"] = "nur ein Text"
    content["rules"][3]["dsa_ground"] = "maybe"
    content["rules"][4]["number"] = 9
    del content["intro"]["de"]
    content["rules"][5]["title"]["de"] = "x" * 121
    file.write_text(json.dumps(content), "utf-8")
    status, said = publish(app, file)
    assert (status, count(Rulebook)) == (1, 1)
    for line in (
        "intro.de: is missing.",
        "rules[1].title.en: is missing.",
        "rules[2].text.de: is missing.",
        "rules[3].dsa_ground: must be one of incompatible, illegal.",
        "rules[5].title.de: has more than 120 characters.",
        "rules: must be numbered 1 to 12 in order.",
    ):
        assert line in said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, "No such file"),
        (b"{", "is not JSON"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"[]", "must hold one JSON object"),
        (b'{"rules": []}', "rules: must be a list of at least one rule."),
        (b'{"rules": [1]}', "rules[0]: must be an object."),
    ],
)
def test_nonsense_is_one_clear_answer(app, file, written, said):
    if written is not None:
        file.write_bytes(written)
    status, output = publish(app, file)
    assert status == 1 and said in output and "Traceback" not in output
    assert count(Rulebook) == 1


def test_what_we_ship_is_right(content):
    assert list(netiquette_faults(content)) == []
