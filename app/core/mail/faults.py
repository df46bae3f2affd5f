"""What went wrong with a mail server, as one word and as the server said it."""

from __future__ import annotations

import smtplib
import ssl

from app.core.mail.letter import one_line
from app.core.mail.smtp import MailServer, Undeliverable, UnknownHost

ANSWER_LENGTH = 500
SIGN_IN_FIRST = 530  # SMTP: authentication required

#: The first kind of error that fits; smtplib's are all OSErrors too, so they stand above those.
_KINDS: tuple[tuple[type[BaseException], str], ...] = (
    (UnknownHost, "unknown_host"),
    (ConnectionRefusedError, "refused"),
    (ssl.SSLCertVerificationError, "certificate"),
    (ssl.SSLError, "tls"),
    (TimeoutError, "timeout"),
    (Undeliverable, "recipient"),
    (smtplib.SMTPAuthenticationError, "authentication"),
    (smtplib.SMTPNotSupportedError, "not_offered"),
    (smtplib.SMTPServerDisconnected, "hung_up"),
    (smtplib.SMTPSenderRefused, "sender"),
    (smtplib.SMTPResponseException, "later"),
    (ConnectionError, "hung_up"),
    (smtplib.SMTPException, "other"),
    (OSError, "unreachable"),
)


def fault_of(error: Exception) -> str:
    """The kind of fault, for advice; "other" for what has no advice of its own."""
    if isinstance(error, smtplib.SMTPSenderRefused) and error.smtp_code == SIGN_IN_FIRST:
        return "authentication"
    return next((fault for kind, fault in _KINDS if isinstance(error, kind)), "other")


def answer_of(error: Exception, url: str | None) -> str:
    """The server's own words on one line, without our password should it repeat that."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        text = f"{error.smtp_code} {text}"
    else:
        text = str(error) or type(error).__name__
    password = MailServer.from_url(url).password if url else None
    if password:
        text = text.replace(password, "•••")
    return one_line(text, ANSWER_LENGTH)
