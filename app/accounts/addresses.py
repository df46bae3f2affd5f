"""E-mail addresses: one strict reading for every form and command, without asking any DNS."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

from app.accounts.models import EMAIL_LENGTH
from app.core.errors import N_, Refused


def read_address(typed: str) -> str:
    """The address in the form that mail servers take; raises Refused at the field `email`.

    No quoted or non-ASCII local part, no address literal, no display name: each of them has opened
    doors elsewhere and hardly anybody has one. International domains become their xn-- form.
    `.test` is taken because nothing can be delivered there anyway.
    """
    address = typed.strip()
    if len(address) > EMAIL_LENGTH:  # the library takes seconds for what a request may carry
        raise _no_address()
    try:
        found = validate_email(
            address, check_deliverability=False, allow_smtputf8=False, test_environment=True
        )
    except EmailNotValidError as error:
        raise _no_address() from error
    return found.ascii_email or found.normalized


def _no_address() -> Refused:
    return Refused(
        N_("This is not a complete e-mail address. A complete one looks like name@example.org."),
        field="email",
    )


def address_key(address: str) -> str:
    """Equal for addresses that reach the same mailbox as far as anybody outside can tell."""
    return address.casefold()
