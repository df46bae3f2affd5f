"""The pages of administrators. Each module registers its routes on a blueprint."""

from app.administration.views import (
    boards,
    closed,
    imprint,
    language,
    look,
    mail,
    netiquette,
    overview,
    team,
    texts,
)
from app.administration.views.blueprint import bp
from app.administration.views.legal import bp as legal
from app.administration.views.look_files import bp as look_files

__all__ = [
    "boards",
    "bp",
    "closed",
    "imprint",
    "language",
    "legal",
    "look",
    "look_files",
    "mail",
    "netiquette",
    "overview",
    "team",
    "texts",
]
