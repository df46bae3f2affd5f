"""S22, S24: nothing unpacks objects, runs text as a program, starts a shell, or asks other hosts."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.tree import PLANTED, ROOT, modules

UNPACKING = {"pickle", "cPickle", "_pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
CLIENTS = {"requests", "httpx", "aiohttp", "urllib3", "urllib.request", "http.client", "ftplib",
           "pycurl", "socket"}  # fmt: skip
CALLS = {
    "eval": "runs text as a program",
    "exec": "runs text as a program",
    "yaml.load": "builds any object; yaml.safe_load does not",
    "yaml.unsafe_load": "builds any object",
    "os.system": "starts a shell",
    "os.popen": "starts a shell",
}
#: Who may open a connection, each with its reason. A feature that asks other hosts needs the one
#: guarded function of S22 first.
MAY_CONNECT = {
    "app/server.py": "owns the listening socket and asks its own /healthz",
    "app/core/mail/smtp.py": "speaks to the mail server of MAIL_URL",
}


def dangers(root: Path) -> list[str]:
    faults: list[str] = []
    for module in modules(root):
        names = [(alias.name, node.lineno) for node in module.nodes if isinstance(node, ast.Import)
                 for alias in node.names]  # fmt: skip
        names += [(str(node.module), node.lineno) for node in module.nodes
                  if isinstance(node, ast.ImportFrom)]  # fmt: skip
        for name, line in names:
            if name.split(".")[0] in UNPACKING:
                faults.append(f"{module.shown}:{line}: {name} unpacks any object")
            if name in CLIENTS and module.shown not in MAY_CONNECT:
                faults.append(f"{module.shown}:{line}: {name} may ask other hosts")
        for name, call in module.calls():
            if name in CALLS:
                faults.append(f"{module.shown}:{call.lineno}: {name}() {CALLS[name]}")
            if any(keyword.arg == "shell" for keyword in call.keywords):
                faults.append(f"{module.shown}:{call.lineno}: {name}() starts a shell")
    return faults


def test_s24_nothing_runs_what_it_was_sent():
    assert dangers(ROOT) == []


def test_planted_dangers_are_reported():
    here = "app/bad.py"
    assert sorted(dangers(PLANTED / "dangers")) == [
        f"{here}:10: yaml.load() builds any object; yaml.safe_load does not",
        f"{here}:12: eval() runs text as a program",
        f"{here}:3: pickle unpacks any object",
        f"{here}:6: requests may ask other hosts",
        f"{here}:9: subprocess.run() starts a shell",
    ]
