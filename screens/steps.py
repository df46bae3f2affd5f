"""The words in which roles.py and handbooks.py say how somebody comes to a screen.

Labels and buttons are given in English, as they stand in the code, and looked up in the language of
the person; what no word names (the first topic of a list) is given as a selector.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.flows.walking import Walker

Step = Callable[[Walker], None]


def follow(words: str) -> Step:
    """The first link that is called so."""
    return lambda walker: walker.follow(words)


def press(words: str) -> Step:
    return lambda walker: walker.press(words)


def fill(label: str, text: str) -> Step:
    return lambda walker: walker.fill(label, text)


def choose(words: str) -> Step:
    """A radio button."""
    return lambda walker: walker.choose(words)


def open_first(selector: str) -> Step:
    """Go where the first link that fits leads."""

    def step(walker: Walker) -> None:
        href = walker.page.locator(selector).first.get_attribute("href")
        assert href is not None, f"{selector} is no link"
        walker.page.goto(href)

    return step


def click(selector: str) -> Step:
    return lambda walker: walker.page.locator(selector).first.click()


def wait_for(selector: str) -> Step:
    """Something that script brings, such as answers while somebody asks."""
    return lambda walker: walker.page.locator(selector).first.wait_for()
