"""Compiled URL builders, shared by all apps of a test process: compiling costs most of `create_app`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]
BUILDERS: dict[tuple[object, ...], Builder] = {}
compile_builder: Callable[[Rule, bool], Builder] = Rule._compile_builder


def share_builders() -> None:
    """Rules of the same text, defaults and converters build the same URLs, whatever app they are in.

    Reaches into werkzeug: where it changes, tests are slower or fail at once; the app is not touched.
    """
    Rule._compile_builder = _shared_builder  # type: ignore[method-assign]


def _shared_builder(rule: Rule, append_unknown: bool = True) -> Builder:
    key = _key(rule, append_unknown)
    if key not in BUILDERS:
        BUILDERS[key] = compile_builder(rule, append_unknown)
    return BUILDERS[key]


def _key(rule: Rule, append_unknown: bool) -> tuple[Any, ...]:
    converters = sorted((name, type(c)) for name, c in rule._converters.items())
    given = (rule.rule, repr(rule.defaults), rule.subdomain, rule.host, append_unknown)
    return (*given, *rule._trace, *converters)
