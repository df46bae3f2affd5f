"""Every page is looked at by axe and on the narrowest phone: tests/flows/window.py says by whom."""

from __future__ import annotations

from flask import Flask

from tests.flows import window
from tests.visibility import routes


class _Any:
    """Stands for a window where only the endpoints matter."""

    def __getattr__(self, name: str) -> int:
        return 1


def test_every_page_of_the_circle_has_a_line_in_the_window(app: Flask):
    here = {e for e in routes.get_endpoints(app) if window.is_here(e)}
    seen = {endpoint for pages in window.PAGES.values() for endpoint, _values in pages(_Any())}  # type: ignore[arg-type]
    assert here - seen == set(), "add them to PAGES (or to PARTS) in tests/flows/window.py"
