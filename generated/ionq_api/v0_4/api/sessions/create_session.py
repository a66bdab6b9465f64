# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient
from ...models.create_session_request import CreateSessionRequest
from ...models.error import Error
from ...models.session import Session
from ...types import Response

_RESPONSES = (
    _codec.Expected(201, 201, "json", _codec.model("Session")),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)


def _get_kwargs(
    *,
    body: CreateSessionRequest,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/sessions",
        "headers": _codec.texts({}),
    }
    _kwargs["json"] = _codec.encode(body)
    _kwargs["headers"]["Content-Type"] = "application/json"

    return _kwargs


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: CreateSessionRequest,
) -> Response[Error | Session]:
    """Open a session

    Reserve a backend for a run of jobs, within limits of time, number or money.

    Args:
        body (CreateSessionRequest): A session to open. Example: {'backend': 'qpu.forte-1',
            'settings': {'job_count_limit': 20, 'duration_limit_min': 30, 'cost_limit': {'unit':
            'usd', 'value': 250}}}.

    Returns:
        The answer; its parsed body: Error | Session, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    _response = client.get_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "create_session")


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: CreateSessionRequest,
) -> Response[Error | Session]:
    """Open a session

    Reserve a backend for a run of jobs, within limits of time, number or money.

    Args:
        body (CreateSessionRequest): A session to open. Example: {'backend': 'qpu.forte-1',
            'settings': {'job_count_limit': 20, 'duration_limit_min': 30, 'cost_limit': {'unit':
            'usd', 'value': 250}}}.

    Returns:
        The answer; its parsed body: Error | Session, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    _response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "create_session")


def sync(
    *,
    client: AuthenticatedClient,
    body: CreateSessionRequest,
) -> Error | Session | None:
    """Open a session

    Reserve a backend for a run of jobs, within limits of time, number or money.

    Args:
        body (CreateSessionRequest): A session to open. Example: {'backend': 'qpu.forte-1',
            'settings': {'job_count_limit': 20, 'duration_limit_min': 30, 'cost_limit': {'unit':
            'usd', 'value': 250}}}.

    Returns:
        The parsed body: Error | Session, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: CreateSessionRequest,
) -> Error | Session | None:
    """Open a session

    Reserve a backend for a run of jobs, within limits of time, number or money.

    Args:
        body (CreateSessionRequest): A session to open. Example: {'backend': 'qpu.forte-1',
            'settings': {'job_count_limit': 20, 'duration_limit_min': 30, 'cost_limit': {'unit':
            'usd', 'value': 250}}}.

    Returns:
        The parsed body: Error | Session, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
