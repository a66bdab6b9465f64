"""Decides whether a request is sent again, and when. Pure: no I/O, no clock, no state.

May import: the standard library, ionq_direct.options and _retry_after. The rules:

- Safe and idempotent methods are repeated (GET, HEAD, OPTIONS, PUT, DELETE: cancelling or deleting
  a job twice is cancelling or deleting it). POST never: IonQ has no idempotency key, and the job
  may exist although its answer was lost.
- One fault is harmless for every method: when no connection was made (name resolution, refused,
  TLS handshake, no free connection in time) no byte of the request has left.
- 429 for a POST is an explicit refusal, but it may also come from a proxy that had passed the
  request on: it is repeated only when the caller asks for it (`resend_refused`), which a layer
  that can look a submission up may do.
- Statuses: `RETRIED_STATUSES`, and 409 for GET, with which Cloudflare reports a DNS failure at
  IonQ's end. Of 5xx those are left out that name a lasting disagreement (501, 505, 506, 508, 510)
  or want a human (511).
"""

from __future__ import annotations

import enum
import math
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ionq_direct._retry_after import MAX_RETRY_AFTER_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from ionq_direct.options import RetryPolicy

__all__ = ["RETRIED_STATUSES", "Decision", "Failure", "decide"]

REPEATABLE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
LASTING_SERVER_ERRORS: Final = frozenset({501, 505, 506, 508, 510, 511})
RETRIED_STATUSES: Final = frozenset({408, 425, 429, *range(500, 600)}) - LASTING_SERVER_ERRORS
TOO_MANY_REQUESTS: Final = 429
CONFLICT: Final = 409

# What a retry takes from the shared budget. A timeout has already cost the server more.
COST: Final = 5
TIMEOUT_COST: Final = 10

_MOST_DOUBLINGS = 60  # beyond it 2**n overflows long after any cap


class Failure(enum.Enum):
    """How an attempt ended that brought no answer."""

    NOT_SENT = "no connection was made"
    LOST = "the connection broke"
    TIMED_OUT = "no answer in time"
    HOPELESS = "the same would happen again"


@dataclass(frozen=True, slots=True)
class Decision:
    """What comes after an attempt.

    Attributes:
        retry: Send again.
        delay: After so many seconds.
        reason: Why, or why not, in a few words.
        cost: What the retry takes from the budget.
        starved: There would be another attempt if the budget allowed it.
    """

    retry: bool
    delay: float
    reason: str
    cost: int = 0
    starved: bool = False

    @classmethod
    def final(cls, reason: str, *, starved: bool = False) -> Decision:
        """No further attempt."""
        return cls(retry=False, delay=0.0, reason=reason, starved=starved)


def decide(
    method: str,
    outcome: int | Failure,
    attempt: int,
    *,
    policy: RetryPolicy,
    retry_after: float | None = None,
    remaining: float = math.inf,
    resend_refused: bool = False,
    rand: Callable[[], float] = random.random,
) -> Decision:
    """Decide what comes after an attempt.

    Args:
        method: HTTP method, in capitals.
        outcome: Status of the answer, or how the attempt failed.
        attempt: Number of the attempt that has just ended, from 1.
        policy: The limits.
        retry_after: Seconds the server asks to wait; ignored when negative or not finite, and
            taken as 300 when longer.
        remaining: Seconds to the call's deadline. No wait reaches it.
        resend_refused: The caller knows that sending again after a 429 does no harm.
        rand: Gives numbers from 0 up to 1, for the jitter.

    Returns:
        The decision; with `retry` false its `delay` is 0.
    """
    refusal = _refusal(method, outcome, resend_refused=resend_refused)
    if refusal is not None:
        return Decision.final(refusal)
    told = _told(outcome)
    if attempt >= policy.attempts:
        return Decision.final(f"{told}: attempts are used up")
    delay = max(_backoff(attempt, policy, rand), _usable(retry_after))
    if delay >= remaining:
        return Decision.final(f"{told}: the deadline comes first")
    cost = TIMEOUT_COST if outcome is Failure.TIMED_OUT else COST
    return Decision(retry=True, delay=delay, reason=told, cost=cost)


def _refusal(method: str, outcome: int | Failure, *, resend_refused: bool) -> str | None:
    """Why this outcome of this method is not repeated; None when it may be."""
    if isinstance(outcome, Failure):
        if outcome is Failure.HOPELESS:
            return _told(outcome)
        harmless = outcome is Failure.NOT_SENT
    else:
        if outcome not in RETRIED_STATUSES and (method, outcome) != ("GET", CONFLICT):
            return f"{_told(outcome)} is final"
        harmless = outcome == TOO_MANY_REQUESTS and resend_refused
    if harmless or method in REPEATABLE_METHODS:
        return None
    return f"{_told(outcome)}: {method} is not repeated"


def _told(outcome: int | Failure) -> str:
    return str(outcome.value) if isinstance(outcome, Failure) else f"status {outcome}"


def _backoff(attempt: int, policy: RetryPolicy, rand: Callable[[], float]) -> float:
    return min(policy.cap, policy.base * 2.0 ** min(attempt - 1, _MOST_DOUBLINGS)) * rand()


def _usable(retry_after: float | None) -> float:
    if retry_after is None or not math.isfinite(retry_after) or retry_after < 0:
        return 0.0
    return min(retry_after, MAX_RETRY_AFTER_S)
