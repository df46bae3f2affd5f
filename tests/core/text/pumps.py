"""Texts that made Markdown or HTML parsers slow: a unit repeated, or a shape that grows."""

from __future__ import annotations

from collections.abc import Callable

Pump = Callable[[int], str]

MARKDOWN_UNITS = [
    "[", "[a](b", "![a](", "[[b]", "[a](b)", "[a](<b", '[a](b "', "[]()", "[\\]", "][", "`", "`a",
    "`a`", "`[", "`*", "*`", "*", "*a ", "*a*", "***a***", "*a **b ", "*_", "*[", "*](", " a*",
    "a_ ", "_a*_ ", "~~a~~ ", "~", "\\", "\\*", "<", "<>", "</", "<a@b", "<a@b>", "<http://a>",
    "&", "&#", "&#1;", "&lt;", ">", "> ", ">\n", "> a\n", "> a\n\n", ">a\n>>b\n", "- ", "1. ",
    "- > ", "> - ", "- a\n", "- a\n\n", "1) a\n", "1. - a\n", "- > a\n", "- # a\n", "- ---\n",
    "> # a\n", "* *\n", "# a\n", "## a ##\n", "#\n", "a\n# b\n", "a\n==\n", "---\n", "- -", "a\n",
    "a\n- b\n", "a  \n", "    a\n", "\ta\n", "\t", " ", "\n", "|", "|a|\n", "a|b\n-|-\n", "|\n|-\n",
    "| *a* | `b` |\n", "```\n", "```\na\n", "```a\n```\n", "~~~\n", "``` `\n", "[code]",
    "[code]a[/code]", "[quote]", "[quote=a]b[/quote]", "[/quote]", '[quote="a, post:1"]\nb\n',
    "http://a.de ", "http://a.", "(http://a", "www.a ", "@a ", ":smile:", "a\\\n", '"', "(", "()",
    "!", "\u0300", "a\u0315\u0300", "😀", "\x02", "\x02wzxhzdk:0\x03", "<b>", "<b>a</b>", "<!--",
    "<![CDATA[", "<?", "*a*_b_`c`[d](e)\n", "- a\n" + 30 * " " + "b\n",
]  # fmt: skip

HTML_UNITS = [
    "<div>", "<p>", "<b>", "<i><b>", "<a href=x>", "<a href=/b>c", "<table>", "<table><tr><td>",
    "<table><b>", "<li>", "<ul><li>", "<br>", "<img src=x alt=y>", "<p>a</p>", "<pre>\n", "<h1>",
    "<td>", "</p>", "</b>", "<script>", "<style>", "<svg>", "<b ", '<a "', "<a '", '<a href="',
    "<!", "<!-", "<!--", "<!--a-->", "<?", "</", "<a/", "<a =", "<b title=1>", "<font a=1><p>",
    "<em><table><td>", "<dl><dt>", "<a><table><td>", "<select>", "<x>", "&", "&amp;", "&#111",
    '<img src="&#11111111;" alt="&amp;amp;amp;amp;lt;">', "<img src=/uploads/a.png>",
]  # fmt: skip


def repeated(unit: str) -> Pump:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def _indented(step: str, line: str, depth: int) -> Pump:
    """Lines ever deeper, then from the left again."""
    return lambda size: "\n".join(step * (n % depth) + line for n in range(size // 4))[:size]


def _wide_table(columns: int, rows: int) -> str:
    """A cell costs nothing where a row ends early."""
    return "|" * (columns + 1) + "\n" + "|-" * columns + "|\n" + "|\n" * rows


SHAPES: dict[str, Pump] = {
    "lists in lists": _indented("    ", "- a", 140),
    "lists in lists, again and again": _indented("    ", "- a", 20),
    "loose lists in lists": _indented("    ", "- a\n", 20),
    "quotes in quotes": _indented(">", " a", 190),
    "quotes in quotes, again and again": _indented(">", " a", 15),
    "emphasis in emphasis": lambda n: "*a " * (n // 6) + "b" + " a*" * (n // 6),
    "strong in emphasis": lambda n: "*a **a " * (n // 14) + "b" + " a** a*" * (n // 14),
    "many stars": lambda n: "*" * (n // 2 - 1) + "a" + "*" * (n // 2),
    "many stars, again and again": lambda n: ("*" * 300 + "a" + "*" * 300 + " ") * (n // 602),
    "nested brackets": lambda n: "[" * (n // 2) + "]" * (n // 2),
    "nested parentheses": lambda n: "[a]" + "(" * (n // 2 - 2) + ")" * (n // 2 - 2),
    "ever longer backticks": lambda n: "".join("`" * i + "a" for i in range(1, 200))[:n],
    "changing backticks": lambda n: "".join("`" * (i % 10 + 1) + "a" for i in range(n))[:n],
    "changing stars": lambda n: "".join("*" * (i % 4 + 1) + "a" for i in range(n))[:n],
    "a wide table": lambda n: _wide_table(n // 8, 1_400),
    "a full table": lambda n: "a|" * 39 + "a\n" + "-|" * 39 + "-\n" + ("a|" * 39 + "a\n") * (n // 85),
    "a table of backticks": lambda n: "|a|b|\n|-|-|\n|" + "`|" * ((n - 20) // 2),
    "ever shorter fences": lambda n: "\n".join("`" * (300 - i) for i in range(290))[:n],
    "a long address": lambda n: "http://a/" + "b" * (n - 9),
    "an address and dots": lambda n: "http://a" + "." * (n - 8),
    "an address in parentheses": lambda n: "(" * (n // 2 - 4) + "http://a" + ")" * (n // 2 - 4),
    "a long entity": lambda n: "&#" + "1" * (n - 3) + ";",
    "a long entity in a link": lambda n: "[a](http://b/&#" + "1" * (n - 20) + ";)",
    "a long entity in a picture": lambda n: "![&#" + "1" * (n - 30) + ";](/uploads/a)",
    "an endless entity": lambda n: "[a](http://b/&" + "amp;" * ((n - 20) // 4) + ")",
    "spaces between": lambda n: "a" + " " * (n - 2) + "b",
    "a heading of marks": lambda n: "# " + "#" * (n - 2),
    "a heading of spaced marks": lambda n: "# a" + " #" * (n // 2 - 2),
    "an underline": lambda n: "a\n" + "=" * (n - 2),
    "reference links": lambda n: "[a]: http://b " + "c" * (n // 2) + "\n\n" + "[a] " * (n // 9),
    "accents": lambda n: "a" + "\u0315\u0300" * (n // 2 - 1),
    "many attributes": lambda n: "<a " + 'href="x" ' * (n // 10),
    "different attributes": lambda n: "".join(f"<b title={i}>" for i in range(n // 30)) + "<p>" * 900,
    "half open tags": lambda n: ("<a " + '""' * 190 + '"') * (n // 384),
    "nested boxes": lambda n: "<div>" * (n // 11) + "</div>" * (n // 11),
}  # fmt: skip


def pumps() -> dict[str, Pump]:
    units = MARKDOWN_UNITS + HTML_UNITS
    return {f"{unit!r} again and again": repeated(unit) for unit in units} | SHAPES
