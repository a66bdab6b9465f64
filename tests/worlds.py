"""Runs one test over both halves of the library: threads (`sync`) and tasks (`async`).

May import: the standard library, pytest, ionq_direct.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from ionq_api.v0_4.client import Client
from ionq_direct._async.transport import AsyncTransport
from ionq_direct._concurrency import AsyncClock, Clock
from ionq_direct._origin import BaseURL
from ionq_direct._secret import Secret
from ionq_direct._sync.transport import Transport
from ionq_direct._transport_config import TransportConfig
from ionq_direct.options import RetryPolicy, Timeouts

KEY = "sk-3f9a7c21d04e4b6c8a55"
# Reached only where something has gone wrong, on however slow a machine.
QUICK = Timeouts(connect=20, read=20, write=20, pool=20, total=25)
EAGER = RetryPolicy(attempts=4, base=0.001, cap=0.002)


class FakeTime:
    """Time that passes only when somebody sleeps. Shared by both kinds of clock."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []
        self._lock = threading.Lock()

    def pass_by(self, seconds: float) -> None:
        with self._lock:
            self.now += seconds
            self.slept.append(seconds)


class FakeClock(Clock):
    def __init__(self, time: FakeTime) -> None:
        self._time = time

    def monotonic(self) -> float:
        return self._time.now

    def sleep(self, seconds: float) -> None:
        self._time.pass_by(seconds)


class FakeAsyncClock(AsyncClock):
    def __init__(self, time: FakeTime) -> None:
        self._time = time

    def monotonic(self) -> float:
        return self._time.now

    async def sleep(self, seconds: float) -> None:
        self._time.pass_by(seconds)
        await asyncio.sleep(0)


async def until(condition: Callable[[], object]) -> None:
    """Wait, in a task, for what a thread of the server brings about."""
    while not condition():  # noqa: ASYNC110 - a thread sets no asyncio.Event
        await asyncio.sleep(0.001)


def configured(url: str, **settings: Any) -> TransportConfig:
    """A configuration with a key and short limits."""
    defaults: dict[str, Any] = {"secret": Secret(KEY), "timeouts": QUICK, "retry": EAGER}
    return TransportConfig(base=BaseURL.parse(url), **{**defaults, **settings})


def beneath(transport: Any, url: str) -> Client:
    """The generated client over a transport, set up as `IonQ` does."""
    return Client(
        base_url=url,
        timeout=(QUICK.connect, QUICK.read, QUICK.write, QUICK.pool),
        httpx_args={"transport": transport, "trust_env": False},
    )


class SyncWorld:
    """A client in threads."""

    name = "sync"

    def __init__(self) -> None:
        self._clients: list[Any] = []

    def transport(self, url: str, time: FakeTime | None = None, **settings: Any) -> Transport:
        extras = {name: settings.pop(name) for name in ("connector", "pacing") if name in settings}
        clock = FakeClock(time) if time else None
        return Transport(configured(url, **settings), clock=clock, **extras)

    def client(self, url: str, time: FakeTime | None = None, **settings: Any) -> Any:
        return self.client_of(self.transport(url, time, **settings), url)

    def client_of(self, transport: Transport, url: str) -> Any:
        client = beneath(transport, url).get_httpx_client()
        self._clients.append(client)
        return client

    def request(self, client: Any, method: str, path: str, **more: Any) -> Any:
        return client.request(method, path, **more)

    def many(self, client: Any, method: str, paths: list[str], **more: Any) -> list[Any]:
        """Responses or errors, all requested at the same time."""

        def one(path: str) -> Any:
            try:
                return client.request(method, path, **more)
            except Exception as error:  # noqa: BLE001 - handed to the test as an outcome
                return error

        with ThreadPoolExecutor(len(paths)) as pool:
            return list(pool.map(one, paths))

    def close(self, *clients: Any) -> None:
        for client in clients:
            client.close()

    def end(self) -> None:
        self.close(*self._clients)


class AsyncWorld:
    """A client in tasks of one event loop."""

    name = "async"

    def __init__(self) -> None:
        self._clients: list[Any] = []
        self._runner = asyncio.Runner()

    def run(self, coroutine: Any) -> Any:
        return self._runner.run(coroutine)

    def transport(self, url: str, time: FakeTime | None = None, **settings: Any) -> AsyncTransport:
        extras = {name: settings.pop(name) for name in ("connector", "pacing") if name in settings}
        clock = FakeAsyncClock(time) if time else None
        return AsyncTransport(configured(url, **settings), clock=clock, **extras)

    def client(self, url: str, time: FakeTime | None = None, **settings: Any) -> Any:
        return self.client_of(self.transport(url, time, **settings), url)

    def client_of(self, transport: AsyncTransport, url: str) -> Any:
        client = beneath(transport, url).get_async_httpx_client()
        self._clients.append(client)
        return client

    def request(self, client: Any, method: str, path: str, **more: Any) -> Any:
        return self.run(client.request(method, path, **more))

    def many(self, client: Any, method: str, paths: list[str], **more: Any) -> list[Any]:
        async def all_of_them() -> list[Any]:
            calls = [client.request(method, path, **more) for path in paths]
            return await asyncio.gather(*calls, return_exceptions=True)

        return self.run(all_of_them())

    def close(self, *clients: Any) -> None:
        async def all_of_them() -> None:
            for client in clients:
                await client.aclose()

        self.run(all_of_them())

    def end(self) -> None:
        self.close(*self._clients)
        self._runner.close()


World = SyncWorld | AsyncWorld


def world_fixture() -> Any:
    """The fixture `world`, for a test module to hold: each test that takes it runs twice."""

    @pytest.fixture(params=[SyncWorld, AsyncWorld], ids=["sync", "async"], name="world")
    def world(request: pytest.FixtureRequest) -> Iterator[World]:
        made = request.param()
        yield made
        made.end()

    return world
