# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient, Client
from ...models.error import Error
from ...models.health_response import HealthResponse
from ...types import Response

_RESPONSES = (
    _codec.Expected(200, 200, "json", _codec.model("HealthResponse")),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)


def _get_kwargs() -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/health",
    }
    return _kwargs


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
) -> Response[Error | HealthResponse]:
    """Check the service

    Whether the service answers. Needs no key.

    Returns:
        The answer; its parsed body: Error | HealthResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    _response = client.get_httpx_client().request(**_get_kwargs())
    return _codec.build_response(client, _response, _RESPONSES, "get_health")


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
) -> Response[Error | HealthResponse]:
    """Check the service

    Whether the service answers. Needs no key.

    Returns:
        The answer; its parsed body: Error | HealthResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    _response = await client.get_async_httpx_client().request(**_get_kwargs())
    return _codec.build_response(client, _response, _RESPONSES, "get_health")


def sync(
    *,
    client: AuthenticatedClient | Client,
) -> Error | HealthResponse | None:
    """Check the service

    Whether the service answers. Needs no key.

    Returns:
        The parsed body: Error | HealthResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    return sync_detailed(
        client=client,
    ).parsed


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
) -> Error | HealthResponse | None:
    """Check the service

    Whether the service answers. Needs no key.

    Returns:
        The parsed body: Error | HealthResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    return (
        await asyncio_detailed(
            client=client,
        )
    ).parsed
