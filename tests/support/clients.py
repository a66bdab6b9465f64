"""Both halves of the library behind one way of calling.

May import: the standard library, pytest, ionq_direct, tests.worlds.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from ionq_direct import AsyncIonQ, IonQ
from tests.worlds import FakeAsyncClock, FakeClock, FakeTime

KEY = "a-key-of-the-tests"


class Caller:
    """A client of one half; `caller(lambda ionq: ionq.submit(payload))` does it in either.

    Attributes:
        kind: `sync` or `async`.
        ionq: The client.
    """

    def __init__(
        self,
        kind: str,
        url: str,
        *,
        key: str = KEY,
        time: FakeTime | None = None,
        **options: Any,
    ) -> None:
        self.kind = kind
        clocks: dict[str, Any] = {}
        if time is not None:
            clocks["clock"] = FakeClock(time) if kind == "sync" else FakeAsyncClock(time)
        self._runner = asyncio.Runner()
        make: Any = IonQ if kind == "sync" else AsyncIonQ
        self.ionq = make(key, url, **clocks, **options)

    def __call__(self, call: Callable[[Any], Any]) -> Any:
        """What the call gives, awaited if it is to be."""

        async def awaited() -> Any:
            value = call(self.ionq)
            return await value if inspect.isawaitable(value) else value

        return call(self.ionq) if self.kind == "sync" else self._runner.run(awaited())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self(lambda ionq: ionq.close() if self.kind == "sync" else ionq.aclose())
        self._runner.close()
