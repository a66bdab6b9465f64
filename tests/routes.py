"""An action for `ScriptedServer` that answers by path, and both halves of the library against it.

May import: the standard library, ionq_direct, tests.servers, tests.worlds.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ionq_direct import AsyncIonQ, IonQ
from tests.servers import Exchange, head
from tests.worlds import EAGER, KEY

EXAMPLES = Path(__file__).parent / "data" / "ionq_v0_4"


def example(name: str) -> Any:
    """The body of one of the contract's examples."""
    return json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))["body"]


class Routes:
    """Answers GET requests from a table of targets; anything else is 404.

    A key is a path below the version (`/jobs/1`), with its query if it has one
    (`/jobs/1/results/probabilities?sharpen=true`). A value is JSON, bytes, an HTTP status, or a
    pair of a status and JSON.
    """

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.table = dict(table)
        self.asked: list[str] = []

    def __call__(self, exchange: Exchange) -> None:
        seen = exchange.read()
        target = seen.target.removeprefix("/v0.4")
        self.asked.append(target)
        status, body = _answer(self.table.get(target, 404))
        exchange.send(head(status, {"content-length": str(len(body))}) + body)


def _answer(found: Any) -> tuple[int, bytes]:
    if isinstance(found, int):
        found = found, {"statusCode": found, "error": "x", "message": "as told"}
    if not isinstance(found, tuple):
        found = 200, found
    status, body = found
    return status, body if isinstance(body, bytes) else json.dumps(body).encode()


class SyncHalf:
    """`IonQ`, in this thread."""

    def __init__(self, url: str, **options: Any) -> None:
        self.ionq: Any = IonQ(KEY, url, retry=EAGER, **options)

    def call(self, target: Any, name: str, *arguments: Any, **named: Any) -> Any:
        return getattr(target, name)(*arguments, **named)

    def job(self, job_id: str) -> Any:
        return self.call(self.ionq, "job", job_id)

    def end(self) -> None:
        self.ionq.close()


class AsyncHalf:
    """`AsyncIonQ`, in a loop of its own."""

    def __init__(self, url: str, **options: Any) -> None:
        self._runner = asyncio.Runner()
        self.ionq: Any = AsyncIonQ(KEY, url, retry=EAGER, **options)

    def call(self, target: Any, name: str, *arguments: Any, **named: Any) -> Any:
        return self._runner.run(getattr(target, name)(*arguments, **named))

    def job(self, job_id: str) -> Any:
        return self.call(self.ionq, "job", job_id)

    def end(self) -> None:
        self._runner.run(self.ionq.aclose())
        self._runner.close()
