"""S15, S16, T-04: whatever goes in, only what is on the list comes out."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.core.text import TextError, render, render_imported
from app.core.text.sanitise import sanitise, sanitise_once
from tests.core.text.structure import faults
from tests.data_sets import json_lines

FRAGMENTS = [
    "<a href=", "<a href='/b'>", "</a>", "<b>", "</b>", "<p>", "</p>", "<div>", "<table>", "<tr>",
    "<td>", "</table>", "<ul>", "<li>", "<pre>", "\n", "</pre>", "<code class=language-a>", "<h1>",
    "<img src=/uploads/a.png>", "<img src=x alt=b>", "<img src=data:a onerror=b>", "<svg>", "<math>",
    "<style>", "<script>", "<template>", "<noscript>", "<textarea>", "<title>", "<!--", "-->", "<![",
    "javascript:", "java\tscript:", "&#106;", "&amp;", "&lt;", "&", "&#x6a", ";", "//b.de", "/\\b",
    "http://b.de", "www.b.de", '"', "'", "`", ">", "<", "=", " onclick=a ", " style=a ", "a", " ",
    "\x00", "\x0c", "ä", "\u2028", "<select>", "<form>", "<dl><dt>", "<blockquote>", "<a name=x>",
]  # fmt: skip
html = st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join) | st.text(max_size=200)


@pytest.fixture(params=[8, pytest.param(1, marks=pytest.mark.slow)], ids=["some", "all"])
def every(request: pytest.FixtureRequest) -> int:
    """`make quick` takes every eighth case."""
    return int(request.param)


@pytest.fixture
def payloads(every: int) -> list[str]:
    return [line["payload"] for line in json_lines("sec_xss", "xss.jsonl")][::every]


def test_the_check_itself_notices_what_is_not_allowed() -> None:
    for bad in [
        "<script>",
        "<p onclick=a>",
        "<p style=a>",
        "<a href=javascript:a>",
        "<a href=http://b.de>",
        "<a href='/\\b'>",
        "<img src=http://b.de/c>",
        "<!--a-->",
        "<svg>",
        "<p id=a>",
        "<p class=a>",
        "<code class='language-a b'>",
    ]:
        assert faults(bad), bad


def test_s15_every_known_payload_comes_out_harmless(payloads: list[str]) -> None:
    for payload in payloads:
        for rendered in (_rendered(payload), *(_imported(payload))):
            assert faults(rendered) == [], payload


def test_s15_every_known_payload_is_sanitised_once_and_for_all(payloads: list[str]) -> None:
    for payload in payloads:
        once = sanitise(payload)
        assert faults(once) == [], payload
        assert sanitise(once) == once, payload


@pytest.mark.parametrize(
    "file", ["commonmark_spec.jsonl", "markdown_cases.jsonl", "autolink_cases.jsonl"]
)
def test_s15_the_markdown_of_others_is_rendered_safely(file: str, every: int) -> None:
    for case in islice(json_lines("markdown", file), 0, None, every):
        source = case.get("markdown") or case.get("text") or ""
        assert faults(render(source)) == [], source
        assert faults(render_imported(source, "markdown")) == [], source
        assert faults(render_imported(case.get("html") or "", "html")) == [], source


def test_s15_naughty_strings_do_no_harm() -> None:
    for case in json_lines("sec_web_inputs", "naughty_strings.jsonl"):
        for rendered in (_rendered(case["string"]), *(_imported(case["string"]))):
            assert faults(rendered) == [], case["string"]


def test_a_link_in_a_link_is_none() -> None:
    html = sanitise_once("<table><tr><td><a href=/b><table><tr><td><a href=/c>d</a></table></a>")
    assert "<span>d</span>" in html
    assert html.count("<a ") == html.count("</a>") == 1


@settings(max_examples=150, deadline=None, derandomize=True)
@given(html)
@example("<table><p><li>")
@example("<h1><a><h6></a>")
@example("<h1><a href='/b'><h1><a href='/b'>")
@example("<pre>\n\na</pre>")
def test_s15_sanitising_twice_changes_nothing(source: str) -> None:
    once = sanitise(source)
    assert faults(once) == []
    assert sanitise(once) == once


@settings(max_examples=150, deadline=None, derandomize=True)
@given(html)
def test_s15_what_is_rendered_is_already_clean(source: str) -> None:
    for rendered in (_rendered(source), *(_imported(source))):
        assert faults(rendered) == []
        assert sanitise(rendered) == rendered


def _rendered(source: str) -> str:
    try:
        return render(source)
    except TextError:
        return ""


def _imported(source: str) -> list[str]:
    source = source.replace("\x00", "")
    return [render_imported(source, "markdown"), render_imported(source, "html")]
