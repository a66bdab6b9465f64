# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient
from ...models.error import Error
from ...types import Response

_RESPONSES = (
    _codec.Expected(200, 200, "json", _codec.array(_codec.union(_codec.STR, _codec.INT))),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)


def _get_kwargs(
    uuid: str,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/jobs/{uuid}/results/shots".format(
            uuid=_codec.path_argument("uuid", uuid),
        ),
    }
    return _kwargs


def sync_detailed(
    uuid: str,
    *,
    client: AuthenticatedClient,
) -> Response[Error | list[int | str]]:
    """Read outcomes per shot

    Outcome of every shot of a completed job. The ideal simulator runs no shots and has none.

    Args:
        uuid (str): Job id, as job creation returned it.

    Returns:
        The answer; its parsed body: Error | list[int | str], or None where it cannot be read

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
    return _codec.build_response(client, _response, _RESPONSES, "get_job_shots")


async def asyncio_detailed(
    uuid: str,
    *,
    client: AuthenticatedClient,
) -> Response[Error | list[int | str]]:
    """Read outcomes per shot

    Outcome of every shot of a completed job. The ideal simulator runs no shots and has none.

    Args:
        uuid (str): Job id, as job creation returned it.

    Returns:
        The answer; its parsed body: Error | list[int | str], or None where it cannot be read

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
    return _codec.build_response(client, _response, _RESPONSES, "get_job_shots")


def sync(
    uuid: str,
    *,
    client: AuthenticatedClient,
) -> Error | list[int | str] | None:
    """Read outcomes per shot

    Outcome of every shot of a completed job. The ideal simulator runs no shots and has none.

    Args:
        uuid (str): Job id, as job creation returned it.

    Returns:
        The parsed body: Error | list[int | str], or None where it cannot be read

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
    client: AuthenticatedClient,
) -> Error | list[int | str] | None:
    """Read outcomes per shot

    Outcome of every shot of a completed job. The ideal simulator runs no shots and has none.

    Args:
        uuid (str): Job id, as job creation returned it.

    Returns:
        The parsed body: Error | list[int | str], or None where it cannot be read

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
