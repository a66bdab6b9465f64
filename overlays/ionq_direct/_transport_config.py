"""What a transport needs to know and to share; the same for threads and tasks.

May import: the standard library and this package's modules without I/O.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from ionq_direct._origin import BaseURL
from ionq_direct._secret import Secret
from ionq_direct.hooks import Hooks
from ionq_direct.options import Connection, RetryPolicy, Throttle, Timeouts

__all__ = ["ATTEMPTS", "CALL_OPTIONS", "CallOptions", "TransportConfig"]

ATTEMPTS: Final = "ionq_attempts"
"""Extension of a response: how often its request was sent."""
CALL_OPTIONS: Final = "ionq_call"
"""Extension of a request: its `CallOptions`."""


@dataclass(frozen=True, slots=True)
class CallOptions:
    """What one call does differently; None: as its transport does.

    Attributes:
        total: Seconds for the whole call.
        retry: The retry policy (its budget stays the shared one).
        resend_refused: Send again after a 429 even if the method is POST.
    """

    total: float | None = None
    retry: RetryPolicy | None = None
    resend_refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportConfig:
    """How a transport behaves.

    Attributes:
        base: Where requests may go: this origin and no other.
        secret: The API key, added to each request as it leaves; None: no key.
        timeouts: Limits of a call; of the phases, those that the request itself sets come first.
        retry: When to send again.
        throttle: Limits on concurrency and rate.
        connection: How to reach the server.
        hooks: Functions to call around each attempt.
        rand: Jitter: numbers from 0 up to 1.
    """

    base: BaseURL
    secret: Secret | None = None
    timeouts: Timeouts = field(default_factory=Timeouts)
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    throttle: Throttle = field(default_factory=Throttle)
    connection: Connection = field(default_factory=Connection)
    hooks: Hooks = field(default_factory=Hooks)
    rand: Callable[[], float] = random.random
