"""Ends a thread's socket reads and writes at the deadline of its call, not only at their own limit.

May import: the standard library and ionq_direct._concurrency.

The HTTP library limits each read: a server that sends a byte now and then is never late by that
measure. A task can be cancelled from outside, a thread cannot, so the deadline goes into the
socket. What it cannot end is the operating system's name resolution.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from ionq_direct._concurrency import seconds_to_deadline

if TYPE_CHECKING:
    import ssl

__all__ = ["DeadlineBackend"]

# A socket timeout of 0 would mean "do not block at all", which is another error.
_SHORTEST_S = 0.001
_WRITE_PIECE = 64 * 1024


class Stream(Protocol):
    """A connection, as the HTTP library sees it."""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes: ...
    def write(self, buffer: bytes, timeout: float | None = None) -> None: ...
    def close(self) -> None: ...
    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> Stream: ...
    def get_extra_info(self, info: str) -> Any: ...


class Backend(Protocol):
    """What opens connections, as the HTTP library sees it."""

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, **options: Any
    ) -> Stream: ...
    def connect_unix_socket(
        self, path: str, timeout: float | None = None, **options: Any
    ) -> Stream: ...
    def sleep(self, seconds: float) -> None: ...


def _shortened(timeout: float | None) -> float | None:
    left = seconds_to_deadline()
    if left is None:
        return timeout
    return max(left if timeout is None else min(left, timeout), _SHORTEST_S)


class DeadlineBackend:
    """Opens connections that know of deadlines."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, **options: Any
    ) -> Stream:
        """Open a TCP connection."""
        return _DeadlineStream(
            self._backend.connect_tcp(host, port, timeout=_shortened(timeout), **options)
        )

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, **options: Any
    ) -> Stream:
        """Open a connection to a socket of this machine."""
        return _DeadlineStream(
            self._backend.connect_unix_socket(path, timeout=_shortened(timeout), **options)
        )

    def sleep(self, seconds: float) -> None:
        """Wait; the library's own connection retries do, which are off."""
        self._backend.sleep(seconds)


class _DeadlineStream:
    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, timeout=_shortened(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        # In pieces: each may take as long as the limit allows, the deadline counts for all.
        for start in range(0, len(buffer), _WRITE_PIECE):
            piece = buffer[start : start + _WRITE_PIECE]
            self._stream.write(piece, timeout=_shortened(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> Stream:
        secured = self._stream.start_tls(ssl_context, server_hostname, _shortened(timeout))
        return _DeadlineStream(secured)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
