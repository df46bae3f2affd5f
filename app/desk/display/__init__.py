"""What the desk shows: rows of the inbox, the strip above a topic, canned replies for an answer."""

from app.desk.display.lines import KINDS, MINE, Inbox, Line, inbox
from app.desk.display.replies import filled_reply, grouped, insert_reply, reply_picker
from app.desk.display.strip import strip_of, topic_strip

__all__ = [
    "KINDS",
    "MINE",
    "Inbox",
    "Line",
    "filled_reply",
    "grouped",
    "inbox",
    "insert_reply",
    "reply_picker",
    "strip_of",
    "topic_strip",
]
