"""The desk's pages. Each module registers its routes on the one blueprint."""

from app.desk.views import inbox, jobs, replies, things
from app.desk.views.blueprint import bp

__all__ = ["bp", "inbox", "jobs", "replies", "things"]
