"""Planted: a view that marks text as HTML."""


def topic():
    return Markup("<b>") + title
