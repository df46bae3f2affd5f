"""From the stored source to the HTML that a page shows; rendered once, when the text is saved."""

from __future__ import annotations

import html
import logging
import re
from typing import Literal

from app.core.text.archive import as_text, tidy
from app.core.text.errors import TextError
from app.core.text.guard import IMPORTED, IMPORTED_HTML, POST, Limits, check_source, check_weight
from app.core.text.markup import to_html
from app.core.text.normalise import normalise
from app.core.text.sanitise import sanitise, sanitise_once

# Raise it with every change of what comes out: `flask text-rebuild` renders older HTML anew.
PIPELINE_VERSION = 1

HEADINGS_LOWER_BY = 2  # the page has h1 and h2 of its own

_log = logging.getLogger(__name__)
_CONTROL = re.compile("[\x01-\x08\x0b-\x1f\x7f]")  # \x02 and \x03 mean something to markdown
_SURROGATE = re.compile("[\ud800-\udfff]")
_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def render(source: str, *, headings_lower_by: int = HEADINGS_LOWER_BY) -> str:
    """Return safe HTML for Markdown written here; raise TextError if it breaks a cap.

    `headings_lower_by` is 0 for a text that is a page's only content. At most half a second, on
    the worst text within the caps; 2 ms for a usual post.
    """
    if len(source) > 2 * POST.characters:  # before anything costs time; line ends may be two
        raise TextError("too_long")
    return _render_markdown(normalise(source), POST, headings_lower_by)


def render_imported(source: str, fmt: Literal["markdown", "html"]) -> str:
    """Return safe HTML for a post of an archive, as plain paragraphs where the caps are broken.

    Raises TextError only above 100,000 characters and for NUL. At most two seconds.
    """
    if len(source) > IMPORTED.characters:
        raise TextError("too_long")
    text = normalise(_SURROGATE.sub("\ufffd", source))
    try:
        return _render_markdown(text, IMPORTED) if fmt == "markdown" else _render_html(text)
    except TextError:
        return _paragraphs(text if fmt == "markdown" else as_text(text))
    except Exception:
        # One post must not end the import of a whole forum because of a fault in a library.
        _log.exception("a post of an archive is shown as plain text")
        return _paragraphs(text)


def _render_markdown(text: str, limits: Limits, headings_lower_by: int = HEADINGS_LOWER_BY) -> str:
    text = _CONTROL.sub("", text)
    check_source(text, limits)
    try:
        marked_up = to_html(text)
        check_weight(marked_up, limits)
        return sanitise_once(marked_up, demote=headings_lower_by)
    except RecursionError as error:
        raise TextError("too_dense") from error


def _render_html(text: str) -> str:
    tidied = tidy(_CONTROL.sub("", text))
    check_weight(tidied, IMPORTED_HTML)
    return sanitise(tidied, demote=HEADINGS_LOWER_BY)


def _paragraphs(text: str) -> str:
    """Nothing here but escaped text, so it needs no sanitiser (which would take too long)."""
    blocks = (block.strip() for block in _EMPTY_LINES.split(_CONTROL.sub("", text)))
    return "\n".join(
        f"<p>{html.escape(block, quote=False).replace(chr(10), '<br>' + chr(10))}</p>"
        for block in blocks
        if block
    )
