"""What people do about order: one verb per function. Actions never commit."""

from app.moderation.actions.rulebook import ensure_rulebook, publish_rulebook, shipped_netiquette

__all__ = ["ensure_rulebook", "publish_rulebook", "shipped_netiquette"]
