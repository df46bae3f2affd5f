"""What administrators do. Actions never commit; views open transaction()."""

from app.administration.actions.choosing import choose_settings
from app.administration.actions.look import change_look
from app.administration.actions.mail import ask_for_test_letter, end_test_letter
from app.administration.actions.steps import reopen_step, settle_step
from app.administration.actions.texts import publish_text

__all__ = [
    "ask_for_test_letter",
    "change_look",
    "choose_settings",
    "end_test_letter",
    "publish_text",
    "reopen_step",
    "settle_step",
]
