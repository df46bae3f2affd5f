"""URL builders, shared by all apps of a test process: compiling them costs more than most tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

_BUILDERS: dict[object, Callable[..., tuple[str, str]]] = {}
_compile = Rule._compile_builder


def _remembered(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    """Werkzeug binds what is returned to the rule, so equal rules of two apps can share it."""
    defaults: dict[str, Any] = rule.defaults or {}
    key = (tuple(rule._trace), tuple(sorted(defaults.items())), append_unknown)
    if key not in _BUILDERS:
        _BUILDERS[key] = _compile(rule, append_unknown)
    return _BUILDERS[key]


def share() -> None:
    """From now on, in this process."""
    Rule._compile_builder = _remembered  # type: ignore[method-assign]
