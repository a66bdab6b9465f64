"""One test over both halves of the library, against a server that a function plays.

May import: ionq_direct, the scripted server, pytest. A test is written once, as a coroutine:
`await half.of(ionq.whoami())` works for `IonQ`, whose calls are done by then, and for `AsyncIonQ`.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import AsyncIterable, Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from ionq_direct import AsyncIonQ, IonQ, PollPolicy, RetryPolicy
from tests.servers import Action, Exchange, ScriptedServer, Seen, head
from tests.worlds import FakeAsyncClock, FakeClock, FakeTime

KEY = "a-key-of-the-tests"
NO_RETRY = RetryPolicy(attempts=1)
QUICK_POLL = PollPolicy(first=0.01, longest=0.05)


class Half:
    """How a test talks to one half."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._open: list[Any] = []

    def ionq(self, url: str, *, time: FakeTime | None = None, **options: Any) -> Any:
        """A client; `time` replaces the clock."""
        options = {"retry": NO_RETRY, **options}
        if self.name == "sync":
            client: Any = IonQ(KEY, url, clock=FakeClock(time) if time else None, **options)
        else:
            clock = FakeAsyncClock(time) if time else None
            client = AsyncIonQ(KEY, url, clock=clock, **options)
        self._open.append(client)
        return client

    async def of(self, value: Any) -> Any:
        """What a call gives."""
        return await value if inspect.isawaitable(value) else value

    async def items(self, values: Iterable[Any] | AsyncIterable[Any]) -> list[Any]:
        """What an iterator gives, to its end."""
        return [value async for value in each(values)]

    async def end(self) -> None:
        for client in self._open:
            await self.of(client.close() if self.name == "sync" else client.aclose())


async def each(values: Iterable[Any] | AsyncIterable[Any]) -> Any:
    """The items of either kind of iterator."""
    if isinstance(values, AsyncIterable):
        async for value in values:
            yield value
    else:
        for value in values:
            yield value


class entered:  # noqa: N801 - stands where `with` would
    """`async with entered(manager)` for either kind of context manager."""

    def __init__(self, manager: Any) -> None:
        self._manager = manager

    async def __aenter__(self) -> Any:
        if hasattr(self._manager, "__aenter__"):
            return await self._manager.__aenter__()
        return self._manager.__enter__()

    async def __aexit__(self, *error: object) -> Any:
        if hasattr(self._manager, "__aexit__"):
            return await self._manager.__aexit__(*error)
        return self._manager.__exit__(*error)


def half_fixture() -> Any:
    """The fixture `half`, for a test module to hold: each test that takes it runs twice."""

    @pytest.fixture(params=["sync", "async"], name="half")
    async def half(request: pytest.FixtureRequest) -> Any:
        made = Half(request.param)
        yield made
        await made.end()

    return half


# --- A server that a function plays ---------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A request, taken apart."""

    method: str
    path: str
    query: dict[str, list[str]]
    body: Any
    headers: dict[str, str]

    @classmethod
    def of(cls, seen: Seen) -> Asked:
        parts = urlsplit(seen.target)
        return cls(
            seen.method,
            unquote(parts.path).removeprefix("/v0.4"),
            parse_qs(parts.query, keep_blank_values=True),
            json.loads(seen.body) if seen.body else None,
            seen.headers,
        )

    @property
    def line(self) -> str:
        """Method and path, to match on."""
        return f"{self.method} {self.path}"

    def one(self, name: str) -> str | None:
        """A query parameter that is there once."""
        return self.query[name][0] if name in self.query else None


Reply = tuple[int, Any] | Action
"""A status with a JSON body, or what the scripted server can do besides."""


class PlayedServer(ScriptedServer):
    """Answers as a function of the request tells; `asked` holds the requests."""

    def __init__(self, play: Callable[[Asked], Reply]) -> None:
        super().__init__(otherwise=self._act)
        self._play = play
        self.asked: list[Asked] = []

    def _act(self, exchange: Exchange) -> None:
        asked = Asked.of(exchange.read())
        self.asked.append(asked)
        reply = self._play(asked)
        if not isinstance(reply, tuple):
            reply(exchange)
            return
        status, body = reply
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"content-length": str(len(content)), "content-type": "application/json"}
        exchange.send(head(status, headers) + content)

    def lines(self) -> list[str]:
        """Method and path of each request so far."""
        return [asked.line for asked in self.asked]


def drop(exchange: Exchange) -> None:
    """Break the connection; the request has been read by then."""
    exchange.reset()


def hang(exchange: Exchange) -> None:
    """Never answer; the request has been read by then."""
    exchange.stay_silent()


MISSING = (404, {"statusCode": 404, "error": "Not Found Error", "message": "Resource not found."})


def job_json(job_id: str, status: str = "completed", **fields: Any) -> dict[str, Any]:
    """A job as lists show it: every required field, most of them null."""
    return {
        "id": job_id,
        "status": status,
        "type": "ionq.circuit.v1",
        "backend": "simulator",
        "dry_run": False,
        "submitter_id": "68f1c2a97b3e4d0015ac9e42",
        "project_id": "7d3f5a90-1c2e-4b86-9f07-a3e5d8c41b62",
        "parent_job_id": None,
        "session_id": None,
        "metadata": None,
        "name": None,
        "submitted_at": "2026-09-14T10:02:11.482Z",
        "started_at": None,
        "completed_at": None,
        "predicted_wait_time_ms": None,
        "predicted_execution_duration_ms": None,
        "execution_duration_ms": None,
        "failure": None,
        "output": {},
        "settings": {},
        "stats": {},
        "results": None,
        **fields,
    }
