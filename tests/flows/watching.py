"""What goes wrong in a browser while somebody looks at pages, whoever looks: a story or `make screens`.

Console errors, refused content (CSP), broken resources and requests to other hosts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

REPORT_REFUSALS = """addEventListener("securitypolicyviolation", (event) =>
  console.error("refused by CSP: " + event.violatedDirective + " " + event.blockedURI));"""


@dataclass
class Watch:
    """Everything that went wrong in a browser."""

    host: str
    trouble: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.add_init_script(REPORT_REFUSALS)
        context.on("request", self.request)
        context.on("response", self.response)
        context.on("console", self.console)
        context.on("weberror", lambda error: self.trouble.append(f"script: {error.error}"))

    def request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.trouble.append(f"asks another host: {request.url}")

    def response(self, response: Response) -> None:
        if response.status >= 500 or (
            response.status >= 400 and response.request.resource_type not in ("document", "fetch")
        ):
            self.trouble.append(f"{response.status}: {response.url}")

    def console(self, message: ConsoleMessage) -> None:
        # Chromium repeats a document's own 4xx as an error; `response` has judged it.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.trouble.append(f"console: {message.text}")
