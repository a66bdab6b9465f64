"""Between HTTP and the cloud: what a handler gets and gives, and the gate every request passes.

May import: starlette, auth, errors and the request log. The one place that turns exceptions into
IonQ's error bodies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

from ionq_emulator.distributions import Columns
from ionq_emulator.errors import too_large

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams
    from starlette.requests import Request

    from ionq_emulator.auth import Identity

__all__ = [
    "MAX_BODY_BYTES",
    "Answer",
    "Call",
    "Handler",
    "Operation",
    "content_answer",
    "json_answer",
    "read_body",
]

MAX_BODY_BYTES = 10 * 1024 * 1024  # IonQ API reference, POST /jobs, 413
JSON_TYPE = "application/json"


@dataclass(slots=True)
class Call:
    """A request as a handler sees it: authenticated, its body read."""

    identity: Identity
    params: Mapping[str, str]
    query: QueryParams
    body: bytes = b""
    lag_ms: int = 0


@dataclass(slots=True)
class Answer:
    """What a handler gives back: a body, or a stream of its parts."""

    body: bytes = b""
    status: int = 200
    media_type: str = JSON_TYPE
    headers: dict[str, str] = field(default_factory=dict)
    stream: Iterator[bytes] | None = None


Handler = Callable[[Call], Answer]


@dataclass(frozen=True, slots=True)
class Operation:
    """A route: what it is called in the contract, and who answers.

    Attributes:
        name: The contract's `operationId`; a name of ours where the contract has none.
        public: Served without a key.
        version: `v0.4` or `v0.3`.
        slow: Answered in a thread, beside other requests.
    """

    name: str
    method: str
    path: str
    handler: Handler
    public: bool = False
    version: str = "v0.4"
    slow: bool = False


def content_answer(content: bytes | Columns | Iterator[bytes]) -> Answer:
    """An answer with JSON that is at hand, or is made as it is sent."""
    if isinstance(content, bytes):
        return Answer(content)
    return Answer(stream=content.json() if isinstance(content, Columns) else content)


def json_answer(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    """An answer with a JSON body."""
    return Answer(orjson.dumps(value), status, headers=headers or {})


async def read_body(request: Request) -> bytes:
    """The request's body.

    All of it is read even when it is too large, so that the sender gets to hear the answer.

    Raises:
        ApiError: 413, when it is larger than 10 MB.
    """
    parts: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= MAX_BODY_BYTES:
            parts.append(chunk)
    if size > MAX_BODY_BYTES:
        raise too_large(MAX_BODY_BYTES)
    return b"".join(parts)
