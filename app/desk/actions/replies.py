"""Canned replies: writing, changing, ordering, archiving. Moderators and admins only."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy.exc import IntegrityError

from app.accounts.actor import Actor
from app.core import clock
from app.core.db import db
from app.core.errors import N_, Refused
from app.core.events import record
from app.core.rules import require
from app.core.seen import require_seen
from app.desk import queries, rules
from app.desk.events import ReplyArchived, ReplyChanged, ReplyRestored, ReplyWritten
from app.desk.models import CannedReply

TAKEN = N_(
    "There is already a canned reply with this title for the same form of address. "
    "Please choose another one."
)


@dataclass(frozen=True, kw_only=True)
class ReplyWords:
    """What a canned reply says, for whom: `address` is sie, du or both."""

    title: str
    text: str
    situation: str = ""
    language: str = "de"
    address: str = "both"


def write_reply(actor: Actor, words: ReplyWords) -> CannedReply:
    """Put a new one at the end; the same words again change nothing.

    Raises Refused at "title" where another one has this title, language and address.
    """
    require(rules.can_change_replies(actor))
    before = queries.reply_titled(words.language, words.address, words.title)
    if before is not None:
        if words_of(before) != words:
            raise Refused(TAKEN, field="title")
        return before
    reply = CannedReply(
        **asdict(words),
        position=queries.last_position() + 1,
        changed_by=actor.account_id,
        changed_at=clock.now(),
    )
    db.session.add(reply)
    _flush()
    record(ReplyWritten(reply_id=reply.id, actor_id=actor.account_id))
    return reply


def change_reply(
    actor: Actor, reply_id: int, words: ReplyWords, *, seen: str | None = None
) -> CannedReply:
    """The same words again change nothing; an archived one can be changed too.

    Raises Overtaken where `seen` is not the digest of what it said before.
    """
    require(rules.can_change_replies(actor))
    reply = queries.reply_or_404(reply_id)
    if words_of(reply) == words:
        return reply
    require_seen(asdict(words_of(reply)), seen)
    if reply.archived_at is None:
        _require_free(reply, words)
    for name, value in asdict(words).items():
        setattr(reply, name, value)
    _sign(reply, actor)
    record(ReplyChanged(reply_id=reply.id, actor_id=actor.account_id))
    return reply


def move_reply(actor: Actor, reply_id: int, *, up: bool) -> None:
    """Change places with the one before or after it; nothing happens at either end."""
    require(rules.can_change_replies(actor))
    reply = queries.reply_or_404(reply_id)
    other = queries.neighbour_of(reply, up=up)
    if other is not None:
        reply.position, other.position = other.position, reply.position
        db.session.flush()
        record(ReplyChanged(reply_id=reply.id, actor_id=actor.account_id))


def archive_reply(actor: Actor, reply_id: int) -> None:
    """Nobody is offered it any more; it can come back."""
    require(rules.can_change_replies(actor))
    reply = queries.reply_or_404(reply_id)
    if reply.archived_at is None:
        reply.archived_by, reply.archived_at = actor.account_id, clock.now()
        db.session.flush()
        record(ReplyArchived(reply_id=reply.id, actor_id=actor.account_id))


def restore_reply(actor: Actor, reply_id: int) -> None:
    """Raises Refused where another one has taken its title meanwhile."""
    require(rules.can_change_replies(actor))
    reply = queries.reply_or_404(reply_id)
    if reply.archived_at is not None:
        _require_free(reply, words_of(reply))
        reply.archived_by, reply.archived_at = None, None
        _flush()
        record(ReplyRestored(reply_id=reply.id, actor_id=actor.account_id))


def _require_free(reply: CannedReply, words: ReplyWords) -> None:
    other = queries.reply_titled(words.language, words.address, words.title)
    if other is not None and other.id != reply.id:
        raise Refused(TAKEN, field="title")


def _sign(reply: CannedReply, actor: Actor) -> None:
    reply.changed_by, reply.changed_at = actor.account_id, clock.now()
    _flush()


def _flush() -> None:
    """The constraint has the last word: two people may take a title at the same moment."""
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Refused(TAKEN, field="title") from error


def words_of(reply: CannedReply) -> ReplyWords:
    return ReplyWords(
        title=reply.title,
        text=reply.text,
        situation=reply.situation,
        language=reply.language,
        address=reply.address,
    )
