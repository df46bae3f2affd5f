"""`python -m screens`: contact sheets, single pictures and the timing note; `make screens` calls it."""

from __future__ import annotations

import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from playwright.sync_api import Browser, Error, sync_playwright

from screens import timing
from screens.camera import Screen, Visitor, glance, part, visitor
from screens.forum import ROOT, Forum, running
from screens.handbooks import PICTURES, Picture
from screens.roles import ROLES, Role
from screens.sheet import HEIGHT, LOOKS, SCALE, Row, compose, slimmed
from tests.chromium import MISSING, QUIET, chromium
from tests.flows.looking import look

FOLDER = ROOT / "docs" / "screens"
SHEETS, SINGLES, TIMING = "sheets", "pictures", "timing"


@click.command()
@click.argument("what", nargs=-1, type=click.Choice([SHEETS, SINGLES, TIMING]))
@click.option("--only", multiple=True, help="Only the sheets and pictures of these names.")
@click.option(
    "--instance",
    type=click.Path(path_type=Path, exists=True),
    help="A copy of this forum's folder.",
)
def main(what: Sequence[str], only: Sequence[str], instance: Path | None) -> None:
    """Picture the demo into docs/screens/: everything, or only WHAT. Fails naming each bad screen."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the forum ends with us
    wanted = what or (SHEETS, SINGLES, TIMING)
    faults: list[str] = []
    with running(instance) as forum, _browser() as browser:
        if SHEETS in wanted:
            for role in _chosen(ROLES, only):
                faults += picture_role(browser, forum, role)
        if SINGLES in wanted:
            faults += picture_handbooks(browser, forum, _chosen(PICTURES, only))
        if TIMING in wanted:
            faults += measure(browser, forum)
    for fault in faults:
        click.echo(fault, err=True)
    sys.exit(1 if faults else 0)


def _chosen(things: Sequence[Any], only: Sequence[str]) -> list[Any]:
    return [thing for thing in things if not only or thing.name in only]


def picture_role(browser: Browser, forum: Forum, role: Role) -> list[str]:
    """Writes the role's sheet; → what is wrong with its screens."""
    cookie = forum.sign_in([role.who])[role.who] if role.who else None
    rows: list[Row] = []
    faults: list[str] = []
    with visitor(browser, forum, cookie=cookie, language=role.language) as somebody:
        for screen in role.screens:
            click.echo(f"{role.name}: {screen.name}", err=True)
            found = _picture(somebody, screen, rows)
            faults += [f"{role.name}, {screen.name}: {fault}" for fault in found]
    with tempfile.TemporaryDirectory() as folder:
        _keep(f"{role.name}.png", compose(browser, role.title, rows, Path(folder)))
    return faults


def _picture(somebody: Visitor, screen: Screen, rows: list[Row]) -> list[str]:
    try:
        somebody.go(screen)
    except Error as error:
        return [f"cannot be reached: {str(error).splitlines()[0]}"]
    shots = [glance(somebody.page, width, HEIGHT, theme, SCALE) for width, theme in LOOKS]
    rows.append(Row(screen.name, somebody.where(), shots))
    return somebody.judge()


def picture_handbooks(browser: Browser, forum: Forum, pictures: Sequence[Picture]) -> list[str]:
    """Writes the single pictures; → what is wrong with their screens."""
    cookies = forum.sign_in({picture.who for picture in pictures if picture.who})
    faults: list[str] = []
    for picture in pictures:
        click.echo(f"picture: {picture.name}", err=True)
        cookie = cookies[picture.who] if picture.who else None
        with visitor(browser, forum, cookie=cookie, language=picture.language) as somebody:
            faults += [f"{picture.name}: {fault}" for fault in _picture_part(somebody, picture)]
    return faults


def _picture_part(somebody: Visitor, picture: Picture) -> list[str]:
    look(somebody.page, picture.width, "light", picture.height)
    try:
        somebody.go(picture.screen)
    except Error as error:
        return [f"cannot be reached: {str(error).splitlines()[0]}"]
    shot = slimmed(part(somebody.page, picture.of, picture.height))
    _keep(f"{picture.folder}{picture.name}.png", shot)
    return somebody.faults


def measure(browser: Browser, forum: Forum) -> list[str]:
    """Writes the timing note of a guest's topic page; → the limit, if it is missed."""
    with visitor(browser, forum, cookie=None, language="de") as guest:
        guest.go(timing.SCREEN)
        url, title = guest.page.url, guest.page.title()
    weight, figures = timing.time(browser, url)
    note = timing.written(weight, figures, title)
    click.echo(note)
    _keep("timing.md", note.encode())
    return weight.missed()


def _keep(name: str, content: bytes) -> None:
    (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
    (FOLDER / name).write_bytes(content)
    click.echo(f"docs/screens/{name}: {len(content) / 1000:.0f} kB", err=True)


@contextmanager
def _browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        raise click.ClickException(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(path), args=list(QUIET))
        yield browser
        browser.close()


if __name__ == "__main__":
    main()
