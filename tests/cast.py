"""The people, boards and topics of all tests, under fixed names; made when first asked for.

Everything here needs an app context and opens its own transaction(). Texts are rendered as in a
view. Use the actions to test actions; these makers also build states that no action leads to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from app.accounts.actions import make_api_token
from app.accounts.actor import GUEST, MEMBERS, PUBLIC, STAFF, SUPERUSERS, Actor
from app.accounts.models import Account, Grant, SignedInSession
from app.accounts.session import LIFETIME_DAYS, new_secret
from app.core import clock
from app.core.db import db, transaction
from app.core.text import PIPELINE_VERSION, render
from app.forum.models import Acceptance, Board, Closure, Post, Tag, Topic, TopicTag

PASSWORD = "Ein-sehr-langes-Kennwort-7"
NEWCOMER_DAYS = 0
SETTLED_DAYS = 400


@dataclass(frozen=True)
class Person:
    role: str = "customer"
    state: str = "active"
    days: int = SETTLED_DAYS
    about: str = ""


PEOPLE = {
    "Nele": Person(days=NEWCOMER_DAYS),
    "Karin": Person(about="Frage lieber einmal mehr."),
    "Tom": Person(about="Helfe gern beim Router."),
    "Uwe": Person(role="superuser"),
    "Sina": Person(role="superuser"),
    "Anna": Person(role="agent"),
    "Mo": Person(role="moderator"),
    "Ada": Person(role="admin"),
    "Bert": Person(state="suspended"),
}
#: Slug → (name, who may read, who may post).
BOARDS = {
    "internet": ("Internet", PUBLIC, MEMBERS),
    "mitglieder": ("Mitglieder", MEMBERS, MEMBERS),
    "lounge": ("Lounge", SUPERUSERS, SUPERUSERS),
    "team": ("Team", STAFF, STAFF),
}


def account(name: str) -> Account:
    """The account of one of PEOPLE, or of a further ordinary customer with that name."""
    known = db.session.execute(select(Account).filter_by(name=name)).scalar()
    return known or _new_account(name, PEOPLE.get(name, Person()))


def _new_account(name: str, person: Person) -> Account:
    since = clock.now() - timedelta(days=person.days)
    row = Account(
        name=name,
        name_key=name.casefold(),
        name_skeleton=f"skeleton:{name.casefold()}",
        email=f"{name.lower()}@example.org",
        email_key=f"{name.lower()}@example.org".casefold(),
        role=person.role,
        state=person.state,
        about=person.about,
        created_at=since,
        confirmed_at=since,
    )
    return _keep(row)


def actor(name: str) -> Actor:
    """The person as the rules see them; "guest" is nobody."""
    if name == "guest":
        return GUEST
    row = account(name)
    grants = db.session.execute(
        select(Grant.privilege, Grant.scope).filter_by(account_id=row.id)
    ).all()
    return Actor(
        id=row.id,
        name=row.name,
        role=row.role,
        state=row.state,
        grants=frozenset((g.privilege, g.scope) for g in grants),
        locale=row.locale,
    )


def grant(name: str, privilege: str, scope: str = "*") -> Grant:
    return _keep(
        Grant(account_id=account(name).id, privilege=privilege, scope=scope, granted_at=clock.now())
    )


def sign_in(name: str) -> str:
    """A new session row; returns the secret for the cookie."""
    secret, secret_hash = new_secret()
    moment = clock.now()
    _keep(
        SignedInSession(
            account_id=account(name).id,
            secret_hash=secret_hash,
            created_at=moment,
            seen_at=moment,
            expires_at=moment + timedelta(days=LIFETIME_DAYS),
        )
    )
    return secret


def token(name: str, scope: str = "write") -> str:
    """A new access token, good for a day."""
    person = account(name)
    with transaction():
        return make_api_token(person, scope=scope, label="Test", days=1)


def prefer(name: str, language: str) -> None:
    """The language that the person set in the account."""
    person = account(name)
    with transaction():
        person.locale = language


def board(slug: str = "internet") -> Board:
    """One of BOARDS, or a further public one."""
    known = db.session.execute(select(Board).filter_by(slug=slug)).scalar()
    name, audience, post_audience = BOARDS.get(slug, (slug.title(), PUBLIC, MEMBERS))
    return known or _keep(
        Board(
            slug=slug, name=name, audience=audience, post_audience=post_audience, description=name
        )
    )


def make_topic(
    title: str = "Wie starte ich den Router neu?",
    *,
    author: str = "Karin",
    board_slug: str = "internet",
    text: str = "Die Lampe blinkt rot.",
    state: str = "visible",
    tags: tuple[str, ...] = (),
    **columns: Any,
) -> Topic:
    """A topic in `state` with its first post, which stays visible: the topic's state covers it."""
    home = board(board_slug)
    moment = columns.pop("created_at", None) or clock.now()
    topic = Topic(
        board_id=home.id,
        audience=home.audience,
        author_id=account(author).id,
        title=title,
        state=state,
        created_at=moment,
        last_post_at=moment,
        last_author_id=account(author).id,
        **{"kind": "question", **columns},
    )
    _keep(topic)
    make_post(topic, author=author, text=text, kind="question", created_at=moment)
    for position, name in enumerate(tags):
        _keep(TopicTag(topic_id=topic.id, tag_id=_tag(name).id, position=position))
    return topic


def make_post(
    topic: Topic,
    *,
    author: str = "Tom",
    text: str = "Zehn Sekunden den Stecker ziehen.",
    kind: str = "answer",
    state: str = "visible",
    parent: Post | None = None,
    created_at: datetime | None = None,
) -> Post:
    """A post with the topic's counters moved as the actions move them."""
    moment = created_at or clock.now()
    author_id = account(author).id
    html = render(text)
    with transaction():
        db.session.refresh(topic)
        topic.posts_count += 1
        post = Post(
            topic_id=topic.id,
            author_id=author_id,
            parent_id=parent.id if parent else None,
            kind=kind,
            position=_next_position(topic),
            state=state,
            text=text,
            html=html,
            html_version=PIPELINE_VERSION,
            created_at=moment,
        )
        db.session.add(post)
        db.session.flush()
        if state == "visible":
            _count(topic, post)
    return post


def _next_position(topic: Topic) -> int:
    """Not the counter: an action may have recounted it without what is hidden."""
    last = select(func.max(Post.position)).where(Post.topic_id == topic.id)
    return int(db.session.execute(last).scalar() or 0) + 1


def _count(topic: Topic, post: Post) -> None:
    topic.last_post_id, topic.last_post_at = post.id, post.created_at
    topic.last_author_id = post.author_id
    topic.answers_count += post.kind == "answer"


def accept(post: Post, *, by: str = "Karin") -> Acceptance:
    """Mark a post as the solution of its topic."""
    by_id = account(by).id
    with transaction():
        topic = db.session.get_one(Topic, post.topic_id)
        topic.solved = True
        row = Acceptance(
            topic_id=topic.id, post_id=post.id, accepted_by=by_id, accepted_at=clock.now()
        )
        db.session.add(row)
    return row


def close(topic: Topic, *, by: str = "Mo", reason: str = "Erledigt.") -> Closure:
    by_id = account(by).id
    with transaction():
        db.session.refresh(topic)
        topic.closed = True
        row = Closure(topic_id=topic.id, closed_by=by_id, closed_at=clock.now(), reason=reason)
        db.session.add(row)
    return row


def _tag(name: str) -> Tag:
    known = db.session.execute(select(Tag).filter_by(name=name)).scalar()
    return known or _keep(Tag(name=name))


def _keep(row: Any) -> Any:
    with transaction():
        db.session.add(row)
    return row
