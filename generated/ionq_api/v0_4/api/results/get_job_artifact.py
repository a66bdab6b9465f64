# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient
from ...models.error import Error
from ...models.json_object import JsonObject
from ...types import Response

_RESPONSES = (
    _codec.Expected(
        200,
        200,
        "json",
        _codec.union(
            _codec.model("JsonObject"), _codec.array(_codec.union(_codec.STR, _codec.INT))
        ),
        or_text=True,
    ),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)


def _get_kwargs(
    uuid: str,
    artifact_id: str,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/jobs/{uuid}/artifacts/{artifact_id}".format(
            uuid=_codec.path_argument("uuid", uuid),
            artifact_id=_codec.path_argument("artifact_id", artifact_id),
        ),
    }
    return _kwargs


def sync_detailed(
    uuid: str,
    artifact_id: str,
    *,
    client: AuthenticatedClient,
) -> Response[Error | JsonObject | list[int | str] | str]:
    """Read an artifact

    A result or compiled circuit of a job, in the format its descriptor names. Generated code
    reads JSON and text; take the raw content of the response for octets.

    Args:
        uuid (str): Job id, as job creation returned it.
        artifact_id (str): Id from an artifact descriptor in the job's `results` or `output`,
            e.g. `probabilities` or a UUID.

    Returns:
        The answer; its parsed body: Error | JsonObject | list[int | str] | str, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _response = client.get_httpx_client().request(
        **_get_kwargs(
            uuid=uuid,
            artifact_id=artifact_id,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_job_artifact")


async def asyncio_detailed(
    uuid: str,
    artifact_id: str,
    *,
    client: AuthenticatedClient,
) -> Response[Error | JsonObject | list[int | str] | str]:
    """Read an artifact

    A result or compiled circuit of a job, in the format its descriptor names. Generated code
    reads JSON and text; take the raw content of the response for octets.

    Args:
        uuid (str): Job id, as job creation returned it.
        artifact_id (str): Id from an artifact descriptor in the job's `results` or `output`,
            e.g. `probabilities` or a UUID.

    Returns:
        The answer; its parsed body: Error | JsonObject | list[int | str] | str, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            uuid=uuid,
            artifact_id=artifact_id,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_job_artifact")


def sync(
    uuid: str,
    artifact_id: str,
    *,
    client: AuthenticatedClient,
) -> Error | JsonObject | list[int | str] | str | None:
    """Read an artifact

    A result or compiled circuit of a job, in the format its descriptor names. Generated code
    reads JSON and text; take the raw content of the response for octets.

    Args:
        uuid (str): Job id, as job creation returned it.
        artifact_id (str): Id from an artifact descriptor in the job's `results` or `output`,
            e.g. `probabilities` or a UUID.

    Returns:
        The parsed body: Error | JsonObject | list[int | str] | str, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return sync_detailed(
        uuid=uuid,
        artifact_id=artifact_id,
        client=client,
    ).parsed


async def asyncio(
    uuid: str,
    artifact_id: str,
    *,
    client: AuthenticatedClient,
) -> Error | JsonObject | list[int | str] | str | None:
    """Read an artifact

    A result or compiled circuit of a job, in the format its descriptor names. Generated code
    reads JSON and text; take the raw content of the response for octets.

    Args:
        uuid (str): Job id, as job creation returned it.
        artifact_id (str): Id from an artifact descriptor in the job's `results` or `output`,
            e.g. `probabilities` or a UUID.

    Returns:
        The parsed body: Error | JsonObject | list[int | str] | str, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return (
        await asyncio_detailed(
            uuid=uuid,
            artifact_id=artifact_id,
            client=client,
        )
    ).parsed
