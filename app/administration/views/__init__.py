"""The pages of administrators. Each module registers its routes on the one blueprint."""

from app.administration.views import overview
from app.administration.views.blueprint import bp

__all__ = ["bp", "overview"]
