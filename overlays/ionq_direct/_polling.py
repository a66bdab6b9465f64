"""How long to wait between two looks at a job. May import: errors, _shapes, _status.

Pure decisions: a job's JSON and the time in, seconds out. The random source is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ionq_direct._checks import require_positive
from ionq_direct._shapes import number_or_none
from ionq_direct._status import STARTED
from ionq_direct.errors import (
    APIError,
    ConfigurationError,
    ConnectionFailed,
    DecodeError,
    InvalidArgument,
)

__all__ = [
    "LAST_LOOK_S",
    "Pace",
    "PollPolicy",
    "check_timeout",
    "is_passing",
    "jittered",
    "predicted_seconds",
    "retry_after",
]

LAST_LOOK_S: Final = 5.0
"""Seconds that a look gets to be answered, even if the waiting time is over by then."""

_JITTER: Final = 0.2

# Statuses below 500 that say nothing about the job: timeouts, too many requests, and 409, with
# which Cloudflare reports a DNS failure (facts: qiskit-ionq, cirq-ionq).
_PASSING: Final = frozenset({408, 409, 425, 429})


@dataclass(frozen=True, slots=True)
class PollPolicy:
    """How often to look at a job that has not ended.

    Attributes:
        first: Seconds before the second look.
        longest: Most seconds between two looks, also when the server predicts a longer wait.

    Raises:
        ConfigurationError: Not 0 < first <= longest < infinity.
    """

    first: float = 0.2
    longest: float = 15.0

    def __post_init__(self) -> None:
        require_positive("poll.first", self.first)
        require_positive("poll.longest", self.longest)
        if self.first > self.longest:
            raise ConfigurationError(
                f"poll.first and poll.longest: must be seconds, 0 < first <= longest "
                f"(got {self.first!r} and {self.longest!r})"
            )


class Pace:
    """The growing waits of one job's polling, without jitter.

    They grow with the time that has passed, half as long as it, so that a look more or less, with
    which another job was due, changes nothing.

    Args:
        policy: Their bounds.
    """

    __slots__ = ("_began", "_expected_end", "_policy", "_told")

    def __init__(self, policy: PollPolicy) -> None:
        self._policy = policy
        self._began: float | None = None
        self._told: tuple[object, float | None] = (None, None)
        self._expected_end = 0.0

    def next(self, job: Mapping[str, Any], now: float) -> float:
        """Seconds to wait before the next look.

        Half of what is left of a prediction is slept through, since predictions are for the
        median job: the looks draw closer as the predicted end does.

        Args:
            job: The job as last seen; empty if it has not been seen yet.
            now: Seconds, by the clock that the caller sleeps by.
        """
        if self._began is None:
            self._began = now
        predicted = predicted_seconds(job)
        told = (job.get("status"), predicted)
        if told != self._told:  # a prediction that stays the same grows old
            self._told = told
            self._expected_end = now + (predicted or 0.0)
        grown = self._policy.first + (now - self._began) / 2
        return min(max(grown, (self._expected_end - now) / 2), self._policy.longest)


def jittered(seconds: float, random: Callable[[], float]) -> float:
    """A wait, a fifth longer or shorter at most, so that many clients do not march in step.

    Args:
        seconds: The wait.
        random: Uniform numbers from 0 to 1.
    """
    return seconds * (1 + _JITTER * (2 * random() - 1))


def predicted_seconds(job: Mapping[str, Any]) -> float | None:
    """Seconds until the server expects a job to end; None if it does not say, or not sensibly.

    The wait in the queue counts until the job has started.
    """
    names = ["predicted_execution_duration_ms"]
    if job.get("status") != STARTED:
        names.append("predicted_wait_time_ms")
    told = [number_or_none(job.get(name)) for name in names]
    known = [value / 1000 for value in told if value is not None and value >= 0]
    return sum(known) if known else None


def is_passing(error: Exception) -> bool:
    """Whether a look that ended so says nothing about the job, and the next may succeed."""
    if isinstance(error, APIError):
        return error.status >= 500 or error.status in _PASSING
    if isinstance(error, DecodeError):
        return error.path == "$"  # half a body; elsewhere it is what strict mode objects to
    # No answer in time (by this library or by a deadline), or none at all.
    return isinstance(error, TimeoutError | ConnectionFailed)


def retry_after(error: Exception | None) -> float:
    """Seconds that the server asks to wait; 0 when it does not."""
    asked = error.retry_after if isinstance(error, APIError) else None
    return asked or 0.0


def check_timeout(timeout: object) -> float:
    """A waiting time in seconds.

    Raises:
        InvalidArgument: It is negative, not finite or no number: waiting has to end.
    """
    seconds = number_or_none(timeout)
    if seconds is None or seconds < 0:
        raise InvalidArgument(
            name="timeout", value=timeout, rule="must be seconds: a finite number, 0 or more"
        )
    return seconds
