"""A table never refers to one of a higher package or of a neighbour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table

from app.core.db import Base
from tests.house.test_imports import LEVELS
from tests.house.tree import package_of


def check(tables: Iterable[Table], packages: Mapping[str, str]) -> list[str]:
    """`packages` says to which package each table belongs."""
    faults: list[str] = []
    for table in tables:
        here = packages[table.name]
        for key in table.foreign_keys:
            there = packages[key.column.table.name]
            if here != there and LEVELS[there] >= LEVELS[here]:
                target = key.column.table.name
                faults.append(f"{table.name} ({here}) refers to {target} ({there})")
    return sorted(faults)


def _packages() -> dict[str, str]:
    mappers = Base.registry.mappers
    return {m.local_table.name: package_of(m.class_.__module__) for m in mappers}  # type: ignore[union-attr]


def test_foreign_keys_point_downward():
    tables = Base.metadata.tables
    assert set(_packages()) == set(tables), "every table has a model"
    assert check(tables.values(), _packages()) == []


def test_every_table_belongs_to_a_package():
    assert "" not in _packages().values()


@pytest.mark.parametrize(
    ("child", "parent", "fault"),
    [
        ("core", "forum", ["child (core) refers to parent (forum)"]),
        ("knowledge", "moderation", ["child (knowledge) refers to parent (moderation)"]),
        ("desk", "forum", []),
    ],
)
def test_planted_foreign_keys_are_reported(child, parent, fault):
    metadata = MetaData()
    Table("parent", metadata, Column("id", Integer, primary_key=True))
    Table("child", metadata, Column("parent_id", ForeignKey("parent.id")))
    assert check(metadata.tables.values(), {"parent": parent, "child": child}) == fault
