# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient, Client
from ...models.whoami import Whoami
from ...types import Response

_RESPONSES = (_codec.Expected(200, 200, "json", _codec.model("Whoami")),)


def _get_kwargs() -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/whoami",
    }

    return _kwargs


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
) -> Response[Whoami]:
    """Show the key in use

    Which API key made this request, and the project it belongs to.

    Returns:
        The answer; its parsed body: Whoami, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    response = client.get_httpx_client().request(**_get_kwargs())
    return _codec.build_response(client, response, _RESPONSES, "get_whoami")


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
) -> Response[Whoami]:
    """Show the key in use

    Which API key made this request, and the project it belongs to.

    Returns:
        The answer; its parsed body: Whoami, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    response = await client.get_async_httpx_client().request(**_get_kwargs())
    return _codec.build_response(client, response, _RESPONSES, "get_whoami")


def sync(
    *,
    client: AuthenticatedClient | Client,
) -> Whoami | None:
    """Show the key in use

    Which API key made this request, and the project it belongs to.

    Returns:
        The parsed body: Whoami, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    return sync_detailed(
        client=client,
    ).parsed


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
) -> Whoami | None:
    """Show the key in use

    Which API key made this request, and the project it belongs to.

    Returns:
        The parsed body: Whoami, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    return (
        await asyncio_detailed(
            client=client,
        )
    ).parsed
