"""What administrators send."""

from app.administration.forms.look import LookForm

__all__ = ["LookForm"]
