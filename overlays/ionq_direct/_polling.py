"""How long to wait between two looks at a job. May import: the standard library.

Pure decisions: a job's JSON in, seconds out. The random source is handed in.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ionq_direct.errors import ConfigurationError

__all__ = ["Pace", "PollPolicy", "predicted_seconds"]

_GROWTH = 1.5
_JITTER = 0.2


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
        if not 0 < self.first <= self.longest < math.inf:
            raise ConfigurationError(
                f"poll.first and poll.longest: must be seconds, 0 < first <= longest "
                f"(got {self.first!r} and {self.longest!r})"
            )


class Pace:
    """The growing, jittered waits of one run of polling.

    Args:
        policy: Its bounds.
        random: Uniform numbers from 0 to 1.
    """

    def __init__(self, policy: PollPolicy, random: Callable[[], float]) -> None:
        self._policy = policy
        self._random = random
        self._pause = policy.first

    def next(self, predicted: float | None) -> float:
        """Seconds to wait before the next look.

        Args:
            predicted: Seconds until the server expects the job to end, if it says so. Half of it
                is slept through: predictions are for the median job.
        """
        base = self._pause if predicted is None else max(self._pause, predicted / 2)
        self._pause = min(self._pause * _GROWTH, self._policy.longest)
        jitter = 1 + _JITTER * (2 * self._random() - 1)
        return min(base * jitter, self._policy.longest)


def predicted_seconds(job: Mapping[str, Any]) -> float | None:
    """Seconds until the server expects a job to end; None if it does not say, or not sensibly."""
    known = [
        value / 1000
        for name in ("predicted_wait_time_ms", "predicted_execution_duration_ms")
        if isinstance(value := job.get(name), int | float) and 0 <= value < math.inf
    ]
    return sum(known) if known else None
