"""State that all calls of a client share: retry budget, cool-down after 429, request rate.

May import: the standard library, ionq_direct.options, _concurrency. No waiting happens here: each
part says how long to wait, so that threads and tasks can share one object. Safe between threads.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ionq_direct._concurrency import ForkSafeLock

if TYPE_CHECKING:
    from ionq_direct.options import Throttle

__all__ = ["CoolDown", "Pacing", "Rate", "RetryBudget"]


class RetryBudget:
    """Limits the retries of all calls together, so that a client does not add to an outage."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._left = capacity
        self._lock = ForkSafeLock()

    @property
    def left(self) -> int:
        """What is left."""
        return self._left

    def take(self, cost: int) -> bool:
        """Take the cost of a retry; False, and nothing taken, when there is not as much."""
        with self._lock:
            if cost > self._left:
                return False
            self._left -= cost
            return True

    def give(self, amount: int) -> None:
        """Give back what a call that succeeded had taken, or 1 for one that took nothing."""
        if self._left >= self._capacity:  # the usual case, without the lock: nothing to add
            return
        with self._lock:
            self._left = min(self._capacity, self._left + amount)


class CoolDown:
    """A time until which nobody sends."""

    def __init__(self) -> None:
        self._until = -math.inf
        self._lock = ForkSafeLock()

    def extend(self, now: float, seconds: float) -> None:
        """Let nobody send for so many seconds; never shortens a longer cool-down."""
        with self._lock:
            self._until = max(self._until, now + seconds)

    def remaining(self, now: float) -> float:
        """Seconds until one may send; 0: now."""
        return max(0.0, self._until - now)


class Rate:
    """A rate of requests with bursts, as a queue of time slots (the leaky bucket's other form)."""

    def __init__(self, rate: float | None, burst: int) -> None:
        self._interval = 0.0 if rate is None else 1.0 / rate
        self._allowance = self._interval * (burst - 1)
        self._next = -math.inf
        self._lock = ForkSafeLock()

    def reserve(self, now: float, less_than: float) -> float:
        """Reserve the next slot.

        Args:
            now: The time.
            less_than: Seconds from which on a wait makes no sense to the caller.

        Returns:
            Seconds to wait for the slot; infinity, and nothing reserved, when that is too long.
        """
        if not self._interval:
            return 0.0
        with self._lock:
            slot = max(self._next, now)
            wait = max(0.0, slot - self._allowance - now)
            if wait >= less_than:
                return math.inf
            self._next = slot + self._interval
            return wait


class Pacing:
    """The shared state of one client."""

    def __init__(self, *, budget: int, throttle: Throttle) -> None:
        self.budget = RetryBudget(budget)
        self.cool_down = CoolDown()
        self.rate = Rate(throttle.rate, throttle.burst)
        self._used = False

    def first_use(self) -> bool:
        """True once: for what a client does once however many transports it has."""
        first, self._used = not self._used, True
        return first
