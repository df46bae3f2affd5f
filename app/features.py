"""Which features the forum has, in import order."""

from __future__ import annotations

from flask import Flask

from app.accounts.policies import everyone
from app.accounts.views import bp as accounts
from app.core.web.health import bp as health
from app.core.web.policy import policy
from app.forum.search import init_search
from app.forum.views import bp as forum
from app.notifications.views import bp as notifications


def register_features(app: Flask) -> None:
    policy(everyone)(app.view_functions["static"])
    init_search(app)
    app.register_blueprint(health)
    app.register_blueprint(accounts)
    app.register_blueprint(forum)
    app.register_blueprint(notifications)
