"""Authors become accounts, categories boards: who is who, what is called how, who may read it."""

from __future__ import annotations

from datetime import UTC, datetime

from app.accounts.models import Account
from app.forum.models import Board, Topic
from tests import cast
from tests.forum.archive.samples import import_lines, post, rows, thread


def test_boards_are_public_and_members_may_post_in_them(app, tmp_path):
    import_lines(app, tmp_path, thread(1, category="Öl & Gas"), thread(2, category="Öl & Gas"))
    assert rows(Board, "slug", "name", "audience", "post_audience", "topics_count") == [
        ("oel-gas", "Öl & Gas", 0, 1, 2)
    ]


def test_a_board_with_the_slug_is_used_with_its_name_and_audience(app, tmp_path):
    team = cast.board("team")
    import_lines(app, tmp_path, thread(1, category="TEAM"))
    assert rows(Topic, "board_id", "audience") == [(team.id, team.audience)]
    assert rows(Topic, "imported") == [{"given": {"thread_id": 1, "category": "TEAM"}}]
    assert rows(Account, "posts_count") == [0, 0]  # no figure tells of a closed board


def test_categories_without_latin_letters_stay_apart(app, tmp_path):
    lines = [thread(n, category=c) for n, c in enumerate(["Общее", "Разное", "C++", "C#", "Общее"])]
    import_lines(app, tmp_path, *lines)
    assert rows(Board, "name", "topics_count") == [
        ("Общее", 2), ("Разное", 1), ("C++", 1), ("C#", 1),
    ]  # fmt: skip
    assert rows(Board, "slug")[2:] == ["c-plus-plus", "c-sharp"]


def test_names_that_are_taken_or_look_alike_get_a_number(app, tmp_path):
    cast.account("Karin")
    authors = ["Karin", "karin", "Tom", "Т0m", "x" * 100, "X" * 100]
    posts = [post(n, author=name) for n, name in enumerate(authors)]
    report = import_lines(app, tmp_path, thread(posts=posts))
    assert report["accounts"] == 6
    assert rows(Account, "name")[1:] == [
        "Karin-2", "karin-3", "Tom", "Т0m-2", "x" * 100, "X" * 98 + "-2",
    ]  # fmt: skip
    assert rows(Account, "source_id")[1:] == authors
    assert set(rows(Account, "state")[1:]) == {"imported"}
    assert rows(Account, "email", "password_hash")[1:] == [(None, None)] * 6


def test_names_of_one_source_are_other_people_than_those_of_another(app, tmp_path):
    import_lines(app, tmp_path, thread(1), source="old")
    import_lines(app, tmp_path, thread(1), source="older")
    assert rows(Account, "name", "source") == [
        ("karin", "old"), ("tom", "old"), ("karin-2", "older"), ("tom-2", "older"),
    ]  # fmt: skip
    assert rows(Topic, "source", "source_id") == [("old", "1"), ("older", "1")]


def test_a_name_that_looks_like_one_of_another_source_gets_a_number(app, tmp_path):
    import_lines(app, tmp_path, thread(1, posts=[post(1, author="Tom")]), source="old")
    import_lines(app, tmp_path, thread(1, posts=[post(1, author="Т0m")]), source="new")
    assert rows(Account, "name") == ["Tom", "Т0m-2"]


def test_odd_names_become_one_line_and_keep_who_they_are(app, tmp_path):
    posts = [post(1, author="Karin\nMaier "), post(2, author="Karin\nMaier ")]
    import_lines(app, tmp_path, thread(posts=posts))
    assert rows(Account, "name", "source_id") == [("Karin Maier", "Karin\nMaier ")]


def test_members_are_here_since_their_first_post_wherever_it_stands(app, tmp_path):
    early, late = "2012-01-01T00:00:00.000Z", "2015-01-01T00:00:00.000Z"
    lines = [thread(n, posts=[post(n, created_at=t)]) for n, t in enumerate([late, early, late])]
    import_lines(app, tmp_path, *lines)
    assert rows(Account, "created_at") == [datetime(2012, 1, 1, tzinfo=UTC)]
