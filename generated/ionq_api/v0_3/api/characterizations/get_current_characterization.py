# @generated from openapi/v0.3.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient, Client
from ...models.characterization import Characterization
from ...models.error import Error
from ...types import Response

_RESPONSES = (
    _codec.Expected(200, 200, "json", _codec.model("Characterization")),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)


def _get_kwargs(
    backend: str,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/characterizations/backends/{backend}/current".format(
            backend=_codec.path_argument("backend", backend),
        ),
    }
    return _kwargs


def sync_detailed(
    backend: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Characterization | Error]:
    """Show the latest characterization of a backend

    The latest measurement of a backend's fidelity and timing.

    Args:
        backend (str): Name of a backend, e.g. `qpu.aria-1`.

    Returns:
        The answer; its parsed body: Characterization | Error, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _response = client.get_httpx_client().request(
        **_get_kwargs(
            backend=backend,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_current_characterization")


async def asyncio_detailed(
    backend: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Characterization | Error]:
    """Show the latest characterization of a backend

    The latest measurement of a backend's fidelity and timing.

    Args:
        backend (str): Name of a backend, e.g. `qpu.aria-1`.

    Returns:
        The answer; its parsed body: Characterization | Error, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            backend=backend,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_current_characterization")


def sync(
    backend: str,
    *,
    client: AuthenticatedClient | Client,
) -> Characterization | Error | None:
    """Show the latest characterization of a backend

    The latest measurement of a backend's fidelity and timing.

    Args:
        backend (str): Name of a backend, e.g. `qpu.aria-1`.

    Returns:
        The parsed body: Characterization | Error, or None where it cannot be read

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
    backend: str,
    *,
    client: AuthenticatedClient | Client,
) -> Characterization | Error | None:
    """Show the latest characterization of a backend

    The latest measurement of a backend's fidelity and timing.

    Args:
        backend (str): Name of a backend, e.g. `qpu.aria-1`.

    Returns:
        The parsed body: Characterization | Error, or None where it cannot be read

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
