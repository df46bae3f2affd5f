"""Without a mail server every mail becomes an .eml file, for development and tests."""

from __future__ import annotations

import re
from email.message import EmailMessage
from pathlib import Path

from app.core.files import write_whole


def keep(message: EmailMessage, folder: Path) -> None:
    """Write the mail whole or not at all; sent again it takes the place of the first."""
    name = re.sub(r"[^A-Za-z0-9._-]", "_", message["Message-ID"].strip("<>").split("@")[0])
    write_whole(folder / f"{name}.eml", message.as_bytes())
