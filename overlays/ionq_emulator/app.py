"""The ASGI application: routes over a cloud, authentication, error bodies, request ids.

May import: starlette and everything of the emulator but the server.
"""

from __future__ import annotations

import logging
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING

import orjson
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ionq_emulator import v0_4
from ionq_emulator.auth import Identity
from ionq_emulator.errors import ApiError, not_found
from ionq_emulator.http import Answer, Call, Operation, read_body

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from ionq_emulator.cloud import Cloud

__all__ = ["build_app"]

_LOG = logging.getLogger("ionq_emulator")
_NOBODY = Identity("", "", "", "", "", "", "", admin=False)


def build_app(cloud: Cloud) -> Starlette:
    """The application that serves a cloud."""
    routes: list[BaseRoute] = [_route(cloud, operation) for operation in v0_4.operations(cloud)]
    return Starlette(
        routes=routes,
        exception_handlers={HTTPException: _no_such_route},  # type: ignore[dict-item]  # Starlette types handlers by the base Exception
    )


def _route(cloud: Cloud, operation: Operation) -> Route:
    return Route(
        f"/{operation.version}{operation.path}",
        _endpoint(cloud, operation),
        methods=[operation.method],
        name=operation.name,
    )


def _endpoint(cloud: Cloud, operation: Operation) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            identity = _NOBODY
            if not operation.public:
                identity = cloud.keys.identify(request.headers.get("authorization"))
            body = await read_body(request)
            answer = operation.handler(
                Call(identity, request.path_params, request.query_params, body)
            )
        except ApiError as error:
            answer = Answer(orjson.dumps(error.body), error.status, headers=error.headers)
        except Exception:  # noqa: BLE001 (a handler's bug is a 500, never a dropped connection)
            _LOG.exception("%s %s", request.method, request.url.path)
            bug = ApiError(500, "Internal Server Error", "The emulator failed; see its log")
            answer = Answer(orjson.dumps(bug.body), bug.status)
        return _response(answer)

    return endpoint


def _response(answer: Answer) -> Response:
    headers = {"x-request-id": secrets.token_hex(16), **answer.headers}
    return Response(answer.body, answer.status, headers, media_type=answer.media_type)


async def _no_such_route(_request: Request, error: HTTPException) -> Response:
    if error.status_code == HTTPStatus.NOT_FOUND:
        failure = not_found()
    else:
        failure = ApiError(error.status_code, error.detail, error.detail)
    headers = dict(error.headers or {})
    return _response(Answer(orjson.dumps(failure.body), failure.status, headers=headers))
