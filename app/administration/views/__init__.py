"""The pages of administrators. Each module registers its routes on a blueprint."""

from app.administration.views import look, overview
from app.administration.views.blueprint import bp
from app.administration.views.look_files import bp as look_files

__all__ = ["bp", "look", "look_files", "overview"]
