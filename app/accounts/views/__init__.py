"""The pages of accounts. Each module registers its routes on the one blueprint."""

from app.accounts.views import consenting, inviting, joining, people, settings, signing_in
from app.accounts.views.blueprint import bp

__all__ = ["bp", "consenting", "inviting", "joining", "people", "settings", "signing_in"]
