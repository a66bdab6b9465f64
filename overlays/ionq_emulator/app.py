"""The ASGI application: the routes of the emulated API and of the control surface.

May import: starlette and everything of the emulator but the server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Route

from ionq_emulator import v0_4

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

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
    operations = v0_4.operations(cloud)
    return Starlette(
        routes=[*(_route(gate, operation) for operation in operations), *control],
        exception_handlers={HTTPException: gate.refuse},  # type: ignore[dict-item]  # Starlette types handlers by the base Exception
    )


def _route(gate: Gate, operation: Operation) -> Route:
    return Route(
        f"/{operation.version}{operation.path}",
        _endpoint(gate, operation),
        methods=[operation.method],
        name=f"{operation.version}/{operation.name}",
    )


def _endpoint(gate: Gate, operation: Operation) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return await gate.pass_through(operation, request)

    return endpoint
