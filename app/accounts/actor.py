"""Who is acting or looking: a frozen snapshot, loaded once per request."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.accounts.models import TEAM

PUBLIC, MEMBERS, SUPERUSERS, STAFF = range(4)
AUDIENCES = {"public": PUBLIC, "members": MEMBERS, "superusers": SUPERUSERS, "staff": STAFF}

_SEES = {
    "guest": PUBLIC,
    "customer": MEMBERS,
    "superuser": SUPERUSERS,
    "agent": STAFF,
    "moderator": STAFF,
    "admin": STAFF,
}
#: What each scope of a token includes.
_MAY = {
    "read": {"read"},
    "write": {"read", "write"},
    "moderate": {"read", "write", "moderate"},
    "import": {"read", "write", "import"},
}


@dataclass(frozen=True)
class Actor:
    """A person and what they may. `state` is the account's; only "active" may write."""

    id: int | None = None
    name: str = ""
    role: str = "guest"
    state: str = "active"
    rank: str | None = None
    grants: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    locale: str | None = None
    unread_count: int = 0
    #: The version of the netiquette that they have to accept before they write again.
    consent_due: int | None = None
    #: Joined a few days ago, and nobody vouched for them.
    is_newcomer: bool = False
    session_hash: str | None = field(default=None, repr=False)
    #: What the program may do that acts for this person; None for the person.
    token_scope: str | None = None

    @property
    def audience(self) -> int:
        """The highest step of the ladder public < members < superusers < staff that they may read."""
        return _SEES[self.role] if self.state == "active" else PUBLIC

    @property
    def account_id(self) -> int:
        """The id, for actions that only members reach; raises ValueError for a guest."""
        if self.id is None:
            raise ValueError("A guest has no account.")
        return self.id

    @property
    def is_staff(self) -> bool:
        return self.role in TEAM and self.is_active

    @property
    def standing(self) -> str:
        """How well we know them, for how much they may use up (core.web.limits.STANDINGS)."""
        if self.is_anonymous:
            return "guest"
        if self.is_staff:
            return "staff"
        if self.rank is not None or self.role == "superuser":
            return "helper"
        return "newcomer" if self.is_newcomer else "member"

    @property
    def is_authenticated(self) -> bool:
        return self.id is not None

    @property
    def is_active(self) -> bool:
        return self.state == "active"

    @property
    def is_anonymous(self) -> bool:
        return self.id is None

    def has_scope(self, scope: str) -> bool:
        """A person has them all; what they may do is for the rules to say."""
        return self.token_scope is None or scope in _MAY[self.token_scope]

    def get_id(self) -> str:
        return str(self.id)


GUEST = Actor()
