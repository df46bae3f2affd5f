"""Planted: a room that nobody knows."""
