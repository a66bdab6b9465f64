# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient
from ...models.error import Error
from ...models.sessions_response import SessionsResponse
from ...types import UNSET, Response, Unset

_RESPONSES = (
    _codec.Expected(200, 200, "json", _codec.model("SessionsResponse")),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)


def _get_kwargs(
    *,
    active: bool | Unset = UNSET,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/sessions",
        "params": _codec.query(
            {
                "active": active,
            },
        ),
    }
    return _kwargs


def sync_detailed(
    *,
    client: AuthenticatedClient,
    active: bool | Unset = UNSET,
) -> Response[Error | SessionsResponse]:
    """List sessions

    Sessions of the organization.

    Args:
        active (bool | Unset): True for sessions that are open, false for those that have ended;
            both when left out.

    Returns:
        The answer; its parsed body: Error | SessionsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    _response = client.get_httpx_client().request(
        **_get_kwargs(
            active=active,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_sessions")


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    active: bool | Unset = UNSET,
) -> Response[Error | SessionsResponse]:
    """List sessions

    Sessions of the organization.

    Args:
        active (bool | Unset): True for sessions that are open, false for those that have ended;
            both when left out.

    Returns:
        The answer; its parsed body: Error | SessionsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    _response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            active=active,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_sessions")


def sync(
    *,
    client: AuthenticatedClient,
    active: bool | Unset = UNSET,
) -> Error | SessionsResponse | None:
    """List sessions

    Sessions of the organization.

    Args:
        active (bool | Unset): True for sessions that are open, false for those that have ended;
            both when left out.

    Returns:
        The parsed body: Error | SessionsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    return sync_detailed(
        client=client,
        active=active,
    ).parsed


async def asyncio(
    *,
    client: AuthenticatedClient,
    active: bool | Unset = UNSET,
) -> Error | SessionsResponse | None:
    """List sessions

    Sessions of the organization.

    Args:
        active (bool | Unset): True for sessions that are open, false for those that have ended;
            both when left out.

    Returns:
        The parsed body: Error | SessionsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    return (
        await asyncio_detailed(
            client=client,
            active=active,
        )
    ).parsed
