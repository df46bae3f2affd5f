"""Planted: rules ask the database."""
from app.forum import queries
