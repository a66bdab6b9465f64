# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient
from ...models.error import Error
from ...models.session import Session
from ...types import Response

_RESPONSES = (
    _codec.Expected(200, 200, "json", _codec.model("Session")),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)


def _get_kwargs(
    session_id: str,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/sessions/{session_id}".format(
            session_id=_codec.path_argument("session_id", session_id),
        ),
    }
    return _kwargs


def sync_detailed(
    session_id: str,
    *,
    client: AuthenticatedClient,
) -> Response[Error | Session]:
    """Show one session

    State and limits of a session.

    Args:
        session_id (str): Session id, as session creation returned it.

    Returns:
        The answer; its parsed body: Error | Session, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _response = client.get_httpx_client().request(
        **_get_kwargs(
            session_id=session_id,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_session")


async def asyncio_detailed(
    session_id: str,
    *,
    client: AuthenticatedClient,
) -> Response[Error | Session]:
    """Show one session

    State and limits of a session.

    Args:
        session_id (str): Session id, as session creation returned it.

    Returns:
        The answer; its parsed body: Error | Session, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            session_id=session_id,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_session")


def sync(
    session_id: str,
    *,
    client: AuthenticatedClient,
) -> Error | Session | None:
    """Show one session

    State and limits of a session.

    Args:
        session_id (str): Session id, as session creation returned it.

    Returns:
        The parsed body: Error | Session, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return sync_detailed(
        session_id=session_id,
        client=client,
    ).parsed


async def asyncio(
    session_id: str,
    *,
    client: AuthenticatedClient,
) -> Error | Session | None:
    """Show one session

    State and limits of a session.

    Args:
        session_id (str): Session id, as session creation returned it.

    Returns:
        The parsed body: Error | Session, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return (
        await asyncio_detailed(
            session_id=session_id,
            client=client,
        )
    ).parsed
