"""What a guest's phone has to load for a topic: the limit of `make screens`, held in every run."""

from __future__ import annotations

import pytest

from screens import timing
from tests import cast

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.only("sqlite")]


@pytest.fixture
def topic_url(site) -> str:
    """A page as long as pages get, with texts as people write them."""
    topic = cast.make_topic("Warum blinkt der Router rot?")
    for number in range(19):
        cast.make_post(topic, text=f"{number}. " + "Bei mir half es, den Stecker zu ziehen. " * 12)
    return f"{site}/topics/{topic.id}"


def test_a_topic_is_light_enough_for_a_phone(browser, topic_url):
    weight = timing.weigh(browser, topic_url)
    assert set(timing.COUNTED) <= set(weight.bytes), "the premise: all kinds were seen"
    assert weight.encoding in ("gzip", "br")
    assert weight.missed() == []


def test_a_page_that_grew_too_heavy_is_noticed(browser, topic_url, monkeypatch):
    monkeypatch.setattr(timing, "LIMIT_KB", 1)
    assert timing.weigh(browser, topic_url).missed() != []
