"""The ASGI application: the routes of the emulated API and of the control surface.

May import: starlette and everything of the emulator but the server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Route

from ionq_emulator import v0_3, v0_4

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from ionq_emulator.cloud import Cloud
    from ionq_emulator.gate import Gate
    from ionq_emulator.http import Operation

__all__ = ["build_app"]


def build_app(cloud: Cloud, gate: Gate, control: list[BaseRoute]) -> Starlette:
    """The application that serves a cloud.

    Args:
        cloud: What is served.
        gate: What every request of the API passes.
        control: Routes of the control surface; empty when it is off.
    """
    paths: dict[str, dict[str, Operation]] = {}
    for operation in (*v0_4.operations(cloud), *v0_3.operations(cloud)):
        path = f"/{operation.version}{operation.path}"
        paths.setdefault(path, {})[operation.method] = operation
    return Starlette(
        routes=[*(_route(gate, path, methods) for path, methods in paths.items()), *control],
        exception_handlers={HTTPException: gate.refuse},  # type: ignore[dict-item]  # Starlette types handlers by the base Exception
    )


def _route(gate: Gate, path: str, methods: dict[str, Operation]) -> Route:
    async def endpoint(request: Request) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        return await gate.pass_through(methods[method], request)

    return Route(path, endpoint, methods=list(methods))
