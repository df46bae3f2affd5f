"""Boards, topics and posts, and what customers do: ask, answer, thank, accept, watch, find."""
