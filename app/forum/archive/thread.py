"""A line's object, checked as a whole: a sound thread, or a Refusal that says what is wrong where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.accounts.actor import AUDIENCES, PUBLIC
from app.forum.archive import links
from app.forum.archive.checked import CheckedPost, CheckedThread, Note
from app.forum.archive.columns import topic_fields
from app.forum.archive.fields import MAX_NUMBER, Fields
from app.forum.archive.kept import keep
from app.forum.archive.language import guess_language
from app.forum.archive.posts import Draft, check_post, columns_of, describe_left_out
from app.forum.archive.refusal import Refusal, type_name
from app.forum.models import BOARD_NAME_LENGTH, TAG_LENGTH, TITLE_LENGTH, TOPIC_KINDS

MAX_TAGS = 50


def check_thread(data: dict[str, Any]) -> CheckedThread:
    """Raises Refusal, with the thread's id where it has a sound one."""
    fields = Fields(data)
    fields.id("thread_id")
    try:
        return _thread(fields)
    except Refusal as refusal:
        raise refusal.within(thread_id=data["thread_id"]) from refusal.__cause__


def _thread(fields: Fields) -> CheckedThread:
    title = fields.line("title", limit=TITLE_LENGTH)
    tags = _tags(fields)
    views = fields.optional_number("views")
    created_at = fields.optional_moment("created_at")
    fields.flag("archived")
    drafts = _drafts(fields)
    posts, solution, notes = _linked(fields, drafts)
    thread = CheckedThread(
        given_id=fields.data["thread_id"],
        source_id=fields.id("thread_id"),
        title=title,
        category=fields.line("category", limit=BOARD_NAME_LENGTH),
        given_category=fields.data["category"],
        tags=tags,
        kind=_kind(fields.data.get("kind")),
        state=posts[0].state,  # the title belongs to the question and is hidden with it
        audience=_audience(fields.data.get("audience")),
        language=guess_language([title, *(post.text for post in posts)]),
        created_at=created_at or posts[0].created_at,
        views=views or 0,
        closed=fields.flag("closed"),
        pinned=fields.flag("pinned"),
        solution=solution,
        imported={},
        posts=posts,
        notes=tuple(notes),
    )
    return _with_rest(thread, fields)


def _with_rest(thread: CheckedThread, fields: Fields) -> CheckedThread:
    """A category is judged when its board is known; the posts have kept theirs."""
    judged_elsewhere = ("posts", "category")
    data = {name: value for name, value in fields.data.items() if name not in judged_elsewhere}
    imported, left_out = keep(data, _columns(thread))
    notes = [Note(describe_left_out(left_out))] if left_out else []
    return replace(thread, imported=imported, notes=(*thread.notes, *notes))


def _columns(thread: CheckedThread) -> dict[str, Any]:
    solution = None if thread.solution is None else thread.posts[thread.solution].given_id
    return topic_fields(
        thread_id=thread.source_id,
        title=thread.title,
        category=thread.category,
        tags=thread.tags,
        accepted_post_id=solution,
        created_at=thread.created_at,
        begun_at=thread.posts[0].created_at,
        views=thread.views,
        closed=thread.closed,
        pinned=thread.pinned,
        kind=thread.kind,
        audience=thread.audience,
    )


def _audience(name: Any) -> int:
    """Only our own export says it; what another forum may mean by this field is kept, no more."""
    return AUDIENCES.get(name, PUBLIC) if isinstance(name, str) else PUBLIC


def _tags(fields: Fields) -> tuple[str, ...]:
    """In order, in lower case, each once."""
    lines = fields.lines("tags", limit=TAG_LENGTH, most=MAX_TAGS)
    tags = tuple(dict.fromkeys(line.lower() for line in lines))
    if any(len(tag) > TAG_LENGTH for tag in tags):  # "İ" becomes two characters
        raise Refusal(f"A tag has more than {TAG_LENGTH} characters.")
    return tags


def _kind(kind: Any) -> str:
    return kind if isinstance(kind, str) and kind in TOPIC_KINDS else "question"


def _drafts(fields: Fields) -> list[Draft]:
    posts = fields.required("posts")
    if not isinstance(posts, list):
        raise Refusal(f"“posts” must be a list, not {type_name(posts)}.")
    if not posts:
        raise Refusal("The topic has no posts.")
    drafts = [check_post(post, is_first=number == 0) for number, post in enumerate(posts)]
    _refuse_doubles(drafts)
    if abs(sum(draft.post.score for draft in drafts)) > MAX_NUMBER:
        raise Refusal(f"The likes of all posts together exceed {MAX_NUMBER:,}.")
    return drafts


def _refuse_doubles(drafts: Sequence[Draft]) -> None:
    seen: set[str] = set()
    for draft in drafts:
        if draft.post.source_id in seen:
            raise Refusal("The topic has two posts with this id.", post_id=draft.post.given_id)
        seen.add(draft.post.source_id)


def _linked(
    fields: Fields, drafts: Sequence[Draft]
) -> tuple[tuple[CheckedPost, ...], int | None, list[Note]]:
    """The posts with their parents, the solution, and what could not be linked."""
    ids = [draft.post.source_id for draft in drafts]
    parents, cut = links.parents(ids, [draft.reply_to for draft in drafts])
    placed = [_placed(draft, parent, drafts) for draft, parent in zip(drafts, parents, strict=True)]
    index = {post_id: number for number, post_id in enumerate(ids)}
    accepted = fields.id_or_none("accepted_post_id")
    solution, trouble = links.solution(accepted, index, [post.kind for post in placed])
    notes = [Note(text, drafts[number].post.given_id) for number, text in cut.items()]
    posts, more = _with_their_rest(drafts, placed)
    notes += more
    if trouble:
        notes.append(Note(trouble, fields.data["accepted_post_id"]))
    return posts, solution, notes


def _placed(draft: Draft, parent: int | None, drafts: Sequence[Draft]) -> CheckedPost:
    """A comment needs something to hang under; without it, it is an answer."""
    kind = draft.post.kind
    above = drafts[parent].post.kind if parent is not None else None
    if kind == "comment" and above not in ("question", "answer"):
        kind = "answer"
    return replace(draft.post, parent=parent, kind=kind)


def _with_their_rest(
    drafts: Sequence[Draft], posts: Sequence[CheckedPost]
) -> tuple[tuple[CheckedPost, ...], list[Note]]:
    """The posts with what their columns cannot give back, and a note where that found no room."""
    whole: list[CheckedPost] = []
    notes: list[Note] = []
    for number, (draft, post) in enumerate(zip(drafts, posts, strict=True)):
        parent = None if post.parent is None else posts[post.parent].given_id
        columns = columns_of(draft, post, parent, is_first=number == 0)
        imported, left_out = keep(draft.data, columns)
        whole.append(replace(post, imported=imported))
        if left_out:
            notes.append(Note(describe_left_out(left_out), post.given_id))
    return tuple(whole), notes
