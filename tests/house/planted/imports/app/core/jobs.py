"""Planted: core knows a forum word."""
from app.forum.models import Topic
