"""Moderation: netiquette rules, reports, cases, decisions, appeals. Built with the next issue."""
