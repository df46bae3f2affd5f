"""Templates: no unescaped text, nothing that the content security policy would refuse, no queries."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house.tree import PLANTED, ROOT, line_of, modules, templates

#: What must not stand in a template → why.
FORBIDDEN = {
    r"\|\s*safe\b": "|safe; only core.text yields safe HTML",
    r"\{%-?\s*autoescape\s+false": "escaping switched off",
    r"\bMarkup\(": "Markup()",
    r"\bhx-on\b": "hx-on needs eval",
    r"\bhx-trigger\s*=\s*(\"[^\"]*\[|'[^']*\[)": "an hx-trigger filter needs eval",
    r"\bjs:": "a js: value needs eval",
    r"javascript:": "a javascript: address",
    r"\bhx-vars\b": "hx-vars needs eval",
    r"<script(?![^>]*\ssrc=)": "an inline script",
    r"<style\b": "an inline style sheet",
    r"\sstyle\s*=": "an inline style",
    r"<[^>]*\son[a-z]+\s*=\s*[\"']": "an event handler in an attribute",
    r"\b(src|href|action)\s*=\s*[\"']?(https?:)?//": "an address of another host",
    r"\bdb\.session|\bselect\(|\.query\b": "asks the database",
}
#: Mail programs know no style sheets and open links to us: a page's rules that mails are free of.
FREE_IN_MAIL = {"an inline style", "an inline style sheet"}
#: Python files that may mark text as HTML, each with its reason.
MAY_MARK = {
    "app/core/text": "the one source of safe HTML",
    "app/pages.py": "icons and times: fixed HTML around escaped values",
    "app/core/web/pieces.py": "pieces of pages: what a template rendered, with all its escaping",
    "app/core/locale.py": "translations: our own words, into which values are escaped",
    "app/core/web/error_pages.py": "the page for when no template can be drawn",
}
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def check(root: Path) -> list[str]:
    faults: list[str] = []
    for path in templates(root):
        source = COMMENT.sub(lambda m: "\n" * m[0].count("\n"), path.read_text("utf-8"))
        place = path.relative_to(root)
        free = FREE_IN_MAIL if path.parent.name == "mail" else set()
        for pattern, why in FORBIDDEN.items():
            hits = re.finditer(pattern, source, re.IGNORECASE) if why not in free else ()
            faults += [f"{place}:{line_of(source, hit.start())}: {why}" for hit in hits]
    return sorted(faults)


def marking(root: Path) -> list[str]:
    """Python that turns a string into HTML outside the documented places."""
    faults: list[str] = []
    for module in modules(root):
        if any(module.shown.startswith(place) for place in MAY_MARK):
            continue
        for name, node in module.calls():
            if name.split(".")[-1] in ("Markup", "render_template_string", "from_string"):
                faults.append(f"{module.shown}:{node.lineno}: {name}()")
    return faults


def test_templates_hold_nothing_forbidden():
    assert templates(ROOT), "there are templates"
    assert check(ROOT) == []


def test_only_documented_places_mark_html():
    assert marking(ROOT) == []


def test_planted_faults_are_reported():
    faults = check(PLANTED / "templates")
    reported = {fault.split(": ", 1)[1] for fault in faults}
    assert reported == set(FORBIDDEN.values())
    assert marking(PLANTED / "templates") == ["app/forum/views.py:5: Markup()"]


def test_the_good_template_has_no_fault():
    faults = check(PLANTED / "templates")
    assert [fault for fault in faults if "good.html" in fault] == []
