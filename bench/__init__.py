"""`make bench`: what a page costs, as a share of a bare Flask "hello" on the same server.

Not part of the forum and not in its wheel; nothing in app/ imports it.
"""
