"""What the operator calls the forum, how it looks and speaks: one JSON row, with defaults here.

A key that the row lacks has its default, so that a new setting needs no migration. Every process
notices a change at its next look: the row's table has a version of its own (core/cache).
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import JSON, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.cache.versions import SITE, Seen
from app.core.colour import Palette, palette
from app.core.db import Base, UtcDateTime, db, id_column, insert_once
from app.core.languages import LANGUAGES
from app.core.seen import require_seen

ROW = 1
VERSION = "settings"  # the name in wiring.SHOWN


@dataclass(frozen=True)
class Settings:
    """Hue in degrees, chroma 0–0.13 (OKLCH); see static/css/tokens.css. Values are JSON, lists of
    which become tuples. `address` is "sie" or "du".
    """

    name: str = "Helferkreis"
    company: str = ""
    brand_hue: int = 236
    brand_chroma: float = 0.095
    # The logo's file in core/uploads (empty: our own mark) and its size in pixels, twice what is
    # shown; a dark one stands on a light plate when the page is dark.
    logo: str = ""
    logo_width: int = 0
    logo_height: int = 0
    logo_plate: bool = False
    # Whom guests without a wish are answered in, what else is offered, and how people are addressed.
    default_language: str = "de"
    languages: tuple[str, ...] = LANGUAGES
    address: str = "sie"
    # Who runs the forum (imprint: § 5 DDG, § 18 MStV), and whom to write to (Art. 11 to 13 DSA).
    provider: str = ""
    provider_address: str = ""
    represented_by: str = ""
    provider_email: str = ""
    provider_phone: str = ""
    register_entry: str = ""
    vat_id: str = ""
    supervisory_authority: str = ""
    responsible_editor: str = ""
    youth_contact: str = ""
    legal_representative: str = ""
    authority_email: str = ""
    authority_languages: tuple[str, ...] = ()
    contact_email: str = ""
    contact_url: str = ""
    hold_newcomers: bool = False  # first posts of new members wait until somebody has looked
    review_by_another: bool = False  # nobody publishes an article that they wrote themselves
    demo: str = ""  # "filling" while the demo community moves in, then "ready" (app/demo)

    @property
    def own_names(self) -> tuple[str, ...]:
        """What forum and company are called; nobody else may be called so here."""
        return self.name, self.company, self.provider

    @property
    def brand(self) -> Palette:
        """The brand's colours as hex."""
        return palette(self.brand_hue, self.brand_chroma)

    @property
    def brand_code(self) -> tuple[int, int]:
        """Hue, and chroma in thousandths: how addresses name a colour."""
        return self.brand_hue, round(self.brand_chroma * 1_000)

    @property
    def has_own_colour(self) -> bool:
        """False for the colour that the built styles have anyway."""
        return self.brand_code != DEFAULTS.brand_code


DEFAULTS = Settings()
NAMES = frozenset(field.name for field in fields(Settings))
#: Said by the environment (app/config.py) and never kept in the row.
FROM_ENVIRONMENT = frozenset({"hold_newcomers"})


class SettingRow(Base):
    """The one row with what differs from the defaults; `version` counts its changes."""

    __tablename__ = "setting"

    id: Mapped[int] = id_column()
    version: Mapped[int]
    # What is not a default; names of Settings that this release no longer knows are ignored.
    chosen: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[int | None]  # an account


def load_settings() -> Settings:
    """The defaults with what was chosen and what the environment says; needs an app context.

    Costs a query only after a change.
    """
    kept: _Kept = current_app.extensions.setdefault("helferkreis.settings", _Kept())
    seen = current_app.extensions["helferkreis.versions"].read((SITE, VERSION))
    # Not SITE's own version: it moves with every new account. First stands which file or Redis it is.
    version = None if seen is None else (seen[0], seen[-1])
    if version is None or version != kept.version:
        try:
            kept.settings = _read()
        except DBAPIError:  # the page that tells of it needs a name and a colour too
            return kept.settings
        kept.version = version
    return kept.settings


def change_settings(
    *, changed_by: int | None, seen: str | None = None, **values: Any
) -> tuple[str, ...]:
    """Keep these settings, by name; gives the names of those that changed. Inside a transaction().

    Raises TypeError for a name that is not in Settings, or that the environment decides, and
    Overtaken where `seen` is not the digest of what these settings are before (core/seen.py).
    """
    unknown = values.keys() - (NAMES - FROM_ENVIRONMENT)
    if unknown:
        raise TypeError(f"No settings to choose: {', '.join(sorted(unknown))}")
    row = _locked_row() or _first_row()
    before = _with(row.chosen)
    changed = tuple(name for name, value in values.items() if getattr(before, name) != value)
    if not changed:
        return ()
    require_seen({name: getattr(before, name) for name in values}, seen)
    row.chosen = {**row.chosen, **values}
    row.version += 1
    row.changed_at, row.changed_by = clock.now(), changed_by
    db.session.flush()
    return changed


class _Kept:
    """What this process has read, and the version that it stands for."""

    version: Seen | None = None
    settings: Settings = Settings()


def _locked_row() -> SettingRow | None:
    wanted = select(SettingRow).with_for_update().execution_options(populate_existing=True)
    return db.session.execute(wanted).scalar()


def _first_row() -> SettingRow:
    """Of two who choose the first settings at the same moment, one waits here for the other."""
    insert_once(SettingRow, id=ROW, version=0, chosen={}, changed_at=clock.now())
    row = _locked_row()
    assert row is not None
    return row


def _read() -> Settings:
    chosen = db.session.execute(select(SettingRow.chosen)).scalar()
    config = current_app.extensions["helferkreis.config"]
    return replace(_with(chosen or {}), hold_newcomers=config.hold_newcomers)


def _with(chosen: dict[str, Any]) -> Settings:
    known = {name: value for name, value in chosen.items() if name in NAMES}
    lists = {name: tuple(value) for name, value in known.items() if isinstance(value, list)}
    return Settings(**{**known, **lists})
