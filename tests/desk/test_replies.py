"""Canned replies: who writes them, who uses them, and that nothing half-finished is published."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from app.core.db import db
from app.core.errors import Forbidden, NotFound, Refused
from app.desk import actions, queries
from app.desk.actions import ReplyWords
from app.desk.models import CannedReply
from app.forum.models import Post
from tests import cast
from tests.desk.conftest import do, facts
from tests.surfer import Surfer, at_once, seen_in

Browser = Callable[..., Surfer]

pytestmark = pytest.mark.usefixtures("app")

WORDS = ReplyWords(
    title="Rückfrage",
    text="Hallo {{vorname}}, zu „{{thema}}“: bitte bis {{frist}}.\n\n{{agent}}",
    situation="Es fehlen Angaben.",
    address="sie",
)
FACTS = ("ReplyWritten", "ReplyChanged", "ReplyArchived", "ReplyRestored")


def written(title: str = WORDS.title, **changes: Any) -> int:
    words = ReplyWords(**{**vars(WORDS), "title": title, **changes})
    return int(do("Mo", actions.write_reply, words).id)


def count(model: type) -> int:
    db.session.rollback()
    return int(db.session.execute(select(func.count()).select_from(model)).scalar_one())


def titles() -> list[str]:
    db.session.rollback()
    return [row.title for row in queries.replies(archived=False)]


def test_of_two_who_change_a_reply_the_later_one_learns_it(client_as: Browser) -> None:
    url = f"/desk/replies/{written()}"
    mo, ada = client_as("Mo", "en"), client_as("Ada", "en")
    seen = seen_in(ada.get(url).text)
    assert mo.submit(url, **{**vars(WORDS), "text": "Von Mo.", "seen": seen}).status_code == 303
    late = ada.submit(url, **{**vars(WORDS), "text": "Von Ada.", "seen": seen})
    assert (late.status_code, "Von Ada." in late.text) == (409, True)
    again = {**vars(WORDS), "text": "Von Ada.", "seen": seen_in(late.text)}
    assert ada.submit(url, **again).status_code == 303
    db.session.rollback()
    assert [reply.text for reply in queries.replies(archived=False)] == ["Von Ada."]


def test_a_reply_is_written_once() -> None:
    assert written() == written()
    assert count(CannedReply) == 1
    assert facts("ReplyWritten") == 1


def test_another_text_under_the_same_title_is_refused() -> None:
    written()
    with pytest.raises(Refused) as refusal:
        written(text="Etwas anderes.")
    assert refusal.value.field == "title"
    assert written(address="du", text="Etwas anderes.") > 0
    assert count(CannedReply) == 2


def test_a_reply_is_changed_and_signed() -> None:
    reply_id = written()
    other = ReplyWords(title="Rückfrage", text="Kürzer.", address="du")
    for _ in range(2):
        do("Ada", actions.change_reply, reply_id, other)
    (row,) = queries.replies(archived=False)
    assert (row.text, row.address, row.changed_by_name) == ("Kürzer.", "du", "Ada")
    assert facts("ReplyChanged") == 1


def test_a_change_takes_no_other_replys_title() -> None:
    written("Eins")
    second = written("Zwei")
    with pytest.raises(Refused):
        do("Mo", actions.change_reply, second, ReplyWords(**{**vars(WORDS), "title": "Eins"}))
    assert titles() == ["Eins", "Zwei"]
    assert facts("ReplyChanged") == 0


def test_replies_change_places_within_their_group() -> None:
    written("Eins")
    written("Du", address="du")
    third = written("Drei")
    do("Mo", actions.move_reply, third, up=True)
    assert titles() == ["Drei", "Eins", "Du"]
    do("Mo", actions.move_reply, third, up=True)  # it is the first already
    assert titles() == ["Drei", "Eins", "Du"]
    assert facts("ReplyChanged") == 1
    do("Mo", actions.move_reply, third, up=False)
    assert titles() == ["Eins", "Drei", "Du"]


def test_an_archived_reply_is_offered_to_nobody_and_comes_back() -> None:
    reply_id = written()
    for _ in range(2):
        do("Mo", actions.archive_reply, reply_id)
    assert titles() == [] == list(queries.replies_on_offer("de"))
    assert queries.reply_on_offer(reply_id) is None
    for _ in range(2):
        do("Mo", actions.restore_reply, reply_id)
    assert titles() == ["Rückfrage"]
    assert (facts("ReplyArchived"), facts("ReplyRestored")) == (1, 1)


def test_an_archived_reply_does_not_take_its_title_back() -> None:
    reply_id = written()
    do("Mo", actions.archive_reply, reply_id)
    written(text="Der Nachfolger.")
    with pytest.raises(Refused):
        do("Mo", actions.restore_reply, reply_id)
    assert facts("ReplyRestored") == 0


@pytest.mark.parametrize("name", ["guest", "Karin", "Uwe", "Bert", "Anna"])
def test_others_write_nothing_and_nothing_is_recorded(name: str) -> None:
    reply_id = written()
    before = [facts(fact) for fact in FACTS]
    acts: list[tuple[Any, ...]] = [
        (actions.write_reply, ReplyWords(title="Neu", text="Neu.")),
        (actions.change_reply, reply_id, ReplyWords(title="Neu", text="Neu.")),
        (actions.archive_reply, reply_id),
        (actions.restore_reply, reply_id),
    ]
    for act, *arguments in acts:
        with pytest.raises(Forbidden):
            do(name, act, *arguments)
    with pytest.raises(Forbidden):
        do(name, actions.move_reply, reply_id, up=True)
    assert titles() == ["Rückfrage"]
    assert [facts(fact) for fact in FACTS] == before


def test_what_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(NotFound):
        do("Mo", actions.archive_reply, 4711)


def test_moderators_keep_them_on_their_page(client_as: Browser) -> None:
    mo = client_as("Mo", "en")
    assert "Write the first one" in mo.get("/desk/replies").text
    fields = {**vars(WORDS), "text": WORDS.text}
    assert mo.submit("/desk/replies/new", **fields).location == "/desk/replies?done=reply_saved"
    (row,) = queries.replies(archived=False)
    page = mo.get("/desk/replies").text
    assert "German, Sie" in page and "Es fehlen Angaben." in page and "{{frist}}" in page
    assert 'value="Rückfrage"' in mo.get(f"/desk/replies/{row.id}").text
    mo.submit(f"/desk/replies/{row.id}", **{**fields, "title": "Nachfrage"})
    assert titles() == ["Nachfrage"]
    mo.submit(f"/desk/replies/{row.id}/archive")
    assert "Nachfrage" in mo.get("/desk/replies?archived=1").text
    assert "Nachfrage" not in mo.get("/desk/replies").text
    mo.submit(f"/desk/replies/{row.id}/restore")
    assert mo.submit(f"/desk/replies/{row.id}/move", to="down").status_code == 303
    assert titles() == ["Nachfrage"]


@pytest.mark.parametrize(
    "wrong", [{"title": " "}, {"text": ""}, {"address": "ihr"}, {"language": "fr"}, {"text": "\0"}]
)
def test_a_bad_reply_comes_back_with_its_text(client_as: Browser, wrong: dict[str, str]) -> None:
    answer = client_as("Mo").submit("/desk/replies/new", **{**vars(WORDS), **wrong})
    assert answer.status_code == 422
    assert "hk-field__error" in answer.text
    assert "Es fehlen Angaben." in answer.text
    assert count(CannedReply) == 0


def test_a_taken_title_is_told_at_the_field(client_as: Browser) -> None:
    written()
    answer = client_as("Mo", "en").submit("/desk/replies/new", **{**vars(WORDS), "text": "Anders."})
    assert answer.status_code == 422
    assert "already a canned reply with this title" in answer.text and "Anders." in answer.text


def test_agents_read_and_cannot_change(client_as: Browser) -> None:
    reply_id = written()
    anna = client_as("Anna", "en")
    page = anna.get("/desk/replies").text
    assert "Rückfrage" in page and "/desk/replies/new" not in page
    assert anna.get("/desk/replies/new").status_code == 403
    assert anna.get(f"/desk/replies/{reply_id}").status_code == 403
    for path in ("new", str(reply_id), f"{reply_id}/archive", f"{reply_id}/move"):
        assert anna.submit(f"/desk/replies/{path}", **vars(WORDS)).status_code == 403


def test_the_picker_is_for_the_team(client_as: Browser, count_queries: Callable) -> None:
    written()
    topic = cast.make_topic()
    anna = client_as("Anna", "en")
    url = anna.get(f"/topics/{topic.id}").location
    with count_queries() as asked:
        assert "Choose a canned reply" in anna.get(url).text
    assert len(asked) <= 16
    for name in ("guest", "Karin", "Uwe"):
        page = client_as(name).get(url).text
        assert "Rückfrage" not in page and "data-picker" not in page


def test_without_script_the_form_comes_back_with_the_reply(client_as: Browser) -> None:
    reply_id = written()
    topic = cast.make_topic("WLAN weg?")
    anna, url = client_as("Anna", "en"), f"/topics/{topic.id}/posts"
    page = anna.submit(url, text="Schon getippt.", reply=reply_id, insert="reply").text
    assert "Schon getippt.\n\nHallo Karin, zu „WLAN weg?“: bitte bis {{frist}}." in page
    assert count(Post) == 1
    for nothing in ("", "4711", "x", "9" * 30):
        page = anna.submit(url, text="Schon getippt.", reply=nothing, insert="reply").text
        assert ">\nSchon getippt.</textarea>" in page.replace("\r", "")


def test_members_insert_nothing(client_as: Browser) -> None:
    reply_id = written()
    topic = cast.make_topic()
    url = f"/topics/{topic.id}/posts"
    page = client_as("Karin").submit(url, text="Getippt.", reply=reply_id, insert="reply").text
    assert "Getippt." in page and "bitte bis" not in page
    assert client_as("Karin").get(f"/desk/replies/{reply_id}/for/{topic.id}").status_code == 403


def test_script_gets_the_words_alone(client_as: Browser) -> None:
    reply_id = written()
    topic = cast.make_topic("WLAN weg?")
    answer = client_as("Anna").get(f"/desk/replies/{reply_id}/for/{topic.id}")
    assert answer.mimetype == "text/plain"
    assert answer.text == "Hallo Karin, zu „WLAN weg?“: bitte bis {{frist}}.\n\nAnna"
    assert client_as("Anna").get(f"/desk/replies/{reply_id}/for/4711").status_code == 404
    assert client_as("Anna").get(f"/desk/replies/4711/for/{topic.id}").status_code == 404


def test_nothing_half_finished_is_published_by_the_team(client_as: Browser) -> None:
    topic = cast.make_topic()
    anna, url = client_as("Anna", "en"), f"/topics/{topic.id}/posts"
    answer = anna.submit(url, text="Bis {{frist}} bitte.")
    assert answer.status_code == 422
    assert "“{{frist}}” is still in the text." in answer.text
    assert "Bis {{frist}} bitte." in answer.text
    assert count(Post) == 1
    assert anna.submit(url, text="Bis Freitag bitte, `{{frist}}`.").status_code == 303


def test_customers_may_write_with_braces(client_as: Browser) -> None:
    topic = cast.make_topic()
    answer = client_as("Tom").submit(f"/topics/{topic.id}/posts", text="Nehmen Sie {{sensor}}.")
    assert answer.status_code == 303
    assert count(Post) == 2


def test_of_two_who_write_the_same_title_at_once_one_learns_it(client_as: Browser) -> None:
    texts = ("Von Mo.", "Von Ada.")
    sent = [
        (client_as(name), "/desk/replies/new", {**vars(WORDS), "text": text})
        for name, text in zip(("Mo", "Ada"), texts, strict=True)
    ]
    assert at_once(*sent) == [303, 422]
    assert count(CannedReply) == 1
