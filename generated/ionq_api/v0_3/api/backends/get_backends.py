# @generated from openapi/v0.3.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient, Client
from ...models.backend import Backend
from ...models.error import Error
from ...types import UNSET, Response, Unset

_RESPONSES = (
    _codec.Expected(200, 200, "json", _codec.array(_codec.model("Backend"))),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)


def _get_kwargs(
    *,
    status: str | Unset = UNSET,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/backends",
        "params": _codec.query(
            {
                "status": status,
            },
        ),
    }
    return _kwargs


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    status: str | Unset = UNSET,
) -> Response[Error | list[Backend]]:
    """List backends

    Every backend, computers and simulators, with its state and queue. Needs no key.

    Args:
        status (str | Unset): How much to tell of each backend. `verbose` is the one value IonQ
            names.

    Returns:
        The answer; its parsed body: Error | list[Backend], or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    _response = client.get_httpx_client().request(
        **_get_kwargs(
            status=status,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_backends")


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    status: str | Unset = UNSET,
) -> Response[Error | list[Backend]]:
    """List backends

    Every backend, computers and simulators, with its state and queue. Needs no key.

    Args:
        status (str | Unset): How much to tell of each backend. `verbose` is the one value IonQ
            names.

    Returns:
        The answer; its parsed body: Error | list[Backend], or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    _response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            status=status,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_backends")


def sync(
    *,
    client: AuthenticatedClient | Client,
    status: str | Unset = UNSET,
) -> Error | list[Backend] | None:
    """List backends

    Every backend, computers and simulators, with its state and queue. Needs no key.

    Args:
        status (str | Unset): How much to tell of each backend. `verbose` is the one value IonQ
            names.

    Returns:
        The parsed body: Error | list[Backend], or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    return sync_detailed(
        client=client,
        status=status,
    ).parsed


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    status: str | Unset = UNSET,
) -> Error | list[Backend] | None:
    """List backends

    Every backend, computers and simulators, with its state and queue. Needs no key.

    Args:
        status (str | Unset): How much to tell of each backend. `verbose` is the one value IonQ
            names.

    Returns:
        The parsed body: Error | list[Backend], or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    return (
        await asyncio_detailed(
            client=client,
            status=status,
        )
    ).parsed
