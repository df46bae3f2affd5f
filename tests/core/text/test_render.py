"""What a person types and what the others see."""

from __future__ import annotations

import inspect
import sys

import pytest

from app.core.text import TextError, render, safe

REL = ' rel="ugc nofollow noopener"'
LONG = "https://b.de/c_(d)?e=1&amp;f=2"


@pytest.mark.parametrize(
    "source, html",
    [
        pytest.param("a\nb", "<p>a<br>\nb</p>", id="a_line_end_stays_a_line_end"),
        pytest.param("a\r\n\r\nb", "<p>a</p>\n<p>b</p>", id="an_empty_line_ends_a_paragraph"),
        pytest.param("**a** _b_ ~~c~~", "<p><strong>a</strong> <em>b</em> <del>c</del></p>"),
        pytest.param("snake_case_name", "<p>snake_case_name</p>"),
        pytest.param(r"\*a\*", "<p>*a*</p>", id="an_escaped_mark_is_no_mark"),
        pytest.param("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>", id="html_is_shown_as_text"),
        pytest.param("a & b &amp;lt; c", "<p>a &amp; b &amp;lt; c</p>"),
        pytest.param("`&lt;` `<i>`", "<p><code>&amp;lt;</code> <code>&lt;i&gt;</code></p>"),
        pytest.param("``a ` b``", "<p><code>a ` b</code></p>"),
        pytest.param("# A #\n## C#", "<h3>A</h3>\n<h4>C#</h4>", id="headings_are_lowered"),
        pytest.param("###### A", "<h6>A</h6>"),
        pytest.param("#1 fehlt", "<p>#1 fehlt</p>", id="a_number_sign_is_no_heading"),
        pytest.param("Gruß\n--\nAnna", "<p>Gruß<br>\n--<br>\nAnna</p>", id="no_heading_by_dashes"),
        pytest.param("A\n===", "<h3>A</h3>"),
        pytest.param("a\n---\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
        pytest.param("  \n\n", ""),
        pytest.param("a\x02b\x1bc", "<p>abc</p>", id="control_characters_vanish"),
        pytest.param("a\u2028b", "<p>a\u2028b</p>"),
        pytest.param(":smile: std::smile", "<p>😄 std::smile</p>"),
    ],
)
def test_text_is_shown_as_meant(source: str, html: str) -> None:
    assert render(source) == html


@pytest.mark.parametrize(
    "source, html",
    [
        ("Bitte:\n- a\n- b", "<p>Bitte:</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1) a\n2) b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("- a\n    - b", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
        ("am\n12. Mai", "<p>am<br>\n12. Mai</p>"),
    ],
)
def test_lists_need_no_empty_line_before_them(source: str, html: str) -> None:
    assert render(source) == html


@pytest.mark.parametrize(
    "source, html",
    [
        ("```python\na < b\n```", '<pre><code class="language-python">a &lt; b\n</code></pre>'),
        ("~~~\n*a*\n~~~", "<pre><code>*a*\n</code></pre>"),
        ("a\n```\nb", "<p>a</p>\n<pre><code>b\n</code></pre>"),
        ("```\n\n\ta\n```", "<pre><code>\n\ta\n</code></pre>"),
        ("```\nhttp://a.de @b\n```", "<pre><code>http://a.de @b\n</code></pre>"),
        ('``` x" onclick=y\na\n```', '<pre><code class="language-x">a\n</code></pre>'),
        ("[code]a\n[b][/code] c", "<pre><code>a\n[b]\n</code></pre>\n<p>c</p>"),
        ("[code]a", "<p>[code]a</p>"),
        ("1. a\n   ```\n   b\n   ```", None),
    ],
)
def test_code_is_shown_as_typed(source: str, html: str | None) -> None:
    rendered = render(source)
    if html is None:
        assert "<li>" in rendered
        assert "<pre><code>b\n</code></pre>\n</li>" in rendered
    else:
        assert rendered == html


@pytest.mark.parametrize(
    "source, html",
    [
        ("> a\n> b", "<blockquote>\n<p>a<br>\nb</p>\n</blockquote>"),
        (
            '[quote="anna, post:1, topic:2"]\na\n[/quote]\nb',
            "<blockquote>\n<p><cite>anna:</cite></p>\n<p>a</p>\n</blockquote>\n<p>b</p>",
        ),
        (
            "[quote]a[quote=b]c[/quote][/quote]",
            "<blockquote>\n<p>a</p>\n<blockquote>\n<p><cite>b:</cite></p>\n<p>c</p>\n"
            "</blockquote>\n</blockquote>",
        ),
        ("[quote]a", "<p>[quote]a</p>"),
        ("a[/quote]", "<p>a[/quote]</p>"),
        (
            '[quote="<img src=x onerror=alert(1)>"]a[/quote]',
            "<blockquote>\n<p><cite>&lt;img src=x onerror=alert(1)&gt;:</cite></p>\n<p>a</p>\n"
            "</blockquote>",
        ),
    ],
)
def test_quotes_name_who_is_quoted(source: str, html: str) -> None:
    assert render(source) == html


@pytest.mark.parametrize(
    "source, html",
    [
        ("[a](https://b.de)", f'<a href="https://b.de"{REL}>a</a>'),
        ('[a](https://b.de "t")', f'<a href="https://b.de"{REL} title="t">a</a>'),
        ("[a](mailto:b@c.de)", f'<a href="mailto:b@c.de"{REL}>a</a>'),
        ("[a](//b.de)", f'<a href="//b.de"{REL}>a</a>'),
        ("[a](www.b.de)", f'<a href="https://www.b.de"{REL}>a</a>'),
        ("[a](/topics/1)", '<a href="/topics/1">a</a>'),
        ("[a](#post-1)", '<a href="#post-1">a</a>'),
        ("[a](javascript:alert(1))", "<span>a</span>"),
        ("[a](JaVa&#10;ScRiPt:alert(1))", "<span>a</span>"),
        ("[a](&#106;avascript:alert(1))", "<span>a</span>"),
        ("[a](data:text/html,b)", "<span>a</span>"),
        ("[a](/\\b.de)", "<span>a</span>"),
        ("[a](&amp;#47;/b.de)", f'<a href="//b.de"{REL}>a</a>'),
        ("[a](/&#9;/b.de)", f'<a href="//b.de"{REL}>a</a>'),
        ("https://b.de/c_(d)?e=1&f=2.", f'<a href="{LONG}"{REL}>{LONG}</a>.'),
        ("main.py und b.de", "main.py und b.de"),
        ("a@b.de", "a@b.de"),
        ("<a@b.de>", f'<a href="mailto:a@b.de"{REL}>a@b.de</a>'),
        ("[![a](/uploads/b.png)](/c)", '<a href="/c"><img src="/uploads/b.png" alt="a"></a>'),
        ("[a][1]", "[a][1]"),
    ],
)
def test_links_lead_where_they_may(source: str, html: str) -> None:
    assert render(source) == f"<p>{html}</p>"


@pytest.mark.parametrize(
    "source, html",
    [
        ("![a](/uploads/b/c.png)", '<img src="/uploads/b/c.png" alt="a">'),
        ("![a|20x30](upload://b.png)", "[a]"),
        ("![](upload://b.png)", ""),
        ("![a](https://b.de/c.png)", f'<a href="https://b.de/c.png"{REL}>a</a>'),
        ("![a](//b.de/c.png)", f'<a href="//b.de/c.png"{REL}>a</a>'),
        ("![a](/uploads/../logout)", '<a href="/uploads/../logout">a</a>'),
        ("![a](data:image/png;base64,b)", "[a]"),
        ('![" onerror=b](/uploads/c.png)', """<img src="/uploads/c.png" alt='" onerror=b'>"""),
    ],
)
def test_pictures_come_from_this_forum_only(source: str, html: str) -> None:
    assert render(source) == f"<p>{html}</p>"


def test_tables_keep_their_alignment() -> None:
    html = render("|a|b|\n|-|-:|\n|1|2|")
    assert '<th align="right">b</th>' in html
    assert '<td align="right">2</td>' in html


@pytest.mark.parametrize(
    "source, code",
    [
        ("a" * 20_001, "too_long"),
        ("a" * 90_000, "too_long"),
        ("a\n" * 1_500, "too_many_lines"),
        ("*a " * 401, "too_dense"),
        ("*" * 1_500 + "a" + "*" * 1_500, "too_dense"),
        ("`a" * 401, "too_dense"),
        ("[" * 1_001, "too_dense"),
        ("- " * 21 + "a", "too_dense"),
        ("<" * 7_300, "too_dense"),
        ("a\x00b", "bad_character"),
        ("a\ud800b", "bad_character"),
    ],
)
def test_a_text_beyond_the_caps_is_refused(source: str, code: str) -> None:
    with pytest.raises(TextError) as refusal:
        render(source)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "source",
    [
        "a" * 20_000,
        "ä" * 20_000,
        "a\r\n" * 1_499 + "b",
        "```\n" + "*a [" * 4_000 + "\n```",
        "- a\n" * 1_499,
        "-" * 500,
        "Name: " + "_" * 300,
        "\n\n".join(["**a** `b` [c](/d)"] * 200),
    ],
)
def test_a_text_at_the_caps_is_taken(source: str) -> None:
    assert render(source)


def test_safe_marks_html_for_templates() -> None:
    assert safe("<p>a</p>").__html__() == "<p>a</p>"


def test_the_sentence_for_the_author_says_what_to_do(app: object) -> None:
    with app.app_context():  # type: ignore[attr-defined]
        assert "20.000" in str(TextError("too_long").message)
        assert "```" in str(TextError("too_dense").message)


def test_a_text_that_nests_deeper_than_the_stack_is_refused() -> None:
    """The caps keep nesting small; what is left of the stack is up to the caller."""

    def deeper(levels: int) -> str:
        return deeper(levels - 1) if levels else render("> - **a**")

    here = len(inspect.stack(0))
    with pytest.raises(TextError) as refusal:
        deeper(sys.getrecursionlimit() - here - 20)
    assert refusal.value.code == "too_dense"
