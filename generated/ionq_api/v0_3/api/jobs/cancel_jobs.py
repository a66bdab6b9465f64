# @generated from openapi/v0.3.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient, Client
from ...models.error import Error
from ...models.jobs_bulk_operation_request import JobsBulkOperationRequest
from ...models.jobs_bulk_operation_response import JobsBulkOperationResponse
from ...types import Response

_RESPONSES = (
    _codec.Expected(200, 200, "json", _codec.model("JobsBulkOperationResponse")),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)


def _get_kwargs(
    *,
    body: JobsBulkOperationRequest,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/jobs/status/cancel",
        "headers": _codec.texts({}),
    }
    _kwargs["json"] = _codec.encode(body)
    _kwargs["headers"]["Content-Type"] = "application/json"

    return _kwargs


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: JobsBulkOperationRequest,
) -> Response[Error | JobsBulkOperationResponse]:
    """Cancel many jobs

    Stop several jobs that have not finished, in one request.

    Args:
        body (JobsBulkOperationRequest): Several jobs.

    Returns:
        The answer; its parsed body: Error | JobsBulkOperationResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    _response = client.get_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "cancel_jobs")


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: JobsBulkOperationRequest,
) -> Response[Error | JobsBulkOperationResponse]:
    """Cancel many jobs

    Stop several jobs that have not finished, in one request.

    Args:
        body (JobsBulkOperationRequest): Several jobs.

    Returns:
        The answer; its parsed body: Error | JobsBulkOperationResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    _response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "cancel_jobs")


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: JobsBulkOperationRequest,
) -> Error | JobsBulkOperationResponse | None:
    """Cancel many jobs

    Stop several jobs that have not finished, in one request.

    Args:
        body (JobsBulkOperationRequest): Several jobs.

    Returns:
        The parsed body: Error | JobsBulkOperationResponse, or None where it cannot be read

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
    client: AuthenticatedClient | Client,
    body: JobsBulkOperationRequest,
) -> Error | JobsBulkOperationResponse | None:
    """Cancel many jobs

    Stop several jobs that have not finished, in one request.

    Args:
        body (JobsBulkOperationRequest): Several jobs.

    Returns:
        The parsed body: Error | JobsBulkOperationResponse, or None where it cannot be read

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
