"""How far jobs have come. May import: _status, the standard library. Values only; public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from ionq_direct._status import has_ended

__all__ = ["Progress", "WaitProgress"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a set of jobs has come: those waited for, or the circuits of one job.

    Attributes:
        total: Number of jobs.
        ended: How many of them have ended.
        statuses: How many were last seen with each status; `unseen` for those not seen yet.
    """

    total: int
    ended: int
    statuses: Mapping[str, int]

    @classmethod
    def of(cls, statuses: Mapping[str, int]) -> Self:
        """From the number of jobs with each status."""
        ended = sum(count for status, count in statuses.items() if has_ended(status))
        return cls(total=sum(statuses.values()), ended=ended, statuses=dict(statuses))

    @property
    def fraction(self) -> float:
        """Share of the jobs that have ended, from 0 to 1; 1 when there are none."""
        return self.ended / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class WaitProgress(Progress):
    """How far waiting has come.

    Attributes:
        elapsed: Seconds since waiting began.
    """

    elapsed: float = 0.0
