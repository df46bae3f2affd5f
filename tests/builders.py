"""Compiled routes, shared by all apps of a test process: compiling them costs more than most tests."""

from __future__ import annotations

from typing import Any

from werkzeug.routing import Rule

_COMPILED: dict[object, dict[str, Any]] = {}
#: What compiling leaves in a rule; converters of ours look at nothing of the app that they came from.
_LEFT = ("_parts", "_trace", "_converters", "arguments")
_BUILDERS = ("_build", "_build_unknown")
_compile = Rule.compile


def _remembered(rule: Rule) -> None:
    """Equal rules of two apps share everything but themselves, to which builders are bound."""
    defaults: dict[str, Any] = rule.defaults or {}
    key = (rule.rule, rule.subdomain, rule.merge_slashes, tuple(sorted(defaults.items())))
    if key not in _COMPILED:
        _compile(rule)
        left = {name: getattr(rule, name) for name in _LEFT}
        _COMPILED[key] = left | {name: getattr(rule, name).__func__ for name in _BUILDERS}
        return
    for name, value in _COMPILED[key].items():
        setattr(rule, name, value.__get__(rule) if name in _BUILDERS else value)


def share() -> None:
    """From now on, in this process."""
    Rule.compile = _remembered  # type: ignore[method-assign]
