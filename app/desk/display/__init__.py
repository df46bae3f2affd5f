"""What the desk shows: rows of the inbox, one thing opened, the strip above a topic, canned replies."""

from app.desk.display.lines import KINDS, MINE, Inbox, Line, inbox
from app.desk.display.opened import Opened, open_thing
from app.desk.display.replies import filled_reply, grouped, insert_reply, reply_picker
from app.desk.display.strip import topic_strip

__all__ = [
    "KINDS",
    "MINE",
    "Inbox",
    "Line",
    "Opened",
    "filled_reply",
    "grouped",
    "inbox",
    "insert_reply",
    "open_thing",
    "reply_picker",
    "topic_strip",
]
