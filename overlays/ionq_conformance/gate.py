"""The one door through which requests leave: judged, paced, timed, read on the way back.

May import: contract, profiles, ledger, findings and the standard library. It listens on loopback
and forwards to the server under test: whatever library sends a request, no rule can be missed.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import threading
import time
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Final, Self, cast
from urllib.parse import unquote, urlsplit

from ionq_conformance.contract import Contract, Operation
from ionq_conformance.findings import Findings
from ionq_conformance.ledger import Ledger
from ionq_conformance.profiles import ForbiddenError, Profile, judge

__all__ = ["Answer", "Canned", "Exchange", "Gate"]

_HOP: Final = {
    "connection",
    "keep-alive",
    "transfer-encoding",
    "proxy-connection",
    "content-length",
}
# The gate reads answers, ids of new jobs above all: they must not come compressed.
_REPLACED: Final = {"host", "accept-encoding"}
_TIMEOUT: Final = 60.0
_PROBE_HEADER: Final = "X-Schemathesis-Probe"
_NO_BODY: Final = frozenset({204, 304})
_SAFE: Final = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the server, as it came.

    Attributes:
        operation: Of the document; None: the request was none of its operations.
        status: HTTP status.
        headers: Names in lower case.
        body: The bytes.
    """

    operation: Operation | None
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Canned:
    """An answer that the gate gives itself, in JSON; the request is not sent on."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request as it came to the gate, and what came back.

    Attributes:
        method: HTTP method.
        target: Path and query, as on the wire.
        headers: As on the wire.
        body: The bytes.
        answer: None: there was none, or the request must not be sent.
        forbidden: Whether the profile forbids it.
    """

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    answer: Answer | None
    forbidden: bool = False


class Gate:
    """Forwards requests to a server as far as the profile allows.

    Args:
        target: Base URL of the server, with the version.
        profile: What may be sent.
        contract: The document.
        ledger: What this run creates is written here.
        findings: Told how long each operation took.
        per_second: Most requests a second; None: no limit.
        on_answer: Called with each answer, in the thread that serves the request.

    Attributes:
        forbidden: What was refused here, and so never sent.
    """

    def __init__(
        self,
        target: str,
        profile: Profile,
        contract: Contract,
        ledger: Ledger,
        findings: Findings,
        *,
        per_second: float | None = None,
        on_answer: Callable[[Answer], None] | None = None,
    ) -> None:
        self.target = urlsplit(target.rstrip("/"))
        self.profile = profile
        self.contract = contract
        self.ledger = ledger
        self.findings = findings
        self.forbidden: list[str] = []
        self.sent = 0
        self._interval = 1 / per_second if per_second else 0.0
        self._next = 0.0
        self._lock = threading.Lock()
        self._on_answer = on_answer
        self.canned: Canned | None = None
        self._seen: list[Exchange] | None = None
        self._busy = 0
        self._idle = threading.Condition()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.gate = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="ionq-gate", daemon=True
        )

    @property
    def url(self) -> str:
        """The base URL to send requests to."""
        return f"http://127.0.0.1:{self._server.server_address[1]}{self.target.path}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @contextlib.contextmanager
    def watch(self) -> Generator[list[Exchange]]:
        """A list to which everything that passes meanwhile is added; one watches at a time."""
        self._seen = seen = list[Exchange]()
        try:
            yield seen
        finally:
            self._seen = None

    @contextlib.contextmanager
    def rehearse(self, canned: Canned) -> Generator[list[Exchange]]:
        """Answer everything from here and send nothing on; as `watch`."""
        with self.watch() as seen:
            self.canned = canned
            try:
                yield seen
            finally:
                self.canned = None

    def settle(self, seconds: float) -> bool:
        """Wait until no request is on its way; False when that takes longer."""
        with self._idle:
            return self._idle.wait_for(lambda: not self._busy, seconds)

    # -- what the handlers use ------------------------------------------------------------------

    def admit(
        self, method: str, path: str, body: bytes, headers: Iterable[str] = ()
    ) -> Operation | None:
        """Judge a request and wait for its turn.

        Returns:
            Its operation; None: it is none of the document's.

        Raises:
            ForbiddenError: It must not be sent.
        """
        below = self._below(path)
        try:
            judge(
                self.profile,
                self.contract,
                self.ledger,
                method=method,
                path=below,
                body=body,
                headers=headers,
            )
        except ForbiddenError as error:
            with self._lock:
                self.forbidden.append(str(error))
            raise
        self._wait()
        with self._lock:
            self.sent += 1
        return self.contract.find(method, below)

    @contextlib.contextmanager
    def busy(self) -> Generator[None]:
        """A request is on its way."""
        with self._idle:
            self._busy += 1
        try:
            yield
        finally:
            with self._idle:
                self._busy -= 1
                self._idle.notify_all()

    def passed(self, exchange: Exchange) -> None:
        """Show an exchange to who watches."""
        seen = self._seen
        if seen is not None:
            seen.append(exchange)

    def _below(self, path: str) -> str:
        bare = path.partition("?")[0]
        prefix = self.target.path
        if not bare.startswith(prefix):
            return bare
        return bare.removeprefix(prefix) or "/"

    def _wait(self) -> None:
        if not self._interval:
            return
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next)
            self._next = turn + self._interval
        time.sleep(max(0.0, turn - now))

    def connect(self) -> http.client.HTTPConnection:
        """A connection to the server under test."""
        kind = (
            http.client.HTTPSConnection
            if self.target.scheme == "https"
            else http.client.HTTPConnection
        )
        return kind(self.target.hostname or "", self.target.port, timeout=_TIMEOUT)

    def took(self, operation: Operation | None, seconds: float) -> None:
        """Note how long the server took to answer."""
        if operation is not None:
            self.findings.timed(operation.label, seconds)

    def answered(self, path: str, body: bytes, answer: Answer) -> None:
        """Keep the ledger, and pass the answer on to whoever reads answers."""
        operation = answer.operation
        if operation is not None:
            self._book(operation, self._below(path), body, answer)
        if self._on_answer is not None:
            self._on_answer(answer)

    def _book(self, operation: Operation, path: str, body: bytes, answer: Answer) -> None:
        name, fine = operation.operation_id, answer.status < 300
        if name == "CreateJob":
            self._book_creation(answer)
        elif fine and name == "DeleteJob":
            self.ledger.deleted(unquote(path.split("/")[2]))
        elif fine and name == "DeleteJobs":
            for job_id in _object(body).get("ids") or ():
                self.ledger.deleted(str(job_id))

    def _book_creation(self, answer: Answer) -> None:
        reserved = self.profile.writes == "own-jobs"
        job_id = _object(answer.body).get("id")
        if answer.status < 300 and isinstance(job_id, str):
            (self.ledger.created if reserved else self.ledger.found)(job_id)
        elif reserved and 400 <= answer.status < 500:
            self.ledger.refused()


def _object(body: bytes) -> dict[str, Any]:
    try:
        found: object = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


_Reply = tuple[int, list[tuple[str, str]], bytes]
"""Status, headers and body."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    gate: Gate

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no error of ours."""
        del request, client_address


class _Handler(BaseHTTPRequestHandler):
    """Serves one connection of a client over one connection to the server."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    _upstream: http.client.HTTPConnection | None = None

    def pass_on(self) -> None:
        """Forward a request and bring its answer back."""
        if "Transfer-Encoding" in self.headers:  # a body that could not be judged
            self.close_connection = True
            self._reply(411, [], b"")
            return
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if _PROBE_HEADER in self.headers:
            self._reply(400, [], b"")  # about the tool's own abilities, nothing to ask a server
            return
        canned = self._gate.canned
        with self._gate.busy():
            reply = self._bring(body) if canned is None else self._rehearsed(body, canned)
        if reply is None:
            self.close_connection = True  # as if there were no server
            return
        with contextlib.suppress(OSError):
            self._reply(*reply)

    def _rehearsed(self, body: bytes, canned: Canned) -> _Reply:
        headers = [("Content-Type", "application/json")]
        lowered = {name.lower(): value for name, value in headers}
        self._show(body, Answer(None, canned.status, lowered, canned.body))
        return canned.status, headers, canned.body

    def _bring(self, body: bytes) -> _Reply | None:
        """Send a request on as far as it may be; None: there is no answer."""
        gate = self._gate
        try:
            operation = gate.admit(self.command, self.path, body, self.headers)
        except ForbiddenError:
            self._show(body, None, forbidden=True)
            return None
        began = time.perf_counter()
        try:
            response, content = self._ask(body)
        except (OSError, http.client.HTTPException):
            self._forget()
            self._show(body, None)
            return None
        gate.took(operation, time.perf_counter() - began)
        headers = response.getheaders()
        lowered = {name.lower(): value for name, value in headers}
        answer = Answer(operation, response.status, lowered, content)
        gate.answered(self.path, body, answer)
        self._show(body, answer)
        return response.status, headers, content

    def _show(self, body: bytes, answer: Answer | None, *, forbidden: bool = False) -> None:
        headers = tuple(self.headers.items())
        self._gate.passed(
            Exchange(self.command, self.path, headers, body, answer, forbidden=forbidden)
        )

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Every method is served alike; the base class looks for `do_GET` and the like."""
        if name.startswith("do_"):
            return self.pass_on
        raise AttributeError(name)

    @property
    def _gate(self) -> Gate:
        return cast("_Server", self.server).gate

    def _ask(self, body: bytes) -> tuple[http.client.HTTPResponse, bytes]:
        """Send the request, once more where a kept connection turns out to be closed.

        What may not be sent twice goes over a connection of its own, which cannot be.
        """
        if self.command not in _SAFE:
            self._forget()
        fresh = self._upstream is None
        try:
            return self._ask_once(body)
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self._forget()
            if fresh:
                raise
            return self._ask_once(body)

    def _ask_once(self, body: bytes) -> tuple[http.client.HTTPResponse, bytes]:
        upstream = self._upstream or self._gate.connect()
        self._upstream = upstream
        upstream.putrequest(self.command, self.path, skip_accept_encoding=True, skip_host=True)
        upstream.putheader("Host", self._gate.target.netloc)
        upstream.putheader("Accept-Encoding", "identity")
        for name, value in self.headers.items():
            if name.lower() not in _HOP | _REPLACED:
                upstream.putheader(name, value.encode("latin-1", "replace"))
        if body or self.command in {"POST", "PUT", "PATCH"}:
            upstream.putheader("Content-Length", str(len(body)))
        upstream.endheaders(body or None)
        response = upstream.getresponse()
        content = response.read()
        if response.will_close:
            self._forget()
        return response, content

    def _forget(self) -> None:
        upstream, self._upstream = self._upstream, None
        if upstream is not None:
            upstream.close()

    def _reply(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in _HOP:
                self.send_header(name, value)
        if status not in _NO_BODY:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD" and status not in _NO_BODY:
            self.wfile.write(content)
        self.wfile.flush()

    def finish(self) -> None:
        """The client has hung up."""
        self._forget()
        super().finish()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the run reports."""
