"""Which views are kept, what they show and which parts of the address choose among their pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import request

from app.core.cache.versions import SITE
from app.core.web.pieces import refuse_in_pieces

View = TypeVar("View", bound=Callable[..., Any])
PERSONAL = "helferkreis.page.personal"


@dataclass(frozen=True)
class Mark:
    """`shows` are names of wiring.SHOWN; `by` is an argument of the route that makes one of them
    belong to a single thing; `query` are the parameters that the view reads.
    """

    shows: tuple[str, ...]
    by: str | None
    query: tuple[str, ...]

    def names(self, arguments: dict[str, Any]) -> tuple[str, ...]:
        """The versions on which the page with these route arguments depends."""
        own = () if self.by is None else (f"{self.by}:{arguments['id']}",)
        return (SITE, *self.shows, *own)


def cached(
    *shows: str, by: str | None = None, query: tuple[str, ...] = ()
) -> Callable[[View], View]:
    """Keep a guest's page of this view. Stands below @policy.

    `by="topic"` makes the page depend on one topic, whose id is the route's `id`. Whatever is not
    in `query` does not reach the view, nor does any header but the language.
    """

    def mark(view: View) -> View:
        view.cached = Mark(shows, by, query)  # type: ignore[attr-defined]
        return view

    return mark


def personal() -> None:
    """This page is for one visitor only: never keep it. Outside of a request it says nothing."""
    refuse_in_pieces("What is personal")
    if request and PERSONAL in request.environ:
        request.environ[PERSONAL].append(True)
