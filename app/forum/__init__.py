"""Boards, topics, posts and what customers do with them: ask, answer, thank, accept, watch, find."""
