# @generated from openapi/v0.3.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient, Client
from ...models.error import Error
from ...models.job_operation_response import JobOperationResponse
from ...types import Response

_RESPONSES = (
    _codec.Expected(200, 200, "json", _codec.model("JobOperationResponse")),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)


def _get_kwargs(
    uuid: str,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/jobs/{uuid}".format(
            uuid=_codec.path_argument("uuid", uuid),
        ),
    }
    return _kwargs


def sync_detailed(
    uuid: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Error | JobOperationResponse]:
    """Delete a job

    Remove a job with its metadata and results, for good.

    Args:
        uuid (str): Job id, as job creation returned it.

    Returns:
        The answer; its parsed body: Error | JobOperationResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _response = client.get_httpx_client().request(
        **_get_kwargs(
            uuid=uuid,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "delete_job")


async def asyncio_detailed(
    uuid: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Error | JobOperationResponse]:
    """Delete a job

    Remove a job with its metadata and results, for good.

    Args:
        uuid (str): Job id, as job creation returned it.

    Returns:
        The answer; its parsed body: Error | JobOperationResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            uuid=uuid,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "delete_job")


def sync(
    uuid: str,
    *,
    client: AuthenticatedClient | Client,
) -> Error | JobOperationResponse | None:
    """Delete a job

    Remove a job with its metadata and results, for good.

    Args:
        uuid (str): Job id, as job creation returned it.

    Returns:
        The parsed body: Error | JobOperationResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return sync_detailed(
        uuid=uuid,
        client=client,
    ).parsed


async def asyncio(
    uuid: str,
    *,
    client: AuthenticatedClient | Client,
) -> Error | JobOperationResponse | None:
    """Delete a job

    Remove a job with its metadata and results, for good.

    Args:
        uuid (str): Job id, as job creation returned it.

    Returns:
        The parsed body: Error | JobOperationResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return (
        await asyncio_detailed(
            uuid=uuid,
            client=client,
        )
    ).parsed
