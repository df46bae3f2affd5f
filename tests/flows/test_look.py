"""An administrator gives the forum its look: seen while it is chosen, with script and without."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from app.core.settings import load_settings
from tests.flows.walking import said

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.only("sqlite")]

SOON = 30_000  # ms; a busy machine starts the process that draws the logo slowly
HUE = "element => getComputedStyle(element).getPropertyValue('--hk-brand-hue').trim()"
GROUND = "element => getComputedStyle(element).backgroundColor"


def logo() -> dict[str, object]:
    out = io.BytesIO()
    Image.new("RGB", (300, 80), (226, 0, 26)).save(out, "PNG")
    return {"name": "logo.png", "mimeType": "image/png", "buffer": out.getvalue()}


def hues(page: Page) -> set[str]:
    return {sample.evaluate(HUE) for sample in page.locator(".hk-brand-preview").all()}


def fill(page: Page) -> None:
    page.goto("/admin/look")
    page.fill("[name=name]", "Talfunk hilft")
    page.fill("[name=colour]", "#663399")
    page.set_input_files("[name=logo]", logo())


def test_script_shows_the_look_while_it_is_chosen(app, open_page):
    page = open_page(name="Ada")
    page.goto("/admin/look")
    assert hues(page) == {"236"}
    fill(page)
    head = page.locator(".hk-brand-preview__head").first
    expect(head).to_contain_text("Talfunk hilft", timeout=SOON)
    expect(head.locator("img")).to_have_attribute(
        "src", re.compile("^data:image/png"), timeout=SOON
    )
    assert hues(page) == {"303"}
    assert load_settings().name == "Helferkreis", "nothing is saved yet"


def test_without_script_the_preview_is_a_page(app, open_page):
    page = open_page(name="Ada", script=False)
    fill(page)
    page.get_by_role("button", name=said("Show preview", "de")).click()
    assert hues(page) == {"303"}
    light, dark = (
        page.locator(".hk-brand-preview").nth(place).evaluate(GROUND) for place in (0, 1)
    )
    assert light != dark, "both are there, whatever the page itself is"
    page.get_by_role("button", name=said("Save look", "de")).click()
    expect(page.locator(".hk-header .hk-logo img")).to_be_visible()
    assert page.locator(":root").evaluate(HUE) == "303"
    guest = open_page()
    guest.goto("/")
    expect(guest).to_have_title(re.compile("Talfunk hilft$"))
