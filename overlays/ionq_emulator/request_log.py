"""The last requests, as they came in and as they were answered. Keys are never among it.

May import: the standard library.
"""

from __future__ import annotations

import itertools
import threading
from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any

__all__ = ["Entry", "RequestLog"]

_KEPT = 2_000
_BODY = 16_384


@dataclass(slots=True)
class Entry:
    """One request.

    Attributes:
        at_ms: When, by the emulator's clock, ms since the epoch.
        project_id: Whose; None where no key was needed or it was refused.
        status: The answer's status; None when the connection was cut before any.
        duration_ms: Until the answer was ready, real time.
        request_body: The body as text, cut after 16 KiB; likewise `response_body`.
        faults: The kinds of fault that were injected.
    """

    number: int
    at_ms: int
    method: str
    path: str
    query: str
    operation: str | None
    project_id: str | None
    status: int | None
    duration_ms: float
    request_id: str
    request_body: str
    response_body: str
    faults: list[str] = field(default_factory=list)

    def describe(self) -> dict[str, Any]:
        """The entry as JSON."""
        return asdict(self)


class RequestLog:
    """The last 2,000 requests."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: deque[Entry] = deque(maxlen=_KEPT)
        self._numbers = itertools.count(1)

    def add(self, *, request_body: bytes, response_body: bytes, **entry: Any) -> None:
        """Note a request."""
        self._entries.append(
            Entry(
                number=next(self._numbers),
                request_body=_text(request_body),
                response_body=_text(response_body),
                **entry,
            )
        )

    def entries(
        self, *, project_id: str | None = None, operation: str | None = None
    ) -> list[Entry]:
        """The requests, oldest first.

        Args:
            project_id: Only this project's.
            operation: Only those of this `operationId`.
        """
        with self._lock:
            entries = list(self._entries)
        return [
            entry
            for entry in entries
            if (project_id is None or entry.project_id == project_id)
            and (operation is None or entry.operation == operation)
        ]

    def clear(self) -> None:
        """Forget all requests."""
        with self._lock:
            self._entries.clear()


def _text(body: bytes) -> str:
    return body[:_BODY].decode("utf-8", "replace")
