"""`flask limits`: how much of what anybody may use up, asked from the routes themselves."""

from __future__ import annotations

from collections.abc import Iterator

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.core.web.limits import DAY, HOUR, MINUTE, STANDINGS, Limits, limits_of
from app.core.web.limits.budgets import Amount, Budget

UNITS = ((DAY, "d"), (HOUR, "h"), (MINUTE, "min"), (1, "s"))


@click.command("limits")
@with_appcontext
def limits() -> None:
    """Print what each route may use up, and by whom."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    factors = ", ".join(f"{name} × {factor:g}" for name, factor in STANDINGS.items())
    click.echo(f"Per account, by standing: {factors}.\n")
    for route, lines in table(app).items():
        click.echo(route)
        for line in lines:
            click.echo(f"    {line}")


def table(app: Flask) -> dict[str, list[str]]:
    """Route → its budgets as lines, in the order in which they are asked."""
    found: dict[str, list[str]] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
        declared = limits_of(app, rule.endpoint)
        if declared is not None:
            found[rule.endpoint] = [
                line for one in (declared, *declared.inside) for line in _lines(one)
            ]
    return found


def _lines(one: Limits | Budget) -> Iterator[str]:
    if isinstance(one, Budget):
        yield f"{one.name}: {_amount((one.amount, one.seconds))}"
        return
    for scope, amount in (
        ("account", one.account),
        ("network", one.network),
        ("guests or members in all", one.total),
    ):
        if amount is not None:
            yield f"{one.name}, {scope}: {_amount(amount)}"


def _amount(amount: Amount) -> str:
    tries, seconds = amount
    unit, name = next((unit, name) for unit, name in UNITS if seconds % unit == 0)
    return f"{tries:,} in {seconds // unit} {name}"
