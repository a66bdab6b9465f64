"""Connections that can be cut: what fault injection needs below HTTP.

May import: uvicorn and starlette.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import Response
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

__all__ = ["CutResponse", "CuttableProtocol"]

_ABORT = "ionq_emulator.abort"


class CuttableProtocol(HttpToolsProtocol):
    """Uvicorn's protocol; every request's scope knows how to abort its connection."""

    def on_message_begin(self) -> None:
        """Begin a request."""
        super().on_message_begin()
        extensions: dict[str, Any] = {_ABORT: self.transport.abort}
        self.scope["extensions"] = extensions


class CutResponse(Response):
    """A response that never arrives whole: the connection is cut after `sent` bytes of its body.

    Without a connection to cut (in-process), `ConnectionResetError` goes to the caller.

    Args:
        body: The body that was to be sent; its length is announced.
        sent: How much of it is; None: nothing at all, not even a status.
    """

    def __init__(self, body: bytes = b"", *, sent: int | None = None, **more: Any) -> None:
        super().__init__(body, **more)
        self._sent = sent

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send what is to be sent, and cut."""
        if self._sent is not None:
            await send(
                {
                    "type": "http.response.start",
                    "status": self.status_code,
                    "headers": self.raw_headers,
                }
            )
            part = bytes(self.body)[: self._sent]
            await send({"type": "http.response.body", "body": part, "more_body": True})
        abort = scope.get("extensions", {}).get(_ABORT)
        if abort is None:
            raise ConnectionResetError("fault: the connection was cut")
        abort()
        while (await receive())["type"] != "http.disconnect":
            pass
