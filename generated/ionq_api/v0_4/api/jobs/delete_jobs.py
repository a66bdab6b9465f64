# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient
from ...models.error import Error
from ...models.jobs_bulk_operation_request import JobsBulkOperationRequest
from ...models.jobs_deleted_response import JobsDeletedResponse
from ...types import Response

_RESPONSES = (
    _codec.Expected(200, 200, "json", _codec.model("JobsDeletedResponse")),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)


def _get_kwargs(
    *,
    body: JobsBulkOperationRequest,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/jobs",
        "headers": _codec.texts({}),
    }
    _kwargs["json"] = _codec.encode(body)
    _kwargs["headers"]["Content-Type"] = "application/json"

    return _kwargs


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: JobsBulkOperationRequest,
) -> Response[Error | JobsDeletedResponse]:
    """Delete many jobs

    Remove jobs with their metadata and results, for good.

    Args:
        body (JobsBulkOperationRequest): Jobs to act on. Example: {'ids':
            ['0199f0c4-5b1e-7a33-9d52-6c0e84b7f210', '0199f0c4-61d2-7f08-8a4b-d13379c2e6a5']}.

    Returns:
        The answer; its parsed body: Error | JobsDeletedResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    _response = client.get_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "delete_jobs")


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: JobsBulkOperationRequest,
) -> Response[Error | JobsDeletedResponse]:
    """Delete many jobs

    Remove jobs with their metadata and results, for good.

    Args:
        body (JobsBulkOperationRequest): Jobs to act on. Example: {'ids':
            ['0199f0c4-5b1e-7a33-9d52-6c0e84b7f210', '0199f0c4-61d2-7f08-8a4b-d13379c2e6a5']}.

    Returns:
        The answer; its parsed body: Error | JobsDeletedResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    _response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "delete_jobs")


def sync(
    *,
    client: AuthenticatedClient,
    body: JobsBulkOperationRequest,
) -> Error | JobsDeletedResponse | None:
    """Delete many jobs

    Remove jobs with their metadata and results, for good.

    Args:
        body (JobsBulkOperationRequest): Jobs to act on. Example: {'ids':
            ['0199f0c4-5b1e-7a33-9d52-6c0e84b7f210', '0199f0c4-61d2-7f08-8a4b-d13379c2e6a5']}.

    Returns:
        The parsed body: Error | JobsDeletedResponse, or None where it cannot be read

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
    body: JobsBulkOperationRequest,
) -> Error | JobsDeletedResponse | None:
    """Delete many jobs

    Remove jobs with their metadata and results, for good.

    Args:
        body (JobsBulkOperationRequest): Jobs to act on. Example: {'ids':
            ['0199f0c4-5b1e-7a33-9d52-6c0e84b7f210', '0199f0c4-61d2-7f08-8a4b-d13379c2e6a5']}.

    Returns:
        The parsed body: Error | JobsDeletedResponse, or None where it cannot be read

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
