# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from typing import Any
from urllib.parse import quote

from ... import _codec
from ...client import AuthenticatedClient
from ...models.job_deleted_response import JobDeletedResponse
from ...types import Response

_RESPONSES = (
    _codec.Expected(200, 200, "json", _codec.model("JobDeletedResponse")),
    _codec.Expected(429, 429, "none", _codec.ANY),
    _codec.Expected(500, 500, "none", _codec.ANY),
    _codec.Expected(502, 502, "none", _codec.ANY),
    _codec.Expected(503, 503, "none", _codec.ANY),
)


def _get_kwargs(
    uuid: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/jobs/{uuid}".format(
            uuid=quote(_codec.path_argument("uuid", uuid), safe=""),
        ),
    }

    return _kwargs


def sync_detailed(
    uuid: str,
    *,
    client: AuthenticatedClient,
) -> Response[Any | JobDeletedResponse]:
    """Delete a job

     Remove a job with its metadata and results, for good.

    Args:
        uuid (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | JobDeletedResponse]
    """

    response = client.get_httpx_client().request(
        **_get_kwargs(
            uuid=uuid,
        )
    )
    return _codec.build_response(client, response, _RESPONSES, "delete_job")


async def asyncio_detailed(
    uuid: str,
    *,
    client: AuthenticatedClient,
) -> Response[Any | JobDeletedResponse]:
    """Delete a job

     Remove a job with its metadata and results, for good.

    Args:
        uuid (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | JobDeletedResponse]
    """

    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            uuid=uuid,
        )
    )
    return _codec.build_response(client, response, _RESPONSES, "delete_job")


def sync(
    uuid: str,
    *,
    client: AuthenticatedClient,
) -> Any | JobDeletedResponse | None:
    """Delete a job

     Remove a job with its metadata and results, for good.

    Args:
        uuid (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | JobDeletedResponse
    """

    return sync_detailed(
        uuid=uuid,
        client=client,
    ).parsed


async def asyncio(
    uuid: str,
    *,
    client: AuthenticatedClient,
) -> Any | JobDeletedResponse | None:
    """Delete a job

     Remove a job with its metadata and results, for good.

    Args:
        uuid (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | JobDeletedResponse
    """

    return (
        await asyncio_detailed(
            uuid=uuid,
            client=client,
        )
    ).parsed
