"""One post of a line, checked by itself."""

from __future__ import annotations

from typing import Any, NamedTuple

from app.accounts.models import NAME_LENGTH
from app.forum.archive.checked import CheckedPost
from app.forum.archive.fields import Fields
from app.forum.archive.kept import keep, same_time
from app.forum.archive.refusal import Refusal, shown, type_name
from app.forum.models import POST_KINDS, SOURCE_LENGTH

MAX_LIKES = 1_000_000
ACTION_LENGTH = 100


class Draft(NamedTuple):
    """A post whose place in the thread is not known yet."""

    post: CheckedPost
    reply_to: str | None
    given_reply: Any
    left_out: list[str]


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
    imported, left_out = keep(fields.data, _reproduced(fields, format_))
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
        imported=imported,
    )
    return Draft(
        post=post,
        reply_to=fields.id_or_none("reply_to"),
        given_reply=fields.data["reply_to"],
        left_out=left_out,
    )


def _text(fields: Fields) -> tuple[str, str]:
    """Markdown wins where a post has both."""
    for format_ in ("markdown", "html"):
        if fields.data.get(format_) is not None:
            return format_, fields.text(format_, limit=SOURCE_LENGTH)
    raise Refusal("The post has neither “markdown” nor “html”.")


def _kind(fields: Fields, text: str, is_first: bool) -> str:
    """The first post is the question. What the software wrote itself ("closed") is a note.

    A kind that we do not know is kept, but says nothing.
    """
    action = fields.optional_text("action", limit=ACTION_LENGTH)
    kind = fields.data.get("kind")
    if is_first:
        return "question"
    if isinstance(kind, str) and kind in POST_KINDS and kind != "question":
        return kind
    return "note" if action and not text.strip() else "answer"


def _edited_field(fields: Fields) -> str:
    """Both names are in use; `edited_at` wins."""
    return "updated_at" if fields.data.get("edited_at") is None else "edited_at"


def _reproduced(fields: Fields, format_: str) -> set[str]:
    """The fields that the columns alone give back."""
    data = fields.data
    names = {"author", "likes", "markdown", "html", "reply_to"}
    if isinstance(data["post_id"], str):
        names.add("post_id")
    if same_time(data.get("created_at"), fields.moment("created_at")):
        names.add("created_at")
    if same_time(data.get("edited_at"), fields.optional_moment("edited_at")):
        names.add("edited_at")
    if data.get("updated_at") is None:
        names.add("updated_at")
    if "hidden" in data:
        names.add("hidden")
    return names


def describe_left_out(names: list[str]) -> str:
    """A sentence naming the fields that were not kept."""
    return f"Not kept, because too large or not storable: {shown(', '.join(names))}."
