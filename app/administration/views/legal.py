"""What everybody may read about who runs the forum: imprint, contacts, public texts.

Open even while the forum is closed (views/closed.py).
"""

from __future__ import annotations

from flask import Blueprint, render_template

from app.accounts.policies import everyone
from app.administration.display import language_names, shown_text
from app.administration.rules import missing_from_imprint
from app.core.cache import cached
from app.core.settings import load_settings
from app.core.web.policy import policy

bp = Blueprint("legal", __name__)


@bp.get("/imprint")
@policy(everyone)
@cached()
def imprint() -> str:
    missing = missing_from_imprint(load_settings())
    return render_template("legal/imprint.html", is_complete=not missing)


@bp.get("/contact")
@policy(everyone)
@cached()
def contact() -> str:
    languages = language_names(load_settings().authority_languages)
    return render_template("legal/contact.html", languages=list(languages.values()))


@bp.get("/privacy")
@policy(everyone)
@cached()
def privacy() -> str:
    return render_template("legal/text.html", text=shown_text("privacy"))


@bp.get("/accessibility")
@policy(everyone)
@cached()
def accessibility() -> str:
    return render_template("legal/text.html", text=shown_text("accessibility"))
