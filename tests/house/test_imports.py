"""Import order of packages and of rooms; nobody reaches into a neighbour."""

from __future__ import annotations

from pathlib import Path

from tests.house.tree import PLANTED, ROOT, Module, modules, package_of, room_of

LEVELS = {
    "core": 0,
    "accounts": 1,
    "forum": 2,
    "superusers": 3,
    "moderation": 3,
    "knowledge": 3,
    "notifications": 4,
    "desk": 5,
    "insights": 6,
    "administration": 7,
    "": 8,  # wiring, cli, pages, features, create_app
}
ROOMS = {
    "models": 0,
    "events": 0,
    "actor": 0,  # accounts: who acts or looks; a frozen value that every rule takes
    "addresses": 0,  # accounts: what a well-formed e-mail address, name or password is; pure
    "names": 0,
    "passwords": 0,
    "limits": 0,  # how much of the feature's work anybody may use up; figures
    "rules": 1,
    "queries": 1,
    "forms": 1,
    "policies": 1,  # accounts: who may use a route at all; as pure as rules
    "actions": 2,
    "reactions": 3,
    "search": 3,
    "session": 1,  # accounts: cookie ↔ session row
    "bearer": 1,  # accounts: a program's token ↔ its row
    "guide": 2,  # administration: the steps of the first use, judged by what the queries find
    "display": 3,  # rows → what templates show, with what the viewer may do
    "inbox": 4,  # what a feature puts into the desk's inbox
    "mails": 3,  # what a mail says
    "placeholders": 0,  # desk: what a canned reply leaves open; pure
    "times": 0,  # desk: how fast questions are answered; pure
    "statements": 1,  # moderation: the letter with the reasons of a decision; pure
    "gates": 3,  # asked by a lower feature before it writes
    "recount": 1,  # counts anew, for actions too
    "activity": 3,  # forum: a member's topics and answers, shown on the page of accounts
    "archive": 4,  # forum: the operator's import, beside the views
    "cli": 4,
    "upkeep": 4,  # what the operator's commands and the daily ticks do
    "data": 4,  # texts that set-up brings along
    "views": 4,
    "api": 4,
}
#: What a feature may use of a lower one. Beyond DESIGN.md: the actor, the routes' policies, the
#: session's cookie and how a person is shown, which every page needs.
OPEN_ROOMS = {"models", "events", "rules", "queries", "actions"}
OPEN_ROOMS |= {"actor", "policies", "session", "display"}
LIBRARY_OF = {"bleach": "app.core.text", "markdown": "app.core.text", "whoosh": "app.core.search"}


def check(root: Path) -> list[str]:
    faults: list[str] = []
    for module in modules(root):
        if module.package in LEVELS and module.package and not _known_room(module):
            faults.append(f"{module.shown}: the room {module.room} has no place in the order")
        for target, line in module.imports():
            reason = _reason(module, target)
            if reason:
                faults.append(f"{module.shown}:{line}: imports {target}: {reason}")
    return faults


def _known_room(module: Module) -> bool:
    return module.package == "core" or not module.room or module.room in ROOMS


def _reason(module: Module, target: str) -> str:
    library = target.split(".")[0]
    if library in LIBRARY_OF and not module.name.startswith(LIBRARY_OF[library]):
        return f"only {LIBRARY_OF[library]} may"
    if library != "app" or target == "app":
        return ""
    here, there = module.package, package_of(target)
    if here == there:
        return _room_reason(module.room, room_of(target))
    if LEVELS[there] >= LEVELS[here]:
        return f"{here or 'the factory'} stands below or beside {there or 'the factory'}"
    closed = here and there != "core" and room_of(target) not in OPEN_ROOMS
    return f"{room_of(target) or 'the package'} of {there} is not open to {here}" if closed else ""


def _room_reason(here: str, there: str) -> str:
    if here not in ROOMS or there not in ROOMS or here == there:
        return ""
    if here == "rules" and there == "queries":
        return "rules are pure"
    return f"{here} stands below {there}" if ROOMS[there] > ROOMS[here] else ""


def test_lower_never_imports_higher():
    assert check(ROOT) == []


def test_planted_imports_are_reported():
    faults = check(PLANTED / "imports")
    assert sorted(fault.split(": imports ")[-1] for fault in faults) == [
        "app.forum.forms: forms of forum is not open to moderation",
        "app.forum.models: core stands below or beside forum",
        "app.forum.queries: rules are pure",
        "app.forum.views: models stands below views",
        "app.knowledge.queries: moderation stands below or beside knowledge",
        "app.wiring: moderation stands below or beside the factory",
        "app/forum/cupboard.py: the room cupboard has no place in the order",
        "bleach: only app.core.text may",
    ]
