"""What to do about a fault of mail."""

from __future__ import annotations

from app.core.errors import N_

#: What to do about a fault of mail (core/mail/faults.py).
MAIL_ADVICE = {
    "unknown_host": N_(
        "There is no host of this name. Please check MAIL_URL for typing errors, and whether this "
        "machine can look names up."
    ),
    "refused": N_(
        "Nothing listens at this port. smtp+starttls:// usually means port 587, smtps:// port 465; "
        "a firewall in between can refuse as well."
    ),
    "certificate": N_(
        "The certificate does not fit this name or has expired. Please use the name that "
        "stands in the certificate, or have it renewed."
    ),
    "tls": N_(
        "The server speaks another encryption at this port. smtps:// belongs to port 465, "
        "smtp+starttls:// to port 587."
    ),
    "timeout": N_(
        "The server did not answer in time. Mostly a firewall keeps the forum from going out, or "
        "the port expects encryption from the first moment (smtps://, port 465)."
    ),
    "hung_up": N_(
        "The server ended the connection. Often the port expects another encryption: try smtps:// "
        "with port 465 or smtp+starttls:// with port 587."
    ),
    "authentication": N_(
        "The server does not accept user and password. Please check both in MAIL_URL; special "
        "characters are written as percent codes there, @ as %40. Some providers want a password "
        "made for programs."
    ),
    "not_offered": N_(
        "The server does not offer what MAIL_URL asks of it. Without STARTTLS use smtps://; without "
        "sign-in leave user and password out."
    ),
    "sender": N_(
        "The server does not let the forum write under this sender. Please end MAIL_URL with "
        "?from= and an address that you may use there."
    ),
    "recipient": N_(
        "The server refuses e-mails to your address for good. Please check the address in "
        "your account, and whether the sender’s domain may send (SPF, DKIM)."
    ),
    "later": N_(
        "The server says “later”, as many do to strangers. The forum tries its e-mails again "
        "by itself; please test once more in ten minutes."
    ),
    "unreachable": N_(
        "This machine does not reach the server. Please check its network and whether it may go out."
    ),
    "no_address": N_("Your account has no confirmed address. Please sign in again and repeat it."),
    "other": N_("There is no advice for this answer; your mail provider knows what it means."),
}


def mail_advice(fault: str) -> str:
    """A message id."""
    return MAIL_ADVICE.get(fault, MAIL_ADVICE["other"])
