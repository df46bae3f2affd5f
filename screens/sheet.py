"""Contact sheets: all screens of a role in one picture, each in four looks, with its name and address.

The sheet is a page that Chromium draws; Pillow takes it down to 256 colours.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from screens.forum import ROOT

LOOKS = ((390, "light"), (390, "dark"), (1280, "light"), (1280, "dark"))
HEIGHT = 900
SCALE = 0.42
FONT = next((ROOT / "static" / "dist").glob("source-sans-3-latin-wght-normal-*.woff2"))
COLOURS = 256
STYLE = f"""
@font-face {{ font-family: Sheet; src: url({FONT.as_uri()}); font-weight: 200 900; }}
body {{ margin: 0; padding: 28px 32px 36px; width: max-content; background: #dfe3e8; color: #1b2430;
  font: 16px/1.35 Sheet, sans-serif; }}
h1 {{ margin: 0 0 4px; font-size: 30px; }}
h2 {{ margin: 26px 0 8px; font-size: 19px; }}
small {{ font-weight: 400; font-size: 15px; color: #4a5663; margin-left: 10px; }}
p {{ margin: 0; color: #4a5663; }}
div {{ display: flex; gap: 12px; }}
img {{ display: block; border-radius: 4px; box-shadow: 0 0 0 1px #0003; }}
"""


@dataclass(frozen=True)
class Row:
    """A screen: its name, where it is, and a PNG for each of LOOKS."""

    name: str
    where: str
    pictures: list[bytes]


def compose(browser: Browser, title: str, rows: list[Row], folder: Path) -> bytes:
    """The sheet as PNG; `folder` takes what the page needs while it is drawn."""
    parts = [_row(number, row, folder) for number, row in enumerate(rows, start=1)]
    widths = ", ".join(f"{width} px {theme}" for width, theme in LOOKS)
    html = folder / "sheet.html"
    html.write_text(
        f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><h1>{escape(title)}</h1>"
        f"<p>{len(rows)} screens, each at {widths}</p>{''.join(parts)}",
        "utf-8",
    )
    page = browser.new_page(viewport={"width": 1600, "height": 900})
    page.goto(html.as_uri())
    page.evaluate("document.fonts.ready.then(() => null)")
    box = page.evaluate("document.body.getBoundingClientRect().toJSON()")
    page.set_viewport_size({"width": int(box["width"] + 1), "height": 900})
    shot = page.screenshot(full_page=True)
    page.close()
    return slimmed(shot)


def _row(number: int, row: Row, folder: Path) -> str:
    images = []
    for (width, _theme), picture in zip(LOOKS, row.pictures, strict=True):
        file = folder / f"{number}-{len(images)}.png"
        file.write_bytes(picture)
        size = f'width="{width * SCALE:.0f}" height="{HEIGHT * SCALE:.0f}"'
        images.append(f'<img src="{file.name}" {size}>')
    name, where = escape(row.name), escape(row.where)
    return f"<h2>{number}. {name}<small>{where}</small></h2><div>{''.join(images)}</div>"


def slimmed(png: bytes) -> bytes:
    """The same in 256 colours, a third as big; screens are made of few."""
    image = Image.open(BytesIO(png)).convert("RGB")
    few = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    out = BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()
