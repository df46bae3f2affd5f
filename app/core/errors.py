"""The errors that people meet: a status and a sentence each; core.web.error_pages shows them."""

from __future__ import annotations

from typing import Any


def N_(message: str) -> str:  # noqa: N802 — gettext's own name for "translate later"
    """Mark a message id for the catalogue without translating it here."""
    return message


class AppError(Exception):
    """Something that a person can be told; `message` is a message id with %(name)s places."""

    status = 500
    title = N_("That did not work")

    def __init__(self, message: str, **values: Any) -> None:
        super().__init__(message % values if values else message)
        self.message = message
        self.values = values


class BadRequest(AppError):
    status = 400
    title = N_("This request could not be read")


class Forbidden(AppError):
    status = 403
    title = N_("This is not possible")


class NotFound(AppError):
    status = 404
    title = N_("This page does not exist")

    def __init__(
        self,
        message: str = N_("There is nothing at this address, or it is not public."),
        **values: Any,
    ) -> None:
        super().__init__(message, **values)


class Gone(AppError):
    status = 410
    title = N_("This link is no longer valid")


class Conflict(AppError):
    status = 409
    title = N_("Somebody was faster")


class Refused(AppError):
    """Input that cannot be taken. `field` names the form field that should show the sentence."""

    status = 422
    title = N_("Please check what you entered")

    def __init__(self, message: str, *, field: str | None = None, **values: Any) -> None:
        super().__init__(message, **values)
        self.field = field


class TooMany(AppError):
    status = 429
    title = N_("That was a little too fast")


class Unavailable(AppError):
    status = 503
    title = N_("This is not available right now")
