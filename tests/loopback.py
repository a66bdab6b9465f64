"""A real HTTP server on loopback that answers what a test tells it and keeps what it was sent.

May import: the standard library.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True)
class Received:
    """A request as it came over the wire."""

    method: str
    target: str
    headers: Message
    body: bytes

    @property
    def path(self) -> str:
        return unquote(urlsplit(self.target).path)

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(urlsplit(self.target).query, keep_blank_values=True)


@dataclass
class Loopback:
    """The server: set the next answers with `answer` or `answer_json`, look at `received`."""

    url: str
    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.status, self.body = status, body
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def answer_json(self, status: int, body: Any) -> None:
        self.answer(status, json.dumps(body).encode(), content_type="application/json")

    @property
    def last(self) -> Received:
        return self.received[-1]


@contextmanager
def serve() -> Iterator[Loopback]:
    """Run the server for as long as the context lasts."""
    loopback = Loopback("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # keeps connections, as the real service does
        disable_nagle_algorithm = True

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            loopback.received.append(Received(self.command, self.path, self.headers, body))
            self.send_response(loopback.status, "as told")
            for name, value in loopback.headers.items():
                self.send_header(name, value)
            if loopback.status != 204:
                self.send_header("Content-Length", str(len(loopback.body)))
            self.end_headers()
            if loopback.status != 204:
                self.wfile.write(loopback.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name there
            pass

    for method in ("GET", "POST", "PUT", "DELETE", "PATCH"):
        setattr(Handler, f"do_{method}", Handler.handle_any)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    loopback.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield loopback
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
