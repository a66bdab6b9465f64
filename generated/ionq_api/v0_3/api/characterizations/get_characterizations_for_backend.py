# @generated from openapi/v0.3.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient, Client
from ...models.error import Error
from ...models.get_characterizations_response import GetCharacterizationsResponse
from ...types import UNSET, Response, Unset

_RESPONSES = (
    _codec.Expected(200, 200, "json", _codec.model("GetCharacterizationsResponse")),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)


def _get_kwargs(
    backend: str,
    *,
    start: int | Unset = UNSET,
    end: int | Unset = UNSET,
    limit: int | Unset = 10,
    page: int | Unset = 1,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/characterizations/backends/{backend}".format(
            backend=_codec.path_argument("backend", backend),
        ),
        "params": _codec.query(
            {
                "start": start,
                "end": end,
                "limit": limit,
                "page": page,
            },
        ),
    }
    return _kwargs


def sync_detailed(
    backend: str,
    *,
    client: AuthenticatedClient | Client,
    start: int | Unset = UNSET,
    end: int | Unset = UNSET,
    limit: int | Unset = 10,
    page: int | Unset = 1,
) -> Response[Error | GetCharacterizationsResponse]:
    """List characterizations of a backend

    Past measurements of a backend's fidelity and timing, a page at a time.

    Args:
        backend (str): Name of a backend, e.g. `qpu.aria-1`.
        start (int | Unset): Earliest instant of measurement to include, in ms since 1970 UTC.
        end (int | Unset): Instant of measurement to stop before, in ms since 1970 UTC.
        limit (int | Unset): Most characterizations in one page. Default: 10.
        page (int | Unset): Number of the page, from 1. Default: 1.

    Returns:
        The answer; its parsed body: Error | GetCharacterizationsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _response = client.get_httpx_client().request(
        **_get_kwargs(
            backend=backend,
            start=start,
            end=end,
            limit=limit,
            page=page,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_characterizations_for_backend")


async def asyncio_detailed(
    backend: str,
    *,
    client: AuthenticatedClient | Client,
    start: int | Unset = UNSET,
    end: int | Unset = UNSET,
    limit: int | Unset = 10,
    page: int | Unset = 1,
) -> Response[Error | GetCharacterizationsResponse]:
    """List characterizations of a backend

    Past measurements of a backend's fidelity and timing, a page at a time.

    Args:
        backend (str): Name of a backend, e.g. `qpu.aria-1`.
        start (int | Unset): Earliest instant of measurement to include, in ms since 1970 UTC.
        end (int | Unset): Instant of measurement to stop before, in ms since 1970 UTC.
        limit (int | Unset): Most characterizations in one page. Default: 10.
        page (int | Unset): Number of the page, from 1. Default: 1.

    Returns:
        The answer; its parsed body: Error | GetCharacterizationsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            backend=backend,
            start=start,
            end=end,
            limit=limit,
            page=page,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_characterizations_for_backend")


def sync(
    backend: str,
    *,
    client: AuthenticatedClient | Client,
    start: int | Unset = UNSET,
    end: int | Unset = UNSET,
    limit: int | Unset = 10,
    page: int | Unset = 1,
) -> Error | GetCharacterizationsResponse | None:
    """List characterizations of a backend

    Past measurements of a backend's fidelity and timing, a page at a time.

    Args:
        backend (str): Name of a backend, e.g. `qpu.aria-1`.
        start (int | Unset): Earliest instant of measurement to include, in ms since 1970 UTC.
        end (int | Unset): Instant of measurement to stop before, in ms since 1970 UTC.
        limit (int | Unset): Most characterizations in one page. Default: 10.
        page (int | Unset): Number of the page, from 1. Default: 1.

    Returns:
        The parsed body: Error | GetCharacterizationsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return sync_detailed(
        backend=backend,
        client=client,
        start=start,
        end=end,
        limit=limit,
        page=page,
    ).parsed


async def asyncio(
    backend: str,
    *,
    client: AuthenticatedClient | Client,
    start: int | Unset = UNSET,
    end: int | Unset = UNSET,
    limit: int | Unset = 10,
    page: int | Unset = 1,
) -> Error | GetCharacterizationsResponse | None:
    """List characterizations of a backend

    Past measurements of a backend's fidelity and timing, a page at a time.

    Args:
        backend (str): Name of a backend, e.g. `qpu.aria-1`.
        start (int | Unset): Earliest instant of measurement to include, in ms since 1970 UTC.
        end (int | Unset): Instant of measurement to stop before, in ms since 1970 UTC.
        limit (int | Unset): Most characterizations in one page. Default: 10.
        page (int | Unset): Number of the page, from 1. Default: 1.

    Returns:
        The parsed body: Error | GetCharacterizationsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return (
        await asyncio_detailed(
            backend=backend,
            client=client,
            start=start,
            end=end,
            limit=limit,
            page=page,
        )
    ).parsed
