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
    session_id: str,
    *,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/sessions/{session_id}/jobs".format(
            session_id=_codec.path_argument("session_id", session_id),
        ),
        "params": _codec.query(
            {
                "ids": ids,
                "parent_job_id": parent_job_id,
                "status": status,
                "target": target,
                "submitter_id": submitter_id,
                "limit": limit,
                "next": next_,
            },
        ),
    }
    return _kwargs


def sync_detailed(
    session_id: str,
    *,
    client: AuthenticatedClient,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
) -> Response[Error | GetJobsResponse]:
    """List jobs of a session

    Jobs sent within a session, a page at a time; filters combine.

    Args:
        session_id (str): Session id, as session creation returned it.
        ids (list[str] | Unset): Only these jobs. Repeat the parameter once per id.
        parent_job_id (str | Unset): Only the parts of this multi-circuit job.
        status (JobStatus | Unset): Where a job is. `submitted` is being checked and compiled,
            `ready` waits in the queue, `started` is running; `completed`, `failed` and `canceled`
            are final.
        target (str | Unset): Only jobs sent to this backend, or to any of several joined with
            commas.
        submitter_id (str | Unset): Only jobs of this account. It must share a project with the
            caller, or the filter has no effect.
        limit (int | Unset): Most jobs to return in one page. IonQ's default is 25.
        next_ (str | Unset): Cursor from the `next` field of the page before; leave it out for
            the first page.

    Returns:
        The answer; its parsed body: Error | GetJobsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _response = client.get_httpx_client().request(
        **_get_kwargs(
            session_id=session_id,
            ids=ids,
            parent_job_id=parent_job_id,
            status=status,
            target=target,
            submitter_id=submitter_id,
            limit=limit,
            next_=next_,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_session_jobs")


async def asyncio_detailed(
    session_id: str,
    *,
    client: AuthenticatedClient,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
) -> Response[Error | GetJobsResponse]:
    """List jobs of a session

    Jobs sent within a session, a page at a time; filters combine.

    Args:
        session_id (str): Session id, as session creation returned it.
        ids (list[str] | Unset): Only these jobs. Repeat the parameter once per id.
        parent_job_id (str | Unset): Only the parts of this multi-circuit job.
        status (JobStatus | Unset): Where a job is. `submitted` is being checked and compiled,
            `ready` waits in the queue, `started` is running; `completed`, `failed` and `canceled`
            are final.
        target (str | Unset): Only jobs sent to this backend, or to any of several joined with
            commas.
        submitter_id (str | Unset): Only jobs of this account. It must share a project with the
            caller, or the filter has no effect.
        limit (int | Unset): Most jobs to return in one page. IonQ's default is 25.
        next_ (str | Unset): Cursor from the `next` field of the page before; leave it out for
            the first page.

    Returns:
        The answer; its parsed body: Error | GetJobsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            session_id=session_id,
            ids=ids,
            parent_job_id=parent_job_id,
            status=status,
            target=target,
            submitter_id=submitter_id,
            limit=limit,
            next_=next_,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_session_jobs")


def sync(
    session_id: str,
    *,
    client: AuthenticatedClient,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
) -> Error | GetJobsResponse | None:
    """List jobs of a session

    Jobs sent within a session, a page at a time; filters combine.

    Args:
        session_id (str): Session id, as session creation returned it.
        ids (list[str] | Unset): Only these jobs. Repeat the parameter once per id.
        parent_job_id (str | Unset): Only the parts of this multi-circuit job.
        status (JobStatus | Unset): Where a job is. `submitted` is being checked and compiled,
            `ready` waits in the queue, `started` is running; `completed`, `failed` and `canceled`
            are final.
        target (str | Unset): Only jobs sent to this backend, or to any of several joined with
            commas.
        submitter_id (str | Unset): Only jobs of this account. It must share a project with the
            caller, or the filter has no effect.
        limit (int | Unset): Most jobs to return in one page. IonQ's default is 25.
        next_ (str | Unset): Cursor from the `next` field of the page before; leave it out for
            the first page.

    Returns:
        The parsed body: Error | GetJobsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return sync_detailed(
        session_id=session_id,
        client=client,
        ids=ids,
        parent_job_id=parent_job_id,
        status=status,
        target=target,
        submitter_id=submitter_id,
        limit=limit,
        next_=next_,
    ).parsed


async def asyncio(
    session_id: str,
    *,
    client: AuthenticatedClient,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
) -> Error | GetJobsResponse | None:
    """List jobs of a session

    Jobs sent within a session, a page at a time; filters combine.

    Args:
        session_id (str): Session id, as session creation returned it.
        ids (list[str] | Unset): Only these jobs. Repeat the parameter once per id.
        parent_job_id (str | Unset): Only the parts of this multi-circuit job.
        status (JobStatus | Unset): Where a job is. `submitted` is being checked and compiled,
            `ready` waits in the queue, `started` is running; `completed`, `failed` and `canceled`
            are final.
        target (str | Unset): Only jobs sent to this backend, or to any of several joined with
            commas.
        submitter_id (str | Unset): Only jobs of this account. It must share a project with the
            caller, or the filter has no effect.
        limit (int | Unset): Most jobs to return in one page. IonQ's default is 25.
        next_ (str | Unset): Cursor from the `next` field of the page before; leave it out for
            the first page.

    Returns:
        The parsed body: Error | GetJobsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return (
        await asyncio_detailed(
            session_id=session_id,
            client=client,
            ids=ids,
            parent_job_id=parent_job_id,
            status=status,
            target=target,
            submitter_id=submitter_id,
            limit=limit,
            next_=next_,
        )
    ).parsed
