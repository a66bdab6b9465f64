# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from ... import _codec
from ...client import AuthenticatedClient, Client
from ...models.characterization import Characterization
from ...models.get_characterization_backend import GetCharacterizationBackend
from ...types import Response

_RESPONSES = (_codec.Expected(200, 200, "json", _codec.model("Characterization")),)


def _get_kwargs(
    backend: GetCharacterizationBackend,
    uuid: UUID,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/backends/{backend}/characterizations/{uuid}".format(
            backend=quote(_codec.path_argument("backend", backend), safe=""),
            uuid=quote(_codec.path_argument("uuid", uuid), safe=""),
        ),
    }

    return _kwargs


def sync_detailed(
    backend: GetCharacterizationBackend,
    uuid: UUID,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Characterization]:
    """Show one characterization

    One measurement of a backend's fidelity and timing.

    Args:
        backend (GetCharacterizationBackend):
        uuid (UUID):

    Returns:
        The answer; its parsed body: Characterization, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    response = client.get_httpx_client().request(
        **_get_kwargs(
            backend=backend,
            uuid=uuid,
        )
    )
    return _codec.build_response(client, response, _RESPONSES, "get_characterization")


async def asyncio_detailed(
    backend: GetCharacterizationBackend,
    uuid: UUID,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Characterization]:
    """Show one characterization

    One measurement of a backend's fidelity and timing.

    Args:
        backend (GetCharacterizationBackend):
        uuid (UUID):

    Returns:
        The answer; its parsed body: Characterization, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            backend=backend,
            uuid=uuid,
        )
    )
    return _codec.build_response(client, response, _RESPONSES, "get_characterization")


def sync(
    backend: GetCharacterizationBackend,
    uuid: UUID,
    *,
    client: AuthenticatedClient | Client,
) -> Characterization | None:
    """Show one characterization

    One measurement of a backend's fidelity and timing.

    Args:
        backend (GetCharacterizationBackend):
        uuid (UUID):

    Returns:
        The parsed body: Characterization, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return sync_detailed(
        backend=backend,
        uuid=uuid,
        client=client,
    ).parsed


async def asyncio(
    backend: GetCharacterizationBackend,
    uuid: UUID,
    *,
    client: AuthenticatedClient | Client,
) -> Characterization | None:
    """Show one characterization

    One measurement of a backend's fidelity and timing.

    Args:
        backend (GetCharacterizationBackend):
        uuid (UUID):

    Returns:
        The parsed body: Characterization, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return (
        await asyncio_detailed(
            backend=backend,
            uuid=uuid,
            client=client,
        )
    ).parsed
