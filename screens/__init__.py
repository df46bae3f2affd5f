"""`make screens`: opens the demo as every kind of person, pictures each screen, and fails if one is bad.

Not part of the forum and not in its wheel; nothing in app/ imports it. What is pictured stands as
data in roles.py (contact sheets) and handbooks.py (single pictures); it goes to docs/screens/.
"""
