# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient
from ...models.sessions_response import SessionsResponse
from ...types import UNSET, Response, Unset

_RESPONSES = (_codec.Expected(200, 200, "json", _codec.model("SessionsResponse")),)


def _get_kwargs(
    *,
    active: bool | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}
    params["active"] = _codec.encode(active)
    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/sessions",
        "params": params,
    }

    return _kwargs


def sync_detailed(
    *,
    client: AuthenticatedClient,
    active: bool | Unset = UNSET,
) -> Response[SessionsResponse]:
    """List sessions

     Sessions of the organization.

    Args:
        active (bool | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[SessionsResponse]
    """

    response = client.get_httpx_client().request(
        **_get_kwargs(
            active=active,
        )
    )
    return _codec.build_response(client, response, _RESPONSES, "get_sessions")


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    active: bool | Unset = UNSET,
) -> Response[SessionsResponse]:
    """List sessions

     Sessions of the organization.

    Args:
        active (bool | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[SessionsResponse]
    """

    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            active=active,
        )
    )
    return _codec.build_response(client, response, _RESPONSES, "get_sessions")


def sync(
    *,
    client: AuthenticatedClient,
    active: bool | Unset = UNSET,
) -> SessionsResponse | None:
    """List sessions

     Sessions of the organization.

    Args:
        active (bool | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        SessionsResponse
    """

    return sync_detailed(
        client=client,
        active=active,
    ).parsed


async def asyncio(
    *,
    client: AuthenticatedClient,
    active: bool | Unset = UNSET,
) -> SessionsResponse | None:
    """List sessions

     Sessions of the organization.

    Args:
        active (bool | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        SessionsResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            active=active,
        )
    ).parsed
