"""Which browser is asking, in words that its owner recognises in the list of sign-ins."""

from __future__ import annotations

from flask import request

#: The first that is found in the User-Agent counts: all of them claim to be others, too.
_BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def browser_name() -> str:
    """For example "Firefox, Linux"; empty when it says nothing we know."""
    agent = request.headers.get("User-Agent", "")
    return ", ".join(filter(None, (_first(agent, _BROWSERS), _first(agent, _SYSTEMS))))


def _first(agent: str, names: dict[str, str]) -> str:
    return next((name for sign, name in names.items() if sign in agent), "")
