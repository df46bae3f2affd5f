"""Planted: models look up; a library outside its room."""


def late():
    import bleach
    from app.forum import views
