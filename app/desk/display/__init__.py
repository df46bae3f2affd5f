"""What the desk shows: rows of the inbox, one thing opened, the strip above a topic, canned replies."""

from app.desk.display.lines import KINDS, MINE, Inbox, Line, inbox
from app.desk.display.opened import Opened, open_thing
from app.desk.display.replies import filled_reply, grouped, insert_reply, reply_picker
from app.desk.display.strip import topic_strip
from app.desk.display.times import (
    AnswerTimes,
    answer_times,
    helper_of,
    questions,
    recent_answer_times,
)

__all__ = [
    "KINDS",
    "MINE",
    "AnswerTimes",
    "Inbox",
    "Line",
    "Opened",
    "answer_times",
    "filled_reply",
    "grouped",
    "helper_of",
    "inbox",
    "insert_reply",
    "open_thing",
    "questions",
    "recent_answer_times",
    "reply_picker",
    "topic_strip",
]
