"""Figures → table, Markdown, JSON; and whether a goal is met."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bench.inside import PARTS
from bench.pages import MEMORY_MIB, START_SECONDS

DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
HEAD = ("page", "× hello", "CPU ms", "DB ms", "p50 ms", "p95 ms", "kB", "SQL", "goal", "met")
INSIDE_HEAD = ("page", *(f"{part} ms" for part in PARTS), "%: " + " / ".join(PARTS))

Row = dict[str, Any]
Table = tuple[Sequence[str], list[list[str]]]


def page_table(result: Row) -> Table:
    return HEAD, [_cells(row) for row in result["pages"]]


def _cells(row: Row) -> list[str]:
    database = row["database_cpu_ms"]
    return [
        row["name"],
        f"{row['share']:.3f}",
        f"{row['cpu_ms']:.2f}",
        "" if database is None else f"{database:.2f}",
        f"{row['p50_ms']:.1f}",
        f"{row['p95_ms']:.1f}",
        f"{row['bytes'] / 1000:.1f}",
        str(row["sql"]),
        ", ".join(row["goal"]),
        _verdict(row),
    ]


def _verdict(row: Row) -> str:
    if row["faults"]:
        return "NO: " + ", ".join(f"{count} × {status}" for status, count in row["faults"].items())
    if row["missed"]:
        return "no: " + ", ".join(row["missed"])
    return "yes" if row["goal"] else ""


def inside_table(result: Row) -> Table:
    return INSIDE_HEAD, [_parts(row) for row in result["pages"]]


def _parts(row: Row) -> list[str]:
    parts = row["parts_ms"]
    whole = sum(parts.values()) or 1.0
    shares = " / ".join(f"{100 * parts[part] / whole:.0f}" for part in PARTS)
    return [row["name"], *(f"{parts[part]:.2f}" for part in PARTS), shares]


def heading(result: Row) -> str:
    hello = [f"{row['per_second']:.0f}/s at {row['cpu_ms']:.2f} ms" for row in result["hello"]]
    return (
        f"{DATABASES[result['database']]}, {result['data']}: {result['posts']:,} posts in "
        f"{result['topics']:,} topics; hello {', then '.join(hello)}"
    )


def facts(result: Row) -> Iterator[str]:
    """What stands under the table of one forum."""
    memory, start = result["memory_mib"], result["start_seconds"]
    yield (
        f"memory per worker: {memory['pss']:.0f} MiB PSS, {memory['rss']:.0f} MiB RSS "
        f"(goal ≤ {MEMORY_MIB:.0f}: {_yes(memory['pss'] <= MEMORY_MIB)})"
    )
    yield f"start to first answer: {start:.2f} s (goal ≤ {START_SECONDS}: {_yes(start <= START_SECONDS)})"
    yield (
        f"import: {result['posts']:,} posts in {result['import_seconds']:.0f} s, "
        f"{result['import_posts_per_second']:.0f} posts/s with the index "
        f"({result['refused']} lines refused)"
    )
    for row in result["pages"]:
        for fault in row["plans"]:
            yield f"plan of {row['name']}: {fault}"
    if not result["cache_can_be_switched"]:
        yield "There is no page cache in this version: “cached” pages are asked for as they are."


def _yes(is_met: bool) -> str:
    return "yes" if is_met else "no"


def as_text(table: Table) -> str:
    head, rows = table
    lines = [list(head), *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(_aligned(line, widths) for line in lines)


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Names and words to the left, figures to the right."""
    parts = [
        cell.rjust(width) if 0 < column < 8 else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(parts).rstrip()


def as_markdown(table: Table) -> str:
    head, rows = table
    ruler = ["---", *("---:" for _ in head[1:])]
    return "\n".join("| " + " | ".join(line) + " |" for line in [list(head), ruler, *rows])


def circumstances(found: Row) -> str:
    seconds = found["seconds"]
    return (
        f"{found['measured_at']}, Python {found['python']}, {found['processors']} processors, load "
        f"{found['load_before']:.1f} before; imports {seconds['imports']:.2f} s, "
        f"create_app {seconds['create_app']:.2f} s"
    )


def sections(result: Row, shown: Callable[[Table], str]) -> Iterator[str]:
    """Everything about one forum, paragraph by paragraph."""
    yield heading(result)
    yield shown(page_table(result))
    yield "\n".join(f"- {fact}" for fact in facts(result))
    yield "Where the time goes (in one process, with a watch on its parts):"
    yield shown(inside_table(result))


def document(found: Row) -> str:
    """The whole run as Markdown."""
    parts = ["# What pages cost", circumstances(found)]
    for result in found["forums"]:
        title, *rest = sections(result, as_markdown)
        parts += [f"## {title}", *rest]
    return "\n\n".join(parts) + "\n"
