"""How often sign-in, registration and mails may be asked for, and how to recognise the owner.

An attacker may use up the budget of an account. The owner still gets in: a browser that signed in
before carries a device mark for that account and has a budget of its own.
"""

from __future__ import annotations

import secrets

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from app.accounts.addresses import address_key
from app.accounts.limits import (
    LINKS_ADDRESS,
    LINKS_ALL,
    LINKS_NETWORK,
    REGISTER_NETWORK,
    SIGN_IN_ACCOUNT,
    SIGN_IN_ALL,
    SIGN_IN_DEVICE,
    SIGN_IN_NETWORK,
)
from app.accounts.session import is_https
from app.core.web.limits import (
    DAY,
    client_network,
    give_back,
    require_left,
    spend,
    try_spend,
)

DEVICE_DAYS = 180
_NO_ACCOUNT = 0


class SignInTry:
    """One attempt to sign in: counted before the password is compared, forgiven when it was right.

    Keys are what was typed, so that an address without an account answers in the same way.
    """

    def __init__(self, email: str, account_id: int | None) -> None:
        self.account_key = address_key(email)
        self.device = device_of(account_id or _NO_ACCOUNT)

    def begin(self) -> None:
        """Raises TooMany."""
        if self.device is not None:
            spend(SIGN_IN_DEVICE, self.device)
        else:
            require_left(SIGN_IN_NETWORK, client_network())
            spend(SIGN_IN_ACCOUNT, self.account_key)
            spend(SIGN_IN_ALL)

    def failed(self) -> None:
        if self.device is None:
            try_spend(SIGN_IN_NETWORK, client_network())

    def succeeded(self) -> None:
        if self.device is not None:
            give_back(SIGN_IN_DEVICE, self.device)
        else:
            give_back(SIGN_IN_ACCOUNT, self.account_key)


def spend_registration(email: str) -> None:
    spend(REGISTER_NETWORK, client_network())
    spend(LINKS_ADDRESS, address_key(email))
    spend(LINKS_ALL)


def spend_link(email: str) -> None:
    spend(LINKS_NETWORK, client_network())
    spend(LINKS_ADDRESS, address_key(email))
    spend(LINKS_ALL)


def may_send_link(email: str) -> bool:
    """Like spend_link, for mails that nobody asked for explicitly."""
    return try_spend(LINKS_ADDRESS, address_key(email)) and try_spend(LINKS_ALL)


def device_of(account_id: int) -> str | None:
    """The mark of this browser, if it has signed in to this account before."""
    try:
        known, mark = _serializer().loads(
            request.cookies.get(_device_cookie(), ""), max_age=DEVICE_DAYS * DAY
        )
    except (BadSignature, ValueError, TypeError):
        return None
    return str(mark) if known == account_id else None


def mark_device(response: Response, account_id: int) -> None:
    """Sent at sign-in only, and only to the sign-in pages; it opens nothing by itself."""
    mark = device_of(account_id) or secrets.token_urlsafe(16)
    response.set_cookie(
        _device_cookie(),
        str(_serializer().dumps([account_id, mark])),
        max_age=DEVICE_DAYS * DAY,
        path="/account",
        secure=is_https(),
        httponly=True,
        samesite="Lax",
    )


def _device_cookie() -> str:
    return "__Secure-device" if is_https() else "device"


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="device")
