# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient, Client
from ...models.error import Error
from ...models.get_characterizations_for_backend_response_200 import (
    GetCharacterizationsForBackendResponse200,
)
from ...types import UNSET, Response, Unset

_RESPONSES = (
    _codec.Expected(200, 200, "json", _codec.model("GetCharacterizationsForBackendResponse200")),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)


def _get_kwargs(
    backend: str,
    *,
    start: str | Unset = UNSET,
    end: str | Unset = UNSET,
    limit: int | Unset = 10,
    page: int | Unset = UNSET,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/backends/{backend}/characterizations".format(
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
    start: str | Unset = UNSET,
    end: str | Unset = UNSET,
    limit: int | Unset = 10,
    page: int | Unset = UNSET,
) -> Response[Error | GetCharacterizationsForBackendResponse200]:
    """List characterizations of a backend

    Past measurements of a backend's fidelity and timing, a page at a time. Needs no key.

    Args:
        backend (str): Name of a backend, e.g. `simulator`, `qpu.aria-1`, `qpu.aria-2`,
            `qpu.forte-1`, `qpu.forte-enterprise-1`, `qpu.forte-enterprise-2`, `qpu.forte-
            enterprise-3` or `qpu.tempo-1`.
        start (str | Unset): Earliest measurement date to include, ISO 8601.
        end (str | Unset): Date to stop before, ISO 8601.
        limit (int | Unset): Most characterizations in one page. Default: 10.
        page (int | Unset): Page number, from 1.

    Returns:
        The answer; its parsed body: Error | GetCharacterizationsForBackendResponse200, or None where it cannot be read

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
    start: str | Unset = UNSET,
    end: str | Unset = UNSET,
    limit: int | Unset = 10,
    page: int | Unset = UNSET,
) -> Response[Error | GetCharacterizationsForBackendResponse200]:
    """List characterizations of a backend

    Past measurements of a backend's fidelity and timing, a page at a time. Needs no key.

    Args:
        backend (str): Name of a backend, e.g. `simulator`, `qpu.aria-1`, `qpu.aria-2`,
            `qpu.forte-1`, `qpu.forte-enterprise-1`, `qpu.forte-enterprise-2`, `qpu.forte-
            enterprise-3` or `qpu.tempo-1`.
        start (str | Unset): Earliest measurement date to include, ISO 8601.
        end (str | Unset): Date to stop before, ISO 8601.
        limit (int | Unset): Most characterizations in one page. Default: 10.
        page (int | Unset): Page number, from 1.

    Returns:
        The answer; its parsed body: Error | GetCharacterizationsForBackendResponse200, or None where it cannot be read

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
    start: str | Unset = UNSET,
    end: str | Unset = UNSET,
    limit: int | Unset = 10,
    page: int | Unset = UNSET,
) -> Error | GetCharacterizationsForBackendResponse200 | None:
    """List characterizations of a backend

    Past measurements of a backend's fidelity and timing, a page at a time. Needs no key.

    Args:
        backend (str): Name of a backend, e.g. `simulator`, `qpu.aria-1`, `qpu.aria-2`,
            `qpu.forte-1`, `qpu.forte-enterprise-1`, `qpu.forte-enterprise-2`, `qpu.forte-
            enterprise-3` or `qpu.tempo-1`.
        start (str | Unset): Earliest measurement date to include, ISO 8601.
        end (str | Unset): Date to stop before, ISO 8601.
        limit (int | Unset): Most characterizations in one page. Default: 10.
        page (int | Unset): Page number, from 1.

    Returns:
        The parsed body: Error | GetCharacterizationsForBackendResponse200, or None where it cannot be read

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
    start: str | Unset = UNSET,
    end: str | Unset = UNSET,
    limit: int | Unset = 10,
    page: int | Unset = UNSET,
) -> Error | GetCharacterizationsForBackendResponse200 | None:
    """List characterizations of a backend

    Past measurements of a backend's fidelity and timing, a page at a time. Needs no key.

    Args:
        backend (str): Name of a backend, e.g. `simulator`, `qpu.aria-1`, `qpu.aria-2`,
            `qpu.forte-1`, `qpu.forte-enterprise-1`, `qpu.forte-enterprise-2`, `qpu.forte-
            enterprise-3` or `qpu.tempo-1`.
        start (str | Unset): Earliest measurement date to include, ISO 8601.
        end (str | Unset): Date to stop before, ISO 8601.
        limit (int | Unset): Most characterizations in one page. Default: 10.
        page (int | Unset): Page number, from 1.

    Returns:
        The parsed body: Error | GetCharacterizationsForBackendResponse200, or None where it cannot be read

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
