"""The desk's pages. Each module registers its routes on the one blueprint."""

from app.desk.views import answering, inbox, jobs, notes, replies, things, times
from app.desk.views.blueprint import bp

__all__ = ["answering", "bp", "inbox", "jobs", "notes", "replies", "things", "times"]
