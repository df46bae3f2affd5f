"""`flask create-account`: the operator makes accounts, the first administrator among them."""

from __future__ import annotations

import secrets
import sys
import unicodedata

import click
from flask.cli import with_appcontext

from app.accounts import actions
from app.accounts.addresses import read_address
from app.accounts.models import ROLES
from app.accounts.rules import password_verdict
from app.core.db import transaction
from app.core.errors import AppError
from app.core.hashing import hash_password
from app.core.locale import DEFAULT
from app.core.settings import load_settings

RANDOM_BYTES = 15  # 20 characters to type


@click.command("create-account")
@click.argument("name")
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), default="customer", show_default=True)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@with_appcontext
def create_account(name: str, email: str, role: str, password_stdin: bool) -> None:
    """Make a confirmed account; prints a random password once unless one is given."""
    password = _read_password() if password_stdin else secrets.token_urlsafe(RANDOM_BYTES)
    try:
        address = read_address(email)
        name = unicodedata.normalize("NFC", name.strip())
        _check(password, known=(name, address, load_settings().name))
        password_hash = hash_password(password)
        with transaction():
            account = actions.create_account(
                name=name, email=address, password_hash=password_hash, role=role, locale=DEFAULT
            )
    except AppError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"The account “{account.name}” is ready ({role}).", err=True)
    if not password_stdin:
        click.echo(password)


def _read_password() -> str:
    """Only the line's end is taken off: spaces belong to a password."""
    typed = sys.stdin.buffer.readline()
    try:
        return unicodedata.normalize("NFC", typed.decode("utf-8").rstrip("\r\n"))
    except UnicodeDecodeError as error:
        raise click.ClickException("The password on standard input is not UTF-8.") from error


def _check(password: str, *, known: tuple[str, ...]) -> None:
    verdict = password_verdict(password, context=known)
    if not verdict:
        raise click.ClickException(verdict.message % verdict.values)
