"""Which features the forum has, in import order."""

from __future__ import annotations

from flask import Flask

from app import wiring
from app.accounts.policies import everyone
from app.accounts.views import bp as accounts
from app.administration.views import bp as administration
from app.administration.views import legal, look_files
from app.api import register_api
from app.core.search import init_search
from app.core.web.health import bp as health
from app.core.web.policy import policy
from app.desk.views import bp as desk
from app.forum.views import bp as forum
from app.knowledge.views import bp as knowledge
from app.knowledge.views import staff as knowledge_staff
from app.moderation.views import bp as moderation
from app.moderation.views import staff as casework
from app.notifications.views import bp as notifications
from app.superusers.views import bp as superusers
from app.superusers.views import staff_bp as superusers_staff


def register_features(app: Flask) -> None:
    policy(everyone)(app.view_functions["static"])
    init_search(app, wiring.SEARCHABLE)
    app.register_blueprint(health)
    app.register_blueprint(accounts)
    app.register_blueprint(forum)
    app.register_blueprint(knowledge)
    app.register_blueprint(knowledge_staff)
    app.register_blueprint(superusers)
    app.register_blueprint(superusers_staff)
    app.register_blueprint(moderation)
    app.register_blueprint(casework)
    app.register_blueprint(notifications)
    app.register_blueprint(desk)
    app.register_blueprint(administration)
    app.register_blueprint(look_files)
    app.register_blueprint(legal)
    register_api(app)
