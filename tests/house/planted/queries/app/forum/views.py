"""Planted: GET views that write, one of them through a neighbour."""


@bp.get("/seen")
@policy(everyone)
def seen():
    return _count()


@bp.route("/both", methods=["GET", "POST"])
def both():
    return once(lambda: "/")


@bp.post("/good")
def good():
    return _count()


def _count():
    with transaction():
        return "counted"
