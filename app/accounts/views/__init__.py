"""The pages of accounts. Each module registers its routes on the one blueprint."""

from app.accounts.views import consenting, joining, people, settings, signing_in
from app.accounts.views.blueprint import bp

__all__ = ["bp", "consenting", "joining", "people", "settings", "signing_in"]
