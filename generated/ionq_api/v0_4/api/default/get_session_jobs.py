# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from typing import Any
from urllib.parse import quote

from ... import _codec
from ...client import AuthenticatedClient
from ...models.get_jobs_response import GetJobsResponse
from ...models.job_status import JobStatus
from ...types import UNSET, Response, Unset

_RESPONSES = (_codec.Expected(200, 200, "json", _codec.model("GetJobsResponse")),)


def _get_kwargs(
    session_id_path: str,
    *,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    session_id_query: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}
    params["ids"] = _codec.encode(ids)
    params["parent_job_id"] = _codec.encode(parent_job_id)
    params["status"] = _codec.encode(status)
    params["target"] = _codec.encode(target)
    params["session_id"] = _codec.encode(session_id_query)
    params["submitter_id"] = _codec.encode(submitter_id)
    params["limit"] = _codec.encode(limit)
    params["next"] = _codec.encode(next_)
    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/sessions/{session_id_path}/jobs".format(
            session_id_path=quote(
                _codec.path_argument("session_id_path", session_id_path), safe=""
            ),
        ),
        "params": params,
    }

    return _kwargs


def sync_detailed(
    session_id_path: str,
    *,
    client: AuthenticatedClient,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    session_id_query: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
) -> Response[GetJobsResponse]:
    """List jobs of a session

    Jobs sent within a session, a page at a time; filters combine.

    Args:
        session_id_path (str):
        ids (list[str] | Unset):
        parent_job_id (str | Unset):
        status (JobStatus | Unset): Where a job is. `submitted` is being checked and compiled,
            `ready` waits in the queue, `started` is running; `completed`, `failed` and `canceled`
            are final.
        target (str | Unset):
        session_id_query (str | Unset):
        submitter_id (str | Unset):
        limit (int | Unset):
        next_ (str | Unset):

    Returns:
        The answer; its parsed body: GetJobsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    response = client.get_httpx_client().request(
        **_get_kwargs(
            session_id_path=session_id_path,
            ids=ids,
            parent_job_id=parent_job_id,
            status=status,
            target=target,
            session_id_query=session_id_query,
            submitter_id=submitter_id,
            limit=limit,
            next_=next_,
        )
    )
    return _codec.build_response(client, response, _RESPONSES, "get_session_jobs")


async def asyncio_detailed(
    session_id_path: str,
    *,
    client: AuthenticatedClient,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    session_id_query: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
) -> Response[GetJobsResponse]:
    """List jobs of a session

    Jobs sent within a session, a page at a time; filters combine.

    Args:
        session_id_path (str):
        ids (list[str] | Unset):
        parent_job_id (str | Unset):
        status (JobStatus | Unset): Where a job is. `submitted` is being checked and compiled,
            `ready` waits in the queue, `started` is running; `completed`, `failed` and `canceled`
            are final.
        target (str | Unset):
        session_id_query (str | Unset):
        submitter_id (str | Unset):
        limit (int | Unset):
        next_ (str | Unset):

    Returns:
        The answer; its parsed body: GetJobsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            session_id_path=session_id_path,
            ids=ids,
            parent_job_id=parent_job_id,
            status=status,
            target=target,
            session_id_query=session_id_query,
            submitter_id=submitter_id,
            limit=limit,
            next_=next_,
        )
    )
    return _codec.build_response(client, response, _RESPONSES, "get_session_jobs")


def sync(
    session_id_path: str,
    *,
    client: AuthenticatedClient,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    session_id_query: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
) -> GetJobsResponse | None:
    """List jobs of a session

    Jobs sent within a session, a page at a time; filters combine.

    Args:
        session_id_path (str):
        ids (list[str] | Unset):
        parent_job_id (str | Unset):
        status (JobStatus | Unset): Where a job is. `submitted` is being checked and compiled,
            `ready` waits in the queue, `started` is running; `completed`, `failed` and `canceled`
            are final.
        target (str | Unset):
        session_id_query (str | Unset):
        submitter_id (str | Unset):
        limit (int | Unset):
        next_ (str | Unset):

    Returns:
        The parsed body: GetJobsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return sync_detailed(
        session_id_path=session_id_path,
        client=client,
        ids=ids,
        parent_job_id=parent_job_id,
        status=status,
        target=target,
        session_id_query=session_id_query,
        submitter_id=submitter_id,
        limit=limit,
        next_=next_,
    ).parsed


async def asyncio(
    session_id_path: str,
    *,
    client: AuthenticatedClient,
    ids: list[str] | Unset = UNSET,
    parent_job_id: str | Unset = UNSET,
    status: JobStatus | Unset = UNSET,
    target: str | Unset = UNSET,
    session_id_query: str | Unset = UNSET,
    submitter_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    next_: str | Unset = UNSET,
) -> GetJobsResponse | None:
    """List jobs of a session

    Jobs sent within a session, a page at a time; filters combine.

    Args:
        session_id_path (str):
        ids (list[str] | Unset):
        parent_job_id (str | Unset):
        status (JobStatus | Unset): Where a job is. `submitted` is being checked and compiled,
            `ready` waits in the queue, `started` is running; `completed`, `failed` and `canceled`
            are final.
        target (str | Unset):
        session_id_query (str | Unset):
        submitter_id (str | Unset):
        limit (int | Unset):
        next_ (str | Unset):

    Returns:
        The parsed body: GetJobsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return (
        await asyncio_detailed(
            session_id_path=session_id_path,
            client=client,
            ids=ids,
            parent_job_id=parent_job_id,
            status=status,
            target=target,
            session_id_query=session_id_query,
            submitter_id=submitter_id,
            limit=limit,
            next_=next_,
        )
    ).parsed
