"""Notices of illegal content: without an account or a cookie, with a receipt, a secret link, an outcome."""

from __future__ import annotations

import pytest

from app.core.db import db
from app.moderation.models import Decision, Notice
from tests import cast
from tests.moderation.conftest import FACTS, count, decide, rude_answer, the_case

NOTICE = {
    "category": "speech",
    "reasons": "Das ist eine Beleidigung nach § 185 StGB.",
    "name": "Petra Muster",
    "email": "petra@example.org",
    "bona_fide": "y",
}


def test_anybody_gives_notice_without_a_cookie(client, mails):
    post = rude_answer()
    page = client.get(f"/moderation/notice?post={post.id}")
    assert "Set-Cookie" not in page.headers
    assert f"http://localhost/posts/{post.id}" in page.text
    answer = client.submit("/moderation/notice", url=f"http://localhost/posts/{post.id}", **NOTICE)
    assert answer.status_code == 303 and "Set-Cookie" not in answer.headers
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    status = client.get(answer.location)
    assert status.headers["Referrer-Policy"] == "no-referrer"
    assert "zu blöd" not in status.text and NOTICE["reasons"] in status.text
    notice = db.session.query(Notice).one()
    secret = answer.location.split("/")[-1].split("?")[0]
    assert len(secret) == 22 and secret not in (notice.token_hash, notice.nonce)
    (receipt,) = mails()
    assert receipt["To"] == "petra@example.org"
    assert secret in receipt.get_body(("plain",)).get_content()


def test_the_secret_link_stands_nowhere_in_the_database(client):
    post = rude_answer()
    answer = client.submit("/moderation/notice", url=f"/posts/{post.id}", **NOTICE)
    secret = answer.location.split("/")[-1].split("?")[0]
    with db.engine.connect() as connection:
        raw = connection.connection.driver_connection
        if hasattr(raw, "iterdump"):
            assert secret not in "\n".join(raw.iterdump())


def test_a_guessed_link_shows_nothing(client):
    assert client.get("/moderation/notices/" + "a" * 22).status_code == 404


@pytest.mark.parametrize(
    ("without", "sentence"),
    [
        ("category", "Please choose what it is about."),
        ("reasons", "Please say why it is illegal."),
        ("name", "Please give your name."),
        ("email", "Please give your e-mail address"),
        ("bona_fide", "true to the best of your knowledge"),
    ],
)
def test_a_notice_says_at_the_field_what_is_missing(as_en, without, sentence):
    post = rude_answer()
    fields = {**NOTICE, without: ""}
    page = as_en.submit("/moderation/notice", url=f"/posts/{post.id}", **fields)
    assert page.status_code == 422 and sentence in page.text
    assert count(Notice) == 0


def test_name_and_address_may_be_left_out_where_the_law_says_so(client, mails):
    post = rude_answer()
    fields = {**NOTICE, "name": "", "email": "", "anonymous_ground": "y"}
    assert client.submit("/moderation/notice", url=f"/posts/{post.id}", **fields).status_code == 303
    assert count(Notice, name=None, email=None, anonymous_ground=True) == 1
    assert mails() == []


@pytest.mark.parametrize("url", ["/posts/999", "https://example.org/", "/posts/0", "nirgends"])
def test_a_notice_names_a_post_that_its_sender_can_see(as_en, url):
    page = as_en.submit("/moderation/notice", url=url, **NOTICE)
    assert page.status_code == 422 and "There is no post at this address" in page.text


def test_a_notice_about_a_staff_post_tells_a_guest_nothing(as_en):
    post = rude_answer(board="team", author="Anna")
    page = as_en.submit("/moderation/notice", url=f"/posts/{post.id}", **NOTICE)
    assert page.status_code == 422 and count(Notice) == 0


def test_the_sender_is_told_what_was_decided(client, mails):
    post = rude_answer()
    answer = client.submit("/moderation/notice", url=f"/posts/{post.id}", **NOTICE)
    decide(the_case(post), "hide")
    outcome = (
        [mail for mail in mails() if mail["To"] == NOTICE["email"]][-1]
        .get_body(("plain",))
        .get_content()
    )
    assert "ausgeblendet" in outcome or "hidden" in outcome
    assert "Tom" not in outcome and FACTS not in outcome
    assert client.get(answer.location).status_code == 200
    assert db.session.query(Decision).one().source_type == "SOURCE_ARTICLE_16"


def test_a_provisional_decision_is_not_told_to_senders(client, mails):
    cast.grant("Uwe", "moderate")
    post = rude_answer()
    client.submit("/moderation/notice", url=f"/posts/{post.id}", **NOTICE)
    decide(the_case(post), "hide", by="Uwe")
    assert [mail["To"] for mail in mails()].count(NOTICE["email"]) == 1, "the receipt only"


def test_sending_the_same_notice_twice_makes_one(client):
    post = rude_answer()
    fields = {**NOTICE, "url": f"/posts/{post.id}", "idempotency_key": "key-of-this-page"}
    first, second = (client.submit("/moderation/notice", **fields) for _ in range(2))
    assert first.location == second.location and count(Notice) == 1


@pytest.mark.parametrize(
    ("name", "report", "notice"),
    [("guest", False, True), ("Bert", False, True), ("Karin", True, False)],
)
def test_everybody_finds_a_way_at_every_post(client_as, name, report, notice):
    """Suspended members cannot report, but the law's notice is for anybody."""
    post = rude_answer()
    page = client_as(name).get(f"/topics/{post.topic_id}", follow_redirects=True).text
    assert (f"/posts/{post.id}/report" in page) == report
    assert (f"/moderation/notice?post={post.id}" in page) == notice
