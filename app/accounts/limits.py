"""How often one may try to sign in, register, ask for mails and change the own account.

Amounts per account are those of an ordinary member: core.web.limits.STANDINGS has the others.
"""

from __future__ import annotations

from app.core.web.limits import HOUR, MINUTE, Budget, Limits

SIGN_IN_ACCOUNT = Budget("sign-in-account", 10, 15 * MINUTE)
SIGN_IN_DEVICE = Budget("sign-in-device", 10, 15 * MINUTE)
SIGN_IN_NETWORK = Budget("sign-in-network", 50, 15 * MINUTE)
SIGN_IN_ALL = Budget("sign-in-all", 600, MINUTE)
REGISTER_NETWORK = Budget("register-network", 30, HOUR)
LINKS_NETWORK = Budget("links-network", 30, HOUR)
LINKS_ADDRESS = Budget("links-address", 6, HOUR)
LINKS_ALL = Budget("links-all", 2_000, HOUR)

#: No total here: a browser that is known signs in even while the forum is flooded.
SIGNING_IN = Limits(
    "signing-in",
    network=(200, 15 * MINUTE),
    inside=(SIGN_IN_ACCOUNT, SIGN_IN_DEVICE, SIGN_IN_NETWORK, SIGN_IN_ALL),
)
REGISTERING = Limits(
    "registering",
    network=(120, HOUR),
    total=(10_000, HOUR),
    inside=(REGISTER_NETWORK, LINKS_ADDRESS, LINKS_ALL),
)
ASKING_FOR_LINKS = Limits(
    "asking-for-links",
    network=(120, HOUR),
    total=(10_000, HOUR),
    inside=(LINKS_NETWORK, LINKS_ADDRESS, LINKS_ALL),
)
OPENING_LINKS = Limits("opening-links", network=(60, HOUR), total=(5_000, HOUR))
CHANGING_PASSWORDS = Limits(
    "changing-passwords",
    account=(30, HOUR),
    network=(120, HOUR),
    total=(3_000, HOUR),
    inside=(SIGN_IN_ACCOUNT, SIGN_IN_NETWORK, SIGN_IN_ALL),
)
#: Settings, sign-ins, language: cheap, so that nobody is ever kept from signing out.
OWN_ACCOUNT = Limits(
    "own-account",
    account=(60, 10 * MINUTE),
    network=(600, 10 * MINUTE),
    total=(20_000, 10 * MINUTE),
)
