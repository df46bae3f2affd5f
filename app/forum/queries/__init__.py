"""What the forum shows, counts and looks up; the only room of the forum with select()."""

from app.forum.queries.boards import (
    any_board,
    board_by_slug,
    boards_for_posting,
    next_board_position,
    slug_is_taken,
    visible_boards,
)
from app.forum.queries.indexing import (
    count_topics_for_index,
    search_material,
    topic_ids_for_index,
)
from app.forum.queries.lists import (
    FILTERS,
    list_topics,
    posts_by_member,
    tags_in_use,
    topics_by_ids,
    topics_by_member,
    topics_with_tag,
)
from app.forum.queries.posts import (
    comments_of,
    count_comments,
    next_position,
    page_of_posts,
    passages,
    post_or_404,
    question_of,
    root_position,
    solution_of,
    visible_post,
)
from app.forum.queries.topics import (
    accepted_post,
    closure_of,
    tag_id,
    tags_of,
    top_helpers,
    topic_or_404,
    watchers,
)
from app.forum.queries.visibility import post_readable, topic_readable

__all__ = [
    "FILTERS",
    "accepted_post",
    "any_board",
    "board_by_slug",
    "boards_for_posting",
    "closure_of",
    "comments_of",
    "count_comments",
    "count_topics_for_index",
    "list_topics",
    "next_board_position",
    "next_position",
    "page_of_posts",
    "passages",
    "post_or_404",
    "post_readable",
    "posts_by_member",
    "question_of",
    "root_position",
    "search_material",
    "slug_is_taken",
    "solution_of",
    "tag_id",
    "tags_in_use",
    "tags_of",
    "top_helpers",
    "topic_ids_for_index",
    "topic_or_404",
    "topic_readable",
    "topics_by_ids",
    "topics_by_member",
    "topics_with_tag",
    "visible_boards",
    "visible_post",
    "watchers",
]
