"""`text-rebuild`: HTML of an older pipeline is made anew, and only that."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.core.db import db, transaction
from app.core.text import PIPELINE_VERSION
from app.forum import cli
from app.forum.actions.rendering import replace_html
from app.forum.models import Post
from tests import cast

OLD = {"html": "<p>old</p>", "html_version": PIPELINE_VERSION - 1}


def age(post: Post, **columns: Any) -> None:
    with transaction():
        db.session.execute(update(Post).where(Post.id == post.id).values(OLD | columns))


def htmls() -> list[tuple[str, int]]:
    db.session.rollback()
    rows = db.session.execute(select(Post.html, Post.html_version).order_by(Post.id))
    return [(html.strip(), version) for html, version in rows]


def rebuild(app: Flask, *options: str) -> str:
    result = app.test_cli_runner().invoke(args=["text-rebuild", *options])
    assert (result.exit_code, result.stdout) == (0, ""), result.output
    return result.stderr


@pytest.fixture
def posts(app: Flask) -> list[Post]:
    topic = cast.make_topic(text="eins")
    return [cast.make_post(topic, text="**zwei**"), cast.make_post(topic, text="drei")]


def test_only_older_html_is_made_anew(app, posts):
    age(posts[0])
    age(posts[1], html_version=PIPELINE_VERSION)
    assert "1 posts were rendered anew." in rebuild(app)
    assert htmls()[1:] == [
        ("<p><strong>zwei</strong></p>", PIPELINE_VERSION),
        ("<p>old</p>", PIPELINE_VERSION),
    ]


def test_all_means_all(app, posts):
    age(posts[1], html_version=PIPELINE_VERSION)
    assert "3 posts were rendered anew." in rebuild(app, "--all")
    assert htmls()[2] == ("<p>drei</p>", PIPELINE_VERSION)


def test_it_goes_on_where_it_was_stopped(app, posts, monkeypatch):
    monkeypatch.setattr(cli, "POSTS_AT_ONCE", 1)
    age(posts[0])
    age(posts[1])
    next(cli._rendered(everything=False))
    assert [version for _html, version in htmls()] == [1, 1, 0]
    assert "1 posts were rendered anew." in rebuild(app)


def test_imported_html_stays_html_and_what_broke_a_newer_cap_stays_readable(app, posts):
    age(posts[0], format="html", text="<p>Hallo <b>Du</b></p>", source="old", source_id="1")
    age(posts[1], text="[" * 19_000)
    rebuild(app)
    assert htmls()[1][0] == "<p>Hallo <b>Du</b></p>"
    assert htmls()[2][0].startswith("<p>[[[[")


def test_a_post_that_was_edited_meanwhile_keeps_its_newer_html(app, posts):
    age(posts[0])
    with transaction():
        replace_html(posts[0].id, text="what it said before", html="<p>stale</p>")
    assert htmls()[1] == ("<p>old</p>", PIPELINE_VERSION - 1)
