"""A loopback HTTP server that does what a test tells it, request by request, down to the bytes.

May import: the standard library.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

CERTIFICATE = Path(__file__).parent / "data" / "loopback.pem"
"""Key and certificate of localhost and 127.0.0.1, signed by itself; for these tests only."""


@dataclass
class Seen:
    """A request as the server received it."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    connection: int
    at: float = field(default_factory=time.monotonic)


class Gone(Exception):  # noqa: N818 - a state of the connection, not a fault
    """The other side, or the script, has closed the connection."""


class Exchange:
    """One connection at the moment a request is coming in."""

    def __init__(self, server: ScriptedServer, sock: socket.socket, number: int) -> None:
        self.server = server
        self.sock = sock
        self.number = number
        self._buffer = b""

    def wait(self) -> None:
        """Return when the first byte of a request is there, without taking it."""
        if not self._buffer:
            self._buffer = self._receive()

    def read(self) -> Seen:
        """Take the request, and keep it in `server.seen`."""
        while b"\r\n\r\n" not in self._buffer:
            self._buffer += self._receive()
        head, _, rest = self._buffer.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ")
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines)
        }
        length = int(headers.get("content-length", "0"))
        while len(rest) < length:
            rest += self._receive()
        self._buffer = rest[length:]
        seen = Seen(method, target, headers, rest[:length], self.number)
        self.server.seen.append(seen)
        return seen

    def _receive(self) -> bytes:
        received = self.sock.recv(65536)
        if not received:
            raise Gone
        return received

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def reset(self) -> None:
        """Break the connection at once (a TCP reset)."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()
        raise Gone

    def close(self) -> None:
        """End the connection in good order."""
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        raise Gone

    def stay_silent(self) -> None:
        """Do nothing until the other side goes away or the server ends."""
        self.server.ending.wait()
        raise Gone


Action = Callable[[Exchange], None]


def head(status: int, headers: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} Said So", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def answer(status: int = 200, body: bytes = b"{}", **headers: str) -> Action:
    """Answer; `retry_after="1"` becomes the header Retry-After."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named.setdefault("content-length", str(len(body)))

    def act(exchange: Exchange) -> None:
        exchange.read()
        exchange.send(head(status, named) + body)

    return act


def reset_unread(exchange: Exchange) -> None:
    """Break the connection before a byte of the request is read."""
    exchange.reset()


def reset_read(exchange: Exchange) -> None:
    """Break the connection when the request has been read: the worst moment."""
    exchange.read()
    exchange.reset()


def close_read(exchange: Exchange) -> None:
    """End the connection without an answer."""
    exchange.read()
    exchange.close()


def silent(exchange: Exchange) -> None:
    """Read the request and never answer."""
    exchange.read()
    exchange.stay_silent()


def sending(*pieces: bytes, every: float = 0.0, then: Action | None = None) -> Action:
    """Read the request, then send these pieces, so many seconds apart."""

    def act(exchange: Exchange) -> None:
        exchange.read()
        for piece in pieces:
            exchange.send(piece)
            if every and exchange.server.ending.wait(every):
                raise Gone
        if then is not None:
            then(exchange)

    return act


class ScriptedServer:
    """Serves on a free loopback port until the `with` block ends.

    The actions of `script` are taken in order, one per request, over all connections; when there
    are none left, `otherwise` is. `seen` holds the requests that were read.
    """

    def __init__(
        self, *script: Action, otherwise: Action | None = None, tls: bool = False, host: str = ""
    ) -> None:
        self.script: deque[Action] = deque(script)
        self.otherwise = otherwise or answer()
        self.seen: list[Seen] = []
        self.connections = 0
        self.ending = threading.Event()
        self._tls = tls
        self._host = host or "127.0.0.1"
        self._threads: list[threading.Thread] = []
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        """The base URL, with a version as IonQ's has."""
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}/v0.4"

    def then(self, *actions: Action) -> None:
        """Append to the script."""
        self.script.extend(actions)

    def still_open(self) -> int:
        """How many connections are open at this end."""
        with self._lock:
            return len(self._open)

    def __enter__(self) -> Self:
        self._listener = socket.create_server((self._host, 0))
        self.port: int = self._listener.getsockname()[1]
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self.ending.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for sock in self._open:
                with contextlib.suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)

    def _start(self, function: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=function, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                sock, _ = self._listener.accept()
                self.connections += 1
                self._start(self._serve, sock, self.connections)

    def _serve(self, sock: socket.socket, number: int) -> None:
        with contextlib.suppress(Gone, OSError):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock = self._secured(sock)
            with self._lock:
                self._open.add(sock)
            exchange = Exchange(self, sock, number)
            while True:
                exchange.wait()
                self._next()(exchange)
        with self._lock:
            self._open.discard(sock)
        sock.close()

    def _next(self) -> Action:
        with self._lock:
            return self.script.popleft() if self.script else self.otherwise

    def _secured(self, sock: socket.socket) -> socket.socket:
        if not self._tls:
            return sock
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        try:
            return context.wrap_socket(sock, server_side=True)
        except OSError:
            sock.close()
            raise


def refused_port() -> int:
    """A loopback port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def statuses(codes: Iterable[int]) -> list[Action]:
    """An answer for each status."""
    return [answer(code) for code in codes]
