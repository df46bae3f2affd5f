"""create_app: configuration, extensions, features, wiring, error pages. Opens no database."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined

from app import config as configuration
from app import wiring
from app.accounts.session import init_sessions
from app.cli import init_commands
from app.core.cache import init_changes, init_page_cache
from app.core.db import db, init_db
from app.core.events import EventRow
from app.core.locale import init_locale
from app.core.logs import init_logs
from app.core.migrations import init_migrations
from app.core.readiness import init_readiness
from app.core.redis import init_redis
from app.core.settings import load_settings
from app.core.web.assets import init_assets
from app.core.web.compression import init_compression
from app.core.web.converters import IdConverter, SluggedConverter
from app.core.web.error_pages import init_error_pages
from app.core.web.headers import init_headers
from app.core.web.idempotency import init_idempotency
from app.core.web.limits import init_limits
from app.core.web.policy import check_policies, init_policies
from app.core.web.protection import init_protection
from app.core.web.templating import init_templating
from app.core.web.urls import Forum
from app.features import register_features
from app.pages import init_pages

ROOT = Path(__file__).resolve().parent.parent


def create_app(config: configuration.Config | None = None) -> Flask:
    """Build the forum. Raises ConfigError listing every wrong key of the environment."""
    config = config or configuration.load()
    init_logs(config)
    app = Forum("app", static_folder=str(ROOT / "static" / "dist"), static_url_path="/static")
    app.secret_key = config.secret_key
    app.url_map.converters.update(id=IdConverter, slugged=SluggedConverter)
    app.jinja_env.undefined = StrictUndefined
    init_templating(app)
    app.extensions["helferkreis.config"] = config
    app.extensions["helferkreis.handlers"] = wiring.HANDLERS
    app.extensions["helferkreis.gates"] = wiring.GATES
    app.extensions["helferkreis.slots"] = wiring.SLOTS
    app.extensions["helferkreis.inbox"] = wiring.INBOX
    app.extensions["helferkreis.jobs"] = {**wiring.FORMER_NAMES, **wiring.job_calls()}
    app.extensions["helferkreis.ticks"] = wiring.TICKS
    app.extensions["helferkreis.recounts"] = wiring.RECOUNTS
    app.extensions["helferkreis.rendered"] = wiring.RENDERED
    init_db(app, url=config.database_url)
    init_migrations(app)
    init_page_cache(app, config)
    _watch_changes(app)
    init_assets(app, config)
    init_compression(app)
    init_headers(app, config)
    init_locale(app, timezone=config.timezone, site=load_settings)
    init_sessions(app)
    init_protection(app)
    init_policies(app)
    init_idempotency(app)
    init_redis(app, config)
    init_readiness(app)
    init_limits(app, config)
    init_error_pages(app)
    init_pages(app)
    register_features(app)
    init_commands(app)
    check_policies(app)
    return app


def _watch_changes(app: Flask) -> None:
    versions = app.extensions["helferkreis.versions"]
    with app.app_context():
        init_changes(db.engine, versions, wiring.SHOWN, events=EventRow.__tablename__)
