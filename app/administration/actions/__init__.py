"""What administrators do. Actions never commit; views open transaction()."""

from app.administration.actions.choosing import choose
from app.administration.actions.look import change_look
from app.administration.actions.texts import publish_text

__all__ = ["change_look", "choose", "publish_text"]
