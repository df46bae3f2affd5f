"""Planted: an action that asks, opens and commits by itself."""


def hide(post_id):
    with transaction():
        post = db.session.execute(select(Post).filter_by(id=post_id))
        count = db.session.query(Post).count()
        db.session.commit()
    return post, count
