"""The blueprint of routes for programs. Whoever uses it declares:

nobody is recognised by a cookie here, only by a token (accounts/bearer.py). So a foreign website
cannot use a visitor's sign-in, and no form token is needed (core/web/protection.py). All errors are
JSON (core/web/error_pages.py), requests are counted, input is read strictly (parsing.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from flask import request
from flask_login import current_user
from flask_smorest import Blueprint

from app.core.api.parsing import StrictParser
from app.core.web.limits import Budget, client_network, spend
from app.core.web.programs import PREFIX
from app.core.web.protection import SAFE_METHODS

View = TypeVar("View", bound=Callable[..., Any])

MINUTE = 60  # seconds
READS = Budget("api_reads", 300, MINUTE)  # per account, or per network of guests
WRITES = Budget("api_writes", 60, MINUTE)
ALL_READS = Budget("api_all_reads", 6_000, MINUTE)
ALL_WRITES = Budget("api_all_writes", 600, MINUTE)


class Decorator(Protocol):
    def __call__(self, view: View, /) -> View: ...


class ProgramBlueprint(Blueprint):  # type: ignore[misc]
    """Routes below PREFIX; see the module for what they promise."""

    ARGUMENTS_PARSER = StrictParser()
    for_programs = True

    if TYPE_CHECKING:  # the library has no types

        def get(self, rule: str, **options: Any) -> Decorator: ...
        def post(self, rule: str, **options: Any) -> Decorator: ...
        def put(self, rule: str, **options: Any) -> Decorator: ...
        def delete(self, rule: str, **options: Any) -> Decorator: ...
        def arguments(self, schema: Any, **options: Any) -> Decorator: ...
        def response(self, status: int, schema: Any = None, **options: Any) -> Decorator: ...
        def doc(self, **options: Any) -> Decorator: ...

    def __init__(self, name: str, import_name: str, **kwargs: Any) -> None:
        super().__init__(name, import_name, url_prefix=PREFIX, **kwargs)
        self.before_request(_count)


def _count() -> None:
    is_read = request.method in SAFE_METHODS
    who = f"account:{current_user.id}" if current_user.is_authenticated else client_network()
    spend(READS if is_read else WRITES, who)
    spend(ALL_READS if is_read else ALL_WRITES)
