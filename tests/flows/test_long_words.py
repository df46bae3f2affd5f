"""The narrowest phone and the longest words: nothing is wider than the screen, whatever people wrote."""

from __future__ import annotations

from typing import Any

import pytest

from app.accounts.models import NAME_LENGTH
from app.core.db import db, transaction
from app.forum.models import DESCRIPTION_LENGTH, TAG_LENGTH, Board
from tests import cast
from tests.knowledge.conftest import written
from tests.visibility.world import World, index

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.only("sqlite")]

PHONE = {"width": 360, "height": 740}
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
STREAM = "W" * 200
NAME = "M" * NAME_LENGTH
TEXT = f"""{WORD} {STREAM}

`{STREAM}`

```
{"code " * 60}
```

| {" | ".join(["eine Spalte"] * 9)} |
|{"---|" * 9}
| {" | ".join([WORD] * 9)} |

https://example.org/{"pfad/" * 40}

1. {WORD}
    - {STREAM}

> {STREAM}
"""
#: What sticks out of the page, with its place in it; what scrolls inside of itself does not.
STICKS_OUT = """() => {
  const wide = document.documentElement.clientWidth;
  const scrolls = (element) => element.closest("pre, table, .hk-tabs, .hk-scroll, .hk-diff");
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > wide + 1 && !scrolls(element))
    .map((element) => element.tagName + "." + element.className).slice(0, 5);
}"""


@pytest.fixture
def long_words(site: str) -> list[str]:
    """A forum of long words; the addresses of the pages that show them."""
    board = cast.board("mit-langem-namen")
    with transaction():
        row = db.session.get_one(Board, board.id)
        row.name, row.description = WORD, STREAM[:DESCRIPTION_LENGTH]
    tag = WORD[:TAG_LENGTH].lower()
    topic = cast.make_topic(
        f"{WORD} {STREAM}"[:300], author=NAME, board_slug=board.slug, text=TEXT, tags=(tag, "wlan")
    )
    answer = cast.make_post(topic, author=NAME, text=TEXT)
    cast.make_post(topic, author=NAME, kind="comment", parent=answer, text=TEXT)
    cast.accept(answer, by=NAME)
    for state in ("hidden", "removed"):
        cast.make_post(topic, author=NAME, state=state, text=TEXT)
    talk = cast.make_topic(WORD, author=NAME, kind="discussion", text=TEXT)
    cast.close(talk, by=NAME, reason=STREAM)
    article = written(f"{WORD} {STREAM}"[:200], problem=STREAM, solution=TEXT, valid_for=STREAM)
    index(World(topics=[topic, talk], articles=[article]))
    shown = f"/topics/{topic.id}"
    return [
        "/", "/boards", f"/boards/{board.slug}", "/topics", "/topics?filter=solved", "/tags",
        f"/tags/{tag}", shown, f"/topics/{talk.id}", f"/posts/{answer.id}/quote",
        f"/posts/{answer.id}/comment", f"/posts/{answer.id}/report", f"/search?q={WORD}",
        f"/search?q={STREAM}", "/search", "/knowledge", f"/knowledge/{article}", "/members",
        f"/members/{NAME}", f"/members/{NAME}?filter=answers", "/superusers", "/superusers/points",
        "/superusers/charter", "/netiquette", f"/topics/ask?title={WORD}", "/account/notifications",
        "/account/settings", "/account/sessions", "/account/password", "/account/decisions",
        "/nowhere",
    ]  # fmt: skip


@pytest.mark.parametrize("name", [None, "Karin", NAME])
def test_nothing_is_wider_than_a_phone(long_words, open_page, name):
    page = open_page(name=name, viewport=PHONE)
    faults = []
    for url in long_words:
        page.goto(url)
        faults += [f"{url}: {place}" for place in page.evaluate(STICKS_OUT)]
    assert not faults, "\n".join(faults)


def test_a_planted_wide_thing_is_noticed(long_words, open_page):
    page = open_page(viewport=PHONE, bypass_csp=True)
    page.goto("/boards")
    page.evaluate("document.querySelector('h1').style.width = '400px'")
    assert page.evaluate(STICKS_OUT) == ["H1."]


def test_a_wide_table_scrolls_inside_of_itself(long_words: list[str], open_page: Any):
    page = open_page(viewport=PHONE)
    page.goto(next(url for url in long_words if url.startswith("/topics/")))
    scrolls = "element => element.scrollWidth > element.clientWidth"
    assert page.locator(".hk-prose table").first.evaluate(scrolls)
