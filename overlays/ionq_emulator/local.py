"""Keeps other people's web pages away from what is meant for whoever sits at this machine.

May import: starlette. The control surface and the page need no key, so any page in the same browser
could use them: by requests across sites, or under a public name that was made to point here.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["keep_strangers_out"]


def keep_strangers_out(routes: Sequence[BaseRoute], *, any_name: bool) -> list[BaseRoute]:
    """The same routes, which answer 403 to requests that other people's web pages have made.

    Args:
        routes: What to guard.
        any_name: Whether this machine may be called by any name: it listens beyond loopback.
    """
    for route in routes:
        if isinstance(route, Route):
            route.app = _Guard(route.app, any_name=any_name)
    return list(routes)


class _Guard:
    def __init__(self, app: ASGIApp, *, any_name: bool) -> None:
        self._app = app
        self._any_name = any_name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        problem = self._problem(Request(scope))
        app = JSONResponse({"error": problem}, 403) if problem else self._app
        await app(scope, receive, send)

    def _problem(self, request: Request) -> str | None:
        try:
            name = request.url.hostname or ""
            crosses = _crosses_sites(request, name)
        except ValueError:  # half an IPv6 address, say
            return "the Host or Origin header is none"
        if not self._any_name and _is_public(name):
            return f"{name} is no name of this machine"
        return "another web site has sent this" if crosses else None


def _is_public(name: str) -> bool:
    """Whether anybody on the internet may have made this name point here."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return "." in name and not name.endswith(".localhost")
    return False


def _crosses_sites(request: Request, name: str) -> bool:
    """What browsers say of a request (Fetch Metadata); other programs send none of it."""
    headers = request.headers
    if headers.get("sec-fetch-site") == "cross-site":
        following_a_link = headers.get("sec-fetch-mode") == "navigate"
        return not (following_a_link and request.method in {"GET", "HEAD"})
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).hostname != name
