"""E-mail addresses: one strict reading for every form and command, without asking any DNS."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

from app.core.errors import N_, Refused


def read_address(typed: str) -> str:
    """The address in the form that mail servers take; raises Refused at the field `email`.

    No quoted or non-ASCII local part, no address literal, no display name: each of them has opened
    doors elsewhere and hardly anybody has one. International domains become their xn-- form.
    `.test` is taken because nothing can be delivered there anyway.
    """
    try:
        found = validate_email(
            typed.strip(), check_deliverability=False, allow_smtputf8=False, test_environment=True
        )
    except EmailNotValidError as error:
        raise Refused(
            N_("This is not a complete e-mail address. It looks like name@example.org."),
            field="email",
        ) from error
    return found.ascii_email or found.normalized


def address_key(address: str) -> str:
    """Equal for addresses that reach the same mailbox as far as anybody outside can tell."""
    return address.casefold()
