"""The pages of administrators. Each module registers its routes on the one blueprint."""

from app.administration.views import boards, mail, overview
from app.administration.views.blueprint import bp

__all__ = ["boards", "bp", "mail", "overview"]
