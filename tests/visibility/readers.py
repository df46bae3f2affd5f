"""Words in the things of circle.py, and who may read each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from app.accounts.actor import Actor
from tests import cast
from tests.visibility.world import World

Who = Callable[[Actor], bool]


def staff(viewer: Actor) -> bool:
    return viewer.is_staff


def moderators(viewer: Actor) -> bool:
    return viewer.is_staff or viewer.name == "Sina"


def admins(viewer: Actor) -> bool:
    return viewer.role == "admin"


def staff_and(name: str) -> Who:
    return lambda viewer: viewer.is_staff or viewer.name == name


def moderators_and(name: str) -> Who:
    return lambda viewer: moderators(viewer) or viewer.name == name


def moderators_without(name: str) -> Who:
    return lambda viewer: moderators(viewer) and viewer.name != name


@dataclass(frozen=True)
class Secret:
    """A word in one thing; `shown` where somebody must be able to find it."""

    word: str
    what: str
    who: Who
    shown: bool = True


@dataclass
class Circle(World):
    secrets: list[Secret] = field(default_factory=list)

    def secret(self, what: str, who: Who, *, shown: bool = True) -> str:
        word = self.needle(what, cast.PUBLIC)
        self.secrets.append(Secret(word, what, who, shown))
        return word


def everybody(_viewer: Actor) -> bool:
    return True
