"""The page over HTTP: read-only, its own style and script, and nothing from anywhere else.

May import: starlette, the cloud, the gate and this package.
"""

from __future__ import annotations

import asyncio
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ionq_emulator.page.details import job_page, missing_page, request_page
from ionq_emulator.page.overview import Overview
from ionq_emulator.page.pictures import Pictures
from ionq_emulator.page.pieces import HOME, path_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from ionq_emulator.cloud import Cloud
    from ionq_emulator.gate import Gate
    from ionq_emulator.page.html import Html

__all__ = ["page_routes"]

_ASSETS = {
    "page.css": "text/css",
    "page.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
_HEADERS = {
    # Nothing but our own files, and no script or style inside a page: what a job is called can
    # never run.
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


def page_routes(cloud: Cloud, gate: Gate) -> list[BaseRoute]:
    """The routes of the page: `/`, and what it is made of under `/_emulator/page/`."""
    pages = _Pages(cloud, gate)
    return [
        Route(HOME, _shown(pages.overview)),
        Route(path_of("jobs", "{job}"), _shown(pages.job)),
        Route(path_of("requests", "{number:int}"), _shown(pages.request)),
        *(Route(path_of(name), _asset(name, kind)) for name, kind in _ASSETS.items()),
    ]


class _Pages:
    def __init__(self, cloud: Cloud, gate: Gate) -> None:
        self._cloud = cloud
        self._gate = gate
        self._pictures = Pictures(cloud.store)
        self._overview = Overview(cloud, gate, self._pictures)

    def overview(self, request: Request) -> Html:
        origin = f"{request.url.scheme}://{request.url.netloc}"
        return self._overview.page(origin, _number(request, "before"))

    def job(self, request: Request) -> Html | None:
        job = self._cloud.store.job(request.path_params["job"])
        if job is None:
            return None
        return job_page(self._cloud, self._pictures, job, _number(request, "first") or 0)

    def request(self, request: Request) -> Html | None:
        number = request.path_params["number"]
        entries = self._gate.log.entries()
        return next((request_page(entry) for entry in entries if entry.number == number), None)


def _number(request: Request, name: str) -> int | None:
    """Where a page of a list begins; None for the beginning, and for nonsense."""
    text = request.query_params.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _shown(page: Callable[[Request], Html | None]) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        # In a thread: a large distribution takes a while to look through.
        html = await asyncio.to_thread(page, request)
        status = 404 if html is None else 200
        text = html or missing_page("This is not here, or no longer")
        return Response(text, status, _HEADERS, media_type="text/html")

    return endpoint


def _asset(name: str, media_type: str) -> Callable[[Request], object]:
    content = (files("ionq_emulator.page") / "static" / name).read_bytes()

    async def endpoint(_request: Request) -> Response:
        return Response(content, 200, _HEADERS, media_type=media_type)

    return endpoint
