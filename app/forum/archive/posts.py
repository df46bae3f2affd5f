"""One post of a line, checked by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.accounts.models import NAME_LENGTH
from app.forum.archive.checked import CheckedPost
from app.forum.archive.columns import post_fields, usual_kind
from app.forum.archive.fields import Fields
from app.forum.archive.refusal import Refusal, shown, type_name
from app.forum.models import POST_KINDS, SOURCE_LENGTH

MAX_LIKES = 1_000_000
ACTION_LENGTH = 100


class Draft(NamedTuple):
    """A post whose place in the thread is not known yet; `data` is the line's own object."""

    post: CheckedPost
    reply_to: str | None
    data: Mapping[str, Any]


def check_post(data: Any, *, is_first: bool) -> Draft:
    """Raises Refusal, with the post's id where it has a sound one."""
    if not isinstance(data, dict):
        raise Refusal(f"A post must be an object, not {type_name(data)}.")
    fields = Fields(data)
    fields.id("post_id")
    try:
        return _draft(fields, is_first)
    except Refusal as refusal:
        raise refusal.within(post_id=data["post_id"]) from refusal.__cause__


def _draft(fields: Fields, is_first: bool) -> Draft:
    format_, text = _text(fields)
    fields.flag("staff")
    post = CheckedPost(
        given_id=fields.data["post_id"],
        source_id=fields.id("post_id"),
        author=fields.text("author", limit=NAME_LENGTH),
        author_name=fields.line("author", limit=NAME_LENGTH),
        kind=_kind(fields, text, is_first),
        state="hidden" if fields.flag("hidden") else "visible",
        format=format_,
        text=text,
        created_at=fields.moment("created_at"),
        edited_at=fields.optional_moment(_edited_field(fields)),
        score=fields.number("likes", low=-MAX_LIKES, high=MAX_LIKES),
        parent=None,
        imported={},
    )
    return Draft(post, fields.id_or_none("reply_to"), fields.data)


def _text(fields: Fields) -> tuple[str, str]:
    """Markdown wins where a post has both."""
    for format_ in ("markdown", "html"):
        if fields.data.get(format_) is not None:
            return format_, fields.text(format_, limit=SOURCE_LENGTH)
    raise Refusal("The post has neither “markdown” nor “html”.")


def _kind(fields: Fields, text: str, is_first: bool) -> str:
    """A kind that we do not know is kept, but says nothing."""
    action = fields.optional_text("action", limit=ACTION_LENGTH)
    kind = fields.data.get("kind")
    if not is_first and isinstance(kind, str) and kind in POST_KINDS and kind != "question":
        return kind
    return usual_kind(is_first=is_first, action=action, text=text)


def _edited_field(fields: Fields) -> str:
    """Both names are in use; `edited_at` wins."""
    return "updated_at" if fields.data.get("edited_at") is None else "edited_at"


def columns_of(draft: Draft, post: CheckedPost, parent: Any, *, is_first: bool) -> dict[str, Any]:
    """What the columns will give back of this post; `parent` is the id that it answers, as given.

    Where a line has both names for the last edit, the column alone cannot tell which is which.
    """
    data = draft.data
    edited_only = data.get("edited_at") is not None and data.get("updated_at") is None
    return post_fields(
        post_id=post.source_id,
        author=post.author,
        created_at=post.created_at,
        reply_to=parent,
        likes=post.score,
        format=post.format,
        text=post.text,
        edited_at=post.edited_at if edited_only else None,
        state=post.state,
        kind=post.kind,
        usual_kind=usual_kind(is_first=is_first, action=data.get("action"), text=post.text),
    )


def describe_left_out(names: list[str]) -> str:
    """A sentence naming the fields that were not kept."""
    return f"Not kept, because too large or not storable: {shown(', '.join(names))}."
