# @generated from openapi/v0.3.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient, Client
from ...models.error import Error
from ...models.job import Job
from ...types import UNSET, Response, Unset

_RESPONSES = (
    _codec.Expected(200, 200, "json", _codec.model("Job")),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)


def _get_kwargs(
    uuid: str,
    *,
    exclude: list[str] | Unset = UNSET,
    include: list[str] | Unset = UNSET,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/jobs/{uuid}".format(
            uuid=_codec.path_argument("uuid", uuid),
        ),
        "params": _codec.query(
            {
                "exclude[]": exclude,
                "include[]": include,
            },
        ),
    }
    return _kwargs


def sync_detailed(
    uuid: str,
    *,
    client: AuthenticatedClient | Client,
    exclude: list[str] | Unset = UNSET,
    include: list[str] | Unset = UNSET,
) -> Response[Error | Job]:
    """Show one job

    State, times, settings and the place of the results of a job.

    Args:
        uuid (str): Job id, as job creation returned it.
        exclude (list[str] | Unset): Fields to leave out. Repeat the parameter once per field.
        include (list[str] | Unset): Fields to show, and no others. Repeat the parameter once
            per field.

    Returns:
        The answer; its parsed body: Error | Job, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _response = client.get_httpx_client().request(
        **_get_kwargs(
            uuid=uuid,
            exclude=exclude,
            include=include,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_job")


async def asyncio_detailed(
    uuid: str,
    *,
    client: AuthenticatedClient | Client,
    exclude: list[str] | Unset = UNSET,
    include: list[str] | Unset = UNSET,
) -> Response[Error | Job]:
    """Show one job

    State, times, settings and the place of the results of a job.

    Args:
        uuid (str): Job id, as job creation returned it.
        exclude (list[str] | Unset): Fields to leave out. Repeat the parameter once per field.
        include (list[str] | Unset): Fields to show, and no others. Repeat the parameter once
            per field.

    Returns:
        The answer; its parsed body: Error | Job, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            uuid=uuid,
            exclude=exclude,
            include=include,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_job")


def sync(
    uuid: str,
    *,
    client: AuthenticatedClient | Client,
    exclude: list[str] | Unset = UNSET,
    include: list[str] | Unset = UNSET,
) -> Error | Job | None:
    """Show one job

    State, times, settings and the place of the results of a job.

    Args:
        uuid (str): Job id, as job creation returned it.
        exclude (list[str] | Unset): Fields to leave out. Repeat the parameter once per field.
        include (list[str] | Unset): Fields to show, and no others. Repeat the parameter once
            per field.

    Returns:
        The parsed body: Error | Job, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return sync_detailed(
        uuid=uuid,
        client=client,
        exclude=exclude,
        include=include,
    ).parsed


async def asyncio(
    uuid: str,
    *,
    client: AuthenticatedClient | Client,
    exclude: list[str] | Unset = UNSET,
    include: list[str] | Unset = UNSET,
) -> Error | Job | None:
    """Show one job

    State, times, settings and the place of the results of a job.

    Args:
        uuid (str): Job id, as job creation returned it.
        exclude (list[str] | Unset): Fields to leave out. Repeat the parameter once per field.
        include (list[str] | Unset): Fields to show, and no others. Repeat the parameter once
            per field.

    Returns:
        The parsed body: Error | Job, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return (
        await asyncio_detailed(
            uuid=uuid,
            client=client,
            exclude=exclude,
            include=include,
        )
    ).parsed
