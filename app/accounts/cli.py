"""The operator makes accounts, the first administrator among them, and tokens for programs."""

from __future__ import annotations

import secrets
import sys
import unicodedata

import click
from flask.cli import with_appcontext

from app.accounts import actions, queries
from app.accounts.addresses import address_key, read_address
from app.accounts.models import LABEL_LENGTH, ROLES, SCOPES, Account
from app.accounts.passwords import password_verdict
from app.core.db import transaction
from app.core.errors import AppError
from app.core.forms import one_line
from app.core.hashing import hash_password
from app.core.mail import link
from app.core.settings import load_settings

MAX_DAYS = 365  # of a token
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
                name=name,
                email=address,
                password_hash=password_hash,
                role=role,
                locale=load_settings().default_language,
            )
    except AppError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"The account “{account.name}” is ready ({role}).", err=True)
    if role == "admin":
        click.echo(f"What is left to set up stands at {link('administration.overview')}", err=True)
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


@click.command("create-token")
@click.argument("email")
@click.option("--scope", type=click.Choice(SCOPES), required=True, help="What it may do at most.")
@click.option("--label", default="", help="What it is for; its owner reads this.")
@click.option(
    "--days",
    type=click.IntRange(1, MAX_DAYS),
    default=MAX_DAYS,
    show_default=True,
    help="Good for.",
)
@with_appcontext
def create_token(email: str, scope: str, label: str, days: int) -> None:
    """Make a token with which a program acts for this account, and print it. It is shown only now.

    Its owner can revoke it in the settings. It ends when the account is suspended.
    """
    account = _active_account(email)
    label = one_line(label)[:LABEL_LENGTH]
    with transaction():
        secret = actions.make_api_token(account, scope=scope, label=label, days=days)
    click.echo(secret)


def _active_account(email: str) -> Account:
    account = queries.account_by_address(address_key(email.strip()))
    if account is None:
        raise click.ClickException(f"There is no account with the address “{email}”.")
    if account.state != "active":
        raise click.ClickException(
            f"The account “{account.name}” is {account.state}; only an active one can have a token."
        )
    return account
