"""The engine that keeps its index in PostgreSQL, beside what is found."""

from app.core.search.postgres.engine import PostgresEngine

__all__ = ["PostgresEngine"]
