"""How topics, posts and people are called in an archive.

What was imported gets its old id and name back, what was born here has its own id and name. A forum
that took several archives may have the same id twice: then the things of this forum give way, or
all of them if the id came with several archives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from app.forum.archive.export import rows
from app.forum.models import Post, Topic


class Ids:
    """Ids of topics, or of posts. `word` is the beginning of those that had to give way."""

    def __init__(self, model: type[Topic] | type[Post], word: str) -> None:
        self.model = model
        self._ambiguous = rows.ambiguous_ids(model)
        self._word = word
        while rows.any_id_begins_with(model, f"{self._word}-"):
            self._word = f"other-{self._word}"

    def of(self, things: Sequence[Any]) -> dict[int, Any]:
        """Row id → id in the archive: a text for what was imported, else a number."""
        own = [str(thing.id) for thing in things if thing.source_id is None]
        taken = rows.taken_ids(self.model, own)
        return {thing.id: self._label(thing, taken) for thing in things}

    def _label(self, thing: Any, taken: set[str]) -> Any:
        if thing.source_id is None:
            label, gives_way = thing.id, str(thing.id) in taken
        else:
            label, gives_way = thing.source_id, thing.source_id in self._ambiguous
        return f"{self._word}-{thing.id}" if gives_way else label


def author_names(accounts: Sequence[Any]) -> Mapping[int, str]:
    """Account id → the name in the archive; no two accounts have the same.

    `accounts` need id, name, state and source_id. Names here are unique, so whoever shares an old
    name with somebody else gets the present one. An erased account's old name is nobody's business.
    """
    names = {a.id: a.name if a.state == "erased" else a.source_id or a.name for a in accounts}
    while shared := {name for name, count in Counter(names.values()).items() if count > 1}:
        names |= {a.id: a.name for a in accounts if names[a.id] in shared}
    return names
