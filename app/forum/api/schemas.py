"""What programs send to the forum and get from it, field by field."""

from __future__ import annotations

from marshmallow import fields

from app.core.api import Choice, Digits, Input, Items, Line, Moment, Output, Paged, Whole, Words
from app.forum.forms import MAX_TAGS, TAG_MAX, TITLE_MAX
from app.forum.models import STATES, TAG_LENGTH, TOPIC_KINDS
from app.forum.queries import FILTERS

TEXT_MOST = 100_000  # the text itself says what is too much (core.text)
SLUG_MOST = 80
ITEMS_MOST = 100


class TopicsQuery(Paged):
    filter = Choice(FILTERS, load_default="new")
    board = Line(most=SLUG_MOST, load_default=None)
    tag = Line(most=TAG_LENGTH, load_default=None)
    limit = Digits(least=1, most=ITEMS_MOST, load_default=20)


class PostsQuery(Input):
    start = Digits(
        least=0,
        most=2**31 - 1,
        load_default=0,
        data_key="from",
        metadata={"description": "The position of the first post; from the page before."},
    )


class NewTopic(Input):
    board = Line(most=SLUG_MOST, required=True, metadata={"description": "The board's slug."})
    title = Line(most=TITLE_MAX, required=True)
    text = Line(most=TEXT_MOST, required=True, metadata={"description": "Markdown."})
    kind = Choice(("question", "discussion"), load_default="question")
    tags = Items(Line(most=TAG_MAX), most=MAX_TAGS, load_default=list)
    product = Words(most=SLUG_MOST, allow_none=True, load_default=None)


class NewPost(Input):
    text = Line(most=TEXT_MOST, required=True, metadata={"description": "Markdown."})
    parent = Whole(
        allow_none=True,
        load_default=None,
        metadata={"description": "The post under which this comment hangs; none for an answer."},
    )


class Published(Output):
    """`state` is "held" where somebody looks at it first; then only its author and the team see it."""

    id = fields.Integer(required=True)
    url = fields.String(required=True)
    state = Choice(STATES, required=True)


class Board(Output):
    slug = fields.String(required=True)
    name = fields.String(required=True)


class Person(Output):
    name = fields.String(required=True)
    url = fields.String(required=True)


class Topic(Output):
    id = fields.Integer(required=True)
    url = fields.String(required=True)
    title = fields.String(required=True)
    kind = Choice(TOPIC_KINDS, required=True)
    state = Choice(STATES, required=True)
    language = fields.String(required=True)
    board = fields.Nested(Board, required=True)
    author = fields.Nested(Person, required=True)
    created_at = Moment(required=True)
    last_post_at = Moment(required=True)
    answers_count = fields.Integer(required=True)
    score = fields.Integer(required=True)
    solved = fields.Boolean(required=True)
    closed = fields.Boolean(required=True)


class Topics(Output):
    items = fields.List(fields.Nested(Topic), required=True)
    next = fields.String(required=True, allow_none=True)


class Post(Output):
    id = fields.Integer(required=True)
    url = fields.String(required=True)
    kind = fields.String(required=True)
    state = Choice(STATES, required=True)
    position = fields.Integer(required=True)
    parent = fields.Integer(required=True, allow_none=True)
    author = fields.Nested(Person, required=True)
    created_at = Moment(required=True)
    edited_at = Moment(required=True, allow_none=True)
    score = fields.Integer(required=True)
    official = fields.Boolean(required=True)
    html = fields.String(required=True)


class WholeTopic(Topic):
    tags = fields.List(fields.String(), required=True)
    accepted_post_id = fields.Integer(required=True, allow_none=True)
    posts = fields.List(fields.Nested(Post), required=True)
    next = fields.String(required=True, allow_none=True)
