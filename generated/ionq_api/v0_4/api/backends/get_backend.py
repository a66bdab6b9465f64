# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from typing import Any
from urllib.parse import quote

from ... import _codec
from ...client import AuthenticatedClient, Client
from ...models.backend import Backend
from ...models.get_backend_backend import GetBackendBackend
from ...types import Response

_RESPONSES = (_codec.Expected(200, 200, "json", _codec.model("Backend")),)


def _get_kwargs(
    backend: GetBackendBackend,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/backends/{backend}".format(
            backend=quote(_codec.path_argument("backend", backend), safe=""),
        ),
    }

    return _kwargs


def sync_detailed(
    backend: GetBackendBackend,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Backend]:
    """Show one backend

    State, size and queue of one backend. Needs no key.

    Args:
        backend (GetBackendBackend):

    Returns:
        The answer; its parsed body: Backend, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    response = client.get_httpx_client().request(
        **_get_kwargs(
            backend=backend,
        )
    )
    return _codec.build_response(client, response, _RESPONSES, "get_backend")


async def asyncio_detailed(
    backend: GetBackendBackend,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Backend]:
    """Show one backend

    State, size and queue of one backend. Needs no key.

    Args:
        backend (GetBackendBackend):

    Returns:
        The answer; its parsed body: Backend, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            backend=backend,
        )
    )
    return _codec.build_response(client, response, _RESPONSES, "get_backend")


def sync(
    backend: GetBackendBackend,
    *,
    client: AuthenticatedClient | Client,
) -> Backend | None:
    """Show one backend

    State, size and queue of one backend. Needs no key.

    Args:
        backend (GetBackendBackend):

    Returns:
        The parsed body: Backend, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return sync_detailed(
        backend=backend,
        client=client,
    ).parsed


async def asyncio(
    backend: GetBackendBackend,
    *,
    client: AuthenticatedClient | Client,
) -> Backend | None:
    """Show one backend

    State, size and queue of one backend. Needs no key.

    Args:
        backend (GetBackendBackend):

    Returns:
        The parsed body: Backend, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return (
        await asyncio_detailed(
            backend=backend,
            client=client,
        )
    ).parsed
