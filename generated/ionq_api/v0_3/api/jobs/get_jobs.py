# @generated from openapi/v0.3.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient, Client
from ...models.error import Error
from ...models.get_jobs_response import GetJobsResponse
from ...models.job_status import JobStatus
from ...types import UNSET, Response, Unset

_RESPONSES = (
    _codec.Expected(200, 200, "json", _codec.model("GetJobsResponse")),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)


def _get_kwargs(
    *,
    id: list[str] | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    limit: int | Unset = 25,
    next_: str | Unset = UNSET,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/jobs",
        "params": _codec.query(
            {
                "id": id,
                "status": status,
                "limit": limit,
                "next": next_,
            },
        ),
    }
    return _kwargs


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    id: list[str] | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    limit: int | Unset = 25,
    next_: str | Unset = UNSET,
) -> Response[Error | GetJobsResponse]:
    """List jobs

    Jobs the key can see, newest first, a page at a time; filters combine.

    Args:
        id (list[str] | Unset): Only these jobs. Repeat the parameter once per id.
        status (JobStatus | Unset): State of a job. `submitted` is received and being checked,
            `ready` waits in the queue, `running` has begun and may be partly done, the other three
            are final.
        limit (int | Unset): Most jobs to return in one page. Default: 25.
        next_ (str | Unset): Cursor from the `next` field of the page before; leave it out for
            the first page.

    Returns:
        The answer; its parsed body: Error | GetJobsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    _response = client.get_httpx_client().request(
        **_get_kwargs(
            id=id,
            status=status,
            limit=limit,
            next_=next_,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_jobs")


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    id: list[str] | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    limit: int | Unset = 25,
    next_: str | Unset = UNSET,
) -> Response[Error | GetJobsResponse]:
    """List jobs

    Jobs the key can see, newest first, a page at a time; filters combine.

    Args:
        id (list[str] | Unset): Only these jobs. Repeat the parameter once per id.
        status (JobStatus | Unset): State of a job. `submitted` is received and being checked,
            `ready` waits in the queue, `running` has begun and may be partly done, the other three
            are final.
        limit (int | Unset): Most jobs to return in one page. Default: 25.
        next_ (str | Unset): Cursor from the `next` field of the page before; leave it out for
            the first page.

    Returns:
        The answer; its parsed body: Error | GetJobsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    _response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            id=id,
            status=status,
            limit=limit,
            next_=next_,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_jobs")


def sync(
    *,
    client: AuthenticatedClient | Client,
    id: list[str] | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    limit: int | Unset = 25,
    next_: str | Unset = UNSET,
) -> Error | GetJobsResponse | None:
    """List jobs

    Jobs the key can see, newest first, a page at a time; filters combine.

    Args:
        id (list[str] | Unset): Only these jobs. Repeat the parameter once per id.
        status (JobStatus | Unset): State of a job. `submitted` is received and being checked,
            `ready` waits in the queue, `running` has begun and may be partly done, the other three
            are final.
        limit (int | Unset): Most jobs to return in one page. Default: 25.
        next_ (str | Unset): Cursor from the `next` field of the page before; leave it out for
            the first page.

    Returns:
        The parsed body: Error | GetJobsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    return sync_detailed(
        client=client,
        id=id,
        status=status,
        limit=limit,
        next_=next_,
    ).parsed


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    id: list[str] | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    limit: int | Unset = 25,
    next_: str | Unset = UNSET,
) -> Error | GetJobsResponse | None:
    """List jobs

    Jobs the key can see, newest first, a page at a time; filters combine.

    Args:
        id (list[str] | Unset): Only these jobs. Repeat the parameter once per id.
        status (JobStatus | Unset): State of a job. `submitted` is received and being checked,
            `ready` waits in the queue, `running` has begun and may be partly done, the other three
            are final.
        limit (int | Unset): Most jobs to return in one page. Default: 25.
        next_ (str | Unset): Cursor from the `next` field of the page before; leave it out for
            the first page.

    Returns:
        The parsed body: Error | GetJobsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    return (
        await asyncio_detailed(
            client=client,
            id=id,
            status=status,
            limit=limit,
            next_=next_,
        )
    ).parsed
