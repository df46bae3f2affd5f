"""How a database means to answer: statements that read or sort more than they show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

MANY_ROWS = 1_000  # a table or a sort below this costs nothing that anybody feels
_ALIAS = re.compile(r"_\d+$")
_SCAN = re.compile(r"^SCAN (\S+)(?! USING)$")
_LOOP = re.compile(r"^(?:SCAN|SEARCH) (\S+)")


def faults(connection: Connection, statements: Mapping[str, Any]) -> list[str]:
    """One line for each scan of a large table and each sort of many rows, in plain SELECTs."""
    look = _of_sqlite if connection.dialect.name == "sqlite" else _of_postgresql
    found: dict[str, None] = {}
    for statement, parameters in statements.items():
        if statement.startswith(("SELECT", "WITH")):
            found.update(dict.fromkeys(look(connection, statement, parameters)))
    return list(found)


def _of_sqlite(connection: Connection, statement: str, parameters: Any) -> Iterator[str]:
    """Its plan says nothing about amounts: what is sorted is counted by the table that is read."""
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    first = ""
    for *_numbers, detail in plan:
        loop = _LOOP.match(detail)
        first = first or (loop[1] if loop else "")
        scan = _SCAN.match(detail)
        if scan and _rows(connection, scan[1]) > MANY_ROWS:
            yield f"reads all of {_table(scan[1])}"
        elif detail.startswith("USE TEMP B-TREE FOR") and first:
            amount = _answers(connection, statement, parameters)
            if amount > MANY_ROWS:
                yield f"{detail.removeprefix('USE TEMP B-TREE FOR ').lower()} of {amount:,} rows of {_table(first)}"


def _answers(connection: Connection, statement: str, parameters: Any) -> int:
    """Rows before LIMIT: as many as are sorted."""
    whole = re.sub(r"\s+LIMIT \S+ OFFSET \S+\s*$", "", statement)
    removed = statement.count("?") - whole.count("?")
    given = tuple(parameters)[: len(parameters) - removed] if removed else parameters
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM ({whole})", given).scalar_one())


def _table(name: str) -> str:
    return _ALIAS.sub("", name)


def _rows(connection: Connection, name: str) -> int:
    known = connection.exec_driver_sql(
        "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?", (_table(name),)
    ).scalar_one()
    if not known:  # a subquery
        return 0
    return int(connection.exec_driver_sql(f'SELECT count(*) FROM "{_table(name)}"').scalar_one())


def _of_postgresql(connection: Connection, statement: str, parameters: Any) -> Iterator[str]:
    plan = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters)
    yield from _walk(connection, plan.scalar_one()[0]["Plan"])


def _walk(connection: Connection, node: Mapping[str, Any]) -> Iterator[str]:
    below = node.get("Plans", ())
    if node["Node Type"] == "Seq Scan":
        read = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
        if read > MANY_ROWS:
            yield f"reads {read:,.0f} rows of {node['Relation Name']}"
    elif node.get("Rows Removed by Filter", 0) * node["Actual Loops"] > MANY_ROWS:
        yield f"looks at {node['Rows Removed by Filter'] * node['Actual Loops']:,.0f} rows in vain"
    if node["Node Type"] in ("Sort", "Incremental Sort"):
        sorted_rows = below[0]["Actual Rows"] * below[0]["Actual Loops"]
        if sorted_rows > MANY_ROWS:
            yield f"sorts {sorted_rows:,.0f} rows by {', '.join(node['Sort Key'])}"
    for part in below:
        yield from _walk(connection, part)
