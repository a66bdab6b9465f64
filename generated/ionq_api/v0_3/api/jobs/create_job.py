# @generated from openapi/v0.3.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient, Client
from ...models.body_job_creation_payload import BodyJobCreationPayload
from ...models.error import Error
from ...models.input_job_creation_payload import InputJobCreationPayload
from ...models.job_creation_response import JobCreationResponse
from ...types import Response

_RESPONSES = (
    _codec.Expected(200, 200, "json", _codec.model("JobCreationResponse")),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)


def _get_kwargs(
    *,
    body: BodyJobCreationPayload | InputJobCreationPayload,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/jobs",
        "headers": _codec.texts({}),
    }
    _kwargs["json"] = _codec.encode(body)
    _kwargs["headers"]["Content-Type"] = "application/json"

    return _kwargs


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: BodyJobCreationPayload | InputJobCreationPayload,
) -> Response[Error | JobCreationResponse]:
    """Create a job

    Send a program to a backend. The answer only says that the job was received; checks,
    compilation and the run come later, and any of them can still fail the job. There is no
    idempotency key, so sending twice makes two jobs.

    Args:
        body (BodyJobCreationPayload | InputJobCreationPayload): A new job; `target` is
            `simulator` unless it says otherwise.

    Returns:
        The answer; its parsed body: Error | JobCreationResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    _response = client.get_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "create_job")


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: BodyJobCreationPayload | InputJobCreationPayload,
) -> Response[Error | JobCreationResponse]:
    """Create a job

    Send a program to a backend. The answer only says that the job was received; checks,
    compilation and the run come later, and any of them can still fail the job. There is no
    idempotency key, so sending twice makes two jobs.

    Args:
        body (BodyJobCreationPayload | InputJobCreationPayload): A new job; `target` is
            `simulator` unless it says otherwise.

    Returns:
        The answer; its parsed body: Error | JobCreationResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    _response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "create_job")


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: BodyJobCreationPayload | InputJobCreationPayload,
) -> Error | JobCreationResponse | None:
    """Create a job

    Send a program to a backend. The answer only says that the job was received; checks,
    compilation and the run come later, and any of them can still fail the job. There is no
    idempotency key, so sending twice makes two jobs.

    Args:
        body (BodyJobCreationPayload | InputJobCreationPayload): A new job; `target` is
            `simulator` unless it says otherwise.

    Returns:
        The parsed body: Error | JobCreationResponse, or None where it cannot be read

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
    body: BodyJobCreationPayload | InputJobCreationPayload,
) -> Error | JobCreationResponse | None:
    """Create a job

    Send a program to a backend. The answer only says that the job was received; checks,
    compilation and the run come later, and any of them can still fail the job. There is no
    idempotency key, so sending twice makes two jobs.

    Args:
        body (BodyJobCreationPayload | InputJobCreationPayload): A new job; `target` is
            `simulator` unless it says otherwise.

    Returns:
        The parsed body: Error | JobCreationResponse, or None where it cannot be read

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
