"""What the forum may ask of a search engine. No engine's own words stand here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.core.errors import N_, Unavailable

PUBLIC = 0  # the audience that guests belong to; anything above it is restricted
MAX_LABEL = 100  # characters
MAX_DEPTH = 1_000  # hits, offset included: nobody reads further, and every page costs all before it

NOT_READY = N_(
    "Search is not available right now, its index is being rebuilt. "
    "You can browse the boards in the meantime."
)
BUSY = N_(
    "Another process is writing the search index. Stop it or wait until it is done, then try again."
)


class SearchUnavailable(Unavailable):
    """The index is missing or damaged; `clear()` and feeding it again mends it.

    `detail` is for the log and the operator, the message for the person who searched.
    """

    def __init__(self, detail: str, message: str = NOT_READY) -> None:
        super().__init__(message)
        self.detail = detail


class IndexBusy(SearchUnavailable):
    """Somebody else holds the index lock. The write did not happen; trying again later is right."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail, BUSY)


@dataclass(frozen=True)
class Document:
    """One thing to be found. Texts are plain, not HTML; `tags` are separated by blanks.

    `labels` ("board:wlan") narrow a search; each is at most MAX_LABEL characters. `worth` puts it
    above or below its equals: 1.1 is a little above.
    """

    kind: str
    id: int
    title: str
    tags: str
    question: str
    solution: str
    posts: str
    audience: int
    created_at: datetime
    language: str = "de"
    labels: tuple[str, ...] = ()
    worth: float = 1.0

    @property
    def key(self) -> str:
        return document_key(self.kind, self.id)

    @property
    def all_labels(self) -> tuple[str, ...]:
        return (label("kind", self.kind), *(one[:MAX_LABEL] for one in self.labels))


@dataclass(frozen=True)
class Hit:
    """A found document. `score` lies in 0…1, falls along one answer, and compares with no other."""

    kind: str
    id: int
    score: float


class SearchEngine(Protocol):
    """Callers load every hit again through their own `visible_to`: an index may lag behind."""

    def search(
        self,
        query: str,
        *,
        restricted: bool,
        kind: str | None = None,
        labels: Sequence[str] = (),
        limit: int = 20,
        offset: int = 0,
    ) -> list[Hit]:
        """Best first. No text makes it fail; raises SearchUnavailable without a sound index.

        `restricted` adds documents of every audience above public: the caller must filter.
        Every hit has all `labels`; with labels and no words the newest ones are hits.
        Nothing is found beyond MAX_DEPTH.
        """

    def correction(self, query: str) -> str | None:
        """The query with typing errors mended, where a word of it is unknown; else None.

        Whoever asks gets the words of public titles only: a suggestion tells what there is.
        """

    def update(self, documents: Iterable[Document], deleted: Iterable[tuple[str, int]]) -> None:
        """Replace and remove; safe to repeat. Raises IndexBusy or SearchUnavailable."""

    def count(self) -> int:
        """Documents of both indexes."""

    def clear(self) -> None:
        """Begin anew with nothing, whatever state the index is in. Raises IndexBusy."""

    def is_ready(self) -> bool:
        """False where the index is missing, damaged or of an older schema: rebuild it."""

    def close(self) -> None:
        """Give back the files that are kept open between searches; using it again is fine."""


def label(name: str, value: object) -> str:
    """What narrows a search: label("board", 12)."""
    return f"{name}:{value}"


def document_key(kind: str, id: int) -> str:
    return f"{kind}:{id}"
