"""Our Markdown: python-markdown without raw HTML, with parts that cannot be pumped.

Left out on purpose: raw HTML (shown as text); reference links (1 of 8,667 real posts had any, and
`[a]` × 1,000 with one long address is 10 MB of page); a title underlined with dashes (it made
headings of "Best wishes\\n--\\nAnna"); headings without a space ("#1").
"""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import (
    BlockProcessor,
    HashHeaderProcessor,
    SetextHeaderProcessor,
)
from markdown.extensions import Extension
from markdown.extensions.tables import TableProcessor
from markdown.preprocessors import Preprocessor

from app.core.text import inline
from app.core.text.code import Code, split_code
from app.core.text.layout import arrange
from app.core.text.quotes import quotes_to_markdown

TAB = 4
MAX_QUOTE_DEPTH = 10
MAX_TABLE_COLUMNS = 40
MAX_TABLE_CELLS = 3_000


def to_html(source: str) -> str:
    """Markdown → HTML that is well-formed but not yet clean: only `sanitise` makes it safe."""
    # A new converter each time (0.5 ms): it is not safe for threads, nor after an exception.
    converter = Markdown(extensions=["sane_lists", "nl2br", _Forum()], tab_length=TAB)
    return str(converter.convert(source))


class _Forum(Extension):  # type: ignore[misc]
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 — the library's name
        for name in ("html_block", "normalize_whitespace"):
            md.preprocessors.deregister(name)
        md.preprocessors.register(_Prepare(md), "prepare", 30)
        blocks = md.parser.blockprocessors
        blocks.deregister("reference")
        blocks.register(_Table(md.parser, {"use_align_attribute": True}), "table", 75)
        blocks.register(_Heading(md.parser), "hashheader", 70)
        blocks.register(_Underlined(md.parser), "setextheader", 60)
        blocks.register(_Quote(md.parser), "quote", 20)
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "|", "~"]
        inline.register(md)


class _Prepare(Preprocessor):  # type: ignore[misc]
    """Takes code blocks out of the way, then turns old forum quotes into Markdown."""

    def run(self, lines: list[str]) -> list[str]:
        prepared: list[str] = []
        for part in split_code("\n".join(lines)):
            if isinstance(part, Code):
                prepared += ["", self._code_place(part), ""]
            else:
                prepared.append(part.expandtabs(TAB) if part.strip() else "")
        text = quotes_to_markdown("\n".join(prepared), self._attribution)
        return [*arrange(text.split("\n")), "", ""]

    def _code_place(self, code: Code) -> str:
        steps = -(-code.indent // TAB) if code.indent > 1 else 0
        return " " * (TAB * steps) + str(self.md.htmlStash.store(_code_block(code)))

    def _attribution(self, name: str) -> str:
        return str(self.md.htmlStash.store(f"<cite>{html.escape(name)}:</cite>"))


def _code_block(code: Code) -> str:
    language = f' class="language-{code.language}"' if code.language else ""
    return f"<pre><code{language}>{html.escape(code.text, quote=False)}\n</code></pre>"


class _Heading(HashHeaderProcessor):  # type: ignore[misc]
    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})[ ]+(?P<header>[^\n]+)(?:\n|$)")


class _Underlined(SetextHeaderProcessor):  # type: ignore[misc]
    RE = re.compile(r"^[^\n]+\n={2,}[ ]*(\n|$)")


class _Table(TableProcessor):  # type: ignore[misc]
    """Refuses tables whose empty cells would outgrow the text (5,000 columns × 1,400 rows)."""

    def test(self, parent: Element, block: str) -> bool:
        head, _, rest = block.partition("\n")
        columns = head.count("|") + 1
        return (
            1 < columns <= MAX_TABLE_COLUMNS
            and columns * (rest.count("\n") + 2) <= MAX_TABLE_CELLS
            and "|" in rest.partition("\n")[0]
            and bool(super().test(parent, block))
        )


class _Quote(BlockProcessor):  # type: ignore[misc]
    """Quotes, each its own; deeper than MAX_QUOTE_DEPTH they are shown with their marks."""

    START = re.compile(r"^ {0,3}>", re.MULTILINE)
    MARK = re.compile(r" {0,3}> ?")
    depth = 0

    def test(self, parent: Element, block: str) -> bool:
        return self.depth < MAX_QUOTE_DEPTH and bool(self.START.search(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        before, quoted = self._parted(block)
        if before:
            self.parser.parseBlocks(parent, [before])
        lines = [self.MARK.sub("", line, count=1) for line in quoted.split("\n")]
        quote = SubElement(parent, "blockquote")
        self.depth += 1
        self.parser.state.set("blockquote")
        self.parser.parseChunk(quote, "\n".join(arrange(lines)))
        self.parser.state.reset()
        self.depth -= 1

    def _parted(self, block: str) -> tuple[str, str]:
        found = self.START.search(block)
        start = found.start() if found else 0
        return block[:start].rstrip("\n"), block[start:]
