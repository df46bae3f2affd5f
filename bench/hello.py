"""The yardstick: the least that Flask can do, on the forum's own server, workers and threads."""

from __future__ import annotations

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    return "hello\n"
