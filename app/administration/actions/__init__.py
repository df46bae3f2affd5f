"""What administrators do while they set up the forum. Actions never commit."""

from app.administration.actions.mail import ask_for_test_letter, end_test_letter
from app.administration.actions.steps import reopen_step, settle_step

__all__ = ["ask_for_test_letter", "end_test_letter", "reopen_step", "settle_step"]
