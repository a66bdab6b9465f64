# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient
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
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    session_id: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/jobs",
        "params": _codec.query(
            {
                "ids": ids,
                "parent_job_id": parent_job_id,
                "status": status,
                "target": target,
                "session_id": session_id,
                "submitter_id": submitter_id,
                "limit": limit,
                "next": next_,
            },
        ),
    }
    return _kwargs


def sync_detailed(
    *,
    client: AuthenticatedClient,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    session_id: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
) -> Response[Error | GetJobsResponse]:
    """List jobs

    Jobs the key can see, a page at a time; filters combine. Entries carry no `child_job_ids`.

    Args:
        ids (list[str] | Unset):
        parent_job_id (str | Unset):
        status (JobStatus | Unset): Where a job is. `submitted` is being checked and compiled,
            `ready` waits in the queue, `started` is running; `completed`, `failed` and `canceled`
            are final.
        target (str | Unset):
        session_id (str | Unset):
        submitter_id (str | Unset):
        limit (int | Unset):
        next_ (str | Unset):

    Returns:
        The answer; its parsed body: Error | GetJobsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    _response = client.get_httpx_client().request(
        **_get_kwargs(
            ids=ids,
            parent_job_id=parent_job_id,
            status=status,
            target=target,
            session_id=session_id,
            submitter_id=submitter_id,
            limit=limit,
            next_=next_,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_jobs")


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    session_id: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
) -> Response[Error | GetJobsResponse]:
    """List jobs

    Jobs the key can see, a page at a time; filters combine. Entries carry no `child_job_ids`.

    Args:
        ids (list[str] | Unset):
        parent_job_id (str | Unset):
        status (JobStatus | Unset): Where a job is. `submitted` is being checked and compiled,
            `ready` waits in the queue, `started` is running; `completed`, `failed` and `canceled`
            are final.
        target (str | Unset):
        session_id (str | Unset):
        submitter_id (str | Unset):
        limit (int | Unset):
        next_ (str | Unset):

    Returns:
        The answer; its parsed body: Error | GetJobsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    _response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            ids=ids,
            parent_job_id=parent_job_id,
            status=status,
            target=target,
            session_id=session_id,
            submitter_id=submitter_id,
            limit=limit,
            next_=next_,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_jobs")


def sync(
    *,
    client: AuthenticatedClient,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    session_id: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
) -> Error | GetJobsResponse | None:
    """List jobs

    Jobs the key can see, a page at a time; filters combine. Entries carry no `child_job_ids`.

    Args:
        ids (list[str] | Unset):
        parent_job_id (str | Unset):
        status (JobStatus | Unset): Where a job is. `submitted` is being checked and compiled,
            `ready` waits in the queue, `started` is running; `completed`, `failed` and `canceled`
            are final.
        target (str | Unset):
        session_id (str | Unset):
        submitter_id (str | Unset):
        limit (int | Unset):
        next_ (str | Unset):

    Returns:
        The parsed body: Error | GetJobsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    return sync_detailed(
        client=client,
        ids=ids,
        parent_job_id=parent_job_id,
        status=status,
        target=target,
        session_id=session_id,
        submitter_id=submitter_id,
        limit=limit,
        next_=next_,
    ).parsed


async def asyncio(
    *,
    client: AuthenticatedClient,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    session_id: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
) -> Error | GetJobsResponse | None:
    """List jobs

    Jobs the key can see, a page at a time; filters combine. Entries carry no `child_job_ids`.

    Args:
        ids (list[str] | Unset):
        parent_job_id (str | Unset):
        status (JobStatus | Unset): Where a job is. `submitted` is being checked and compiled,
            `ready` waits in the queue, `started` is running; `completed`, `failed` and `canceled`
            are final.
        target (str | Unset):
        session_id (str | Unset):
        submitter_id (str | Unset):
        limit (int | Unset):
        next_ (str | Unset):

    Returns:
        The parsed body: Error | GetJobsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    return (
        await asyncio_detailed(
            client=client,
            ids=ids,
            parent_job_id=parent_job_id,
            status=status,
            target=target,
            session_id=session_id,
            submitter_id=submitter_id,
            limit=limit,
            next_=next_,
        )
    ).parsed
