"""What a run found: cases, failures and times by operation and check.

May import: the standard library.
"""

from __future__ import annotations

import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

__all__ = ["Failure", "Findings", "OperationTally", "Proposal"]

_PERCENTILES = 100
_TEXTS = ("title", "message", "curl")


@dataclass(frozen=True, slots=True)
class Failure:
    """One way in which an operation broke one rule.

    Attributes:
        operation: Method and path template.
        check: The rule's name.
        title: The rule broken, in a line.
        message: What was seen.
        clause: JSON pointer into the document of the clause that was violated.
        curl: A request that shows it, its key redacted; empty where one request cannot.
        phase: Which part of the suite saw it.
    """

    operation: str
    check: str
    title: str
    message: str
    clause: str
    curl: str = ""
    phase: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same failure in another run."""
        return (self.operation, self.check, self.title)


@dataclass(slots=True)
class OperationTally:
    """What was done to one operation.

    Attributes:
        cases: How many requests were judged.
        checks: How many judgements by check.
        failed: How many of them failed, by check.
        seconds: How long each request took.
    """

    cases: int = 0
    checks: Counter[str] = field(default_factory=Counter[str])
    failed: Counter[str] = field(default_factory=Counter[str])
    seconds: list[float] = field(default_factory=list[float])

    def percentile(self, percent: int) -> float | None:
        """Response time in ms that so many percent of the requests did not exceed."""
        if not self.seconds:
            return None
        if len(self.seconds) == 1:
            return self.seconds[0] * 1000
        return statistics.quantiles(self.seconds, n=_PERCENTILES)[percent - 1] * 1000


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would make the document agree with the answers.

    Attributes:
        deviations: How often answers deviated.
        actions: What the patch does, each in a line.
        unsolved: What no patch can mend, each in a line with the reason.
        overlay: The patch, as YAML; empty: there is none.
    """

    deviations: int = 0
    actions: tuple[str, ...] = ()
    unsolved: tuple[str, ...] = ()
    overlay: str = ""


class Findings:
    """Everything one run found; threads may add to it.

    Args:
        accepted: Keys of failures that are accepted (see `baseline`).

    Attributes:
        operations: What was done to each, by method and path.
        errors: What the suite could not do.
        notes: What else a reader should know.
        phases: Those that were run.
        interrupted: Whether the run was stopped.
        secrets: Keys, to be kept out of every text.
        patch: What would make the document agree.
    """

    def __init__(self, accepted: Iterable[tuple[str, str, str]] = ()) -> None:
        self.operations: dict[str, OperationTally] = {}
        self.accepted_keys = frozenset(accepted)
        self.errors: list[str] = []
        self.notes: list[str] = []
        self.phases: list[str] = []
        self.interrupted = False
        self.secrets: tuple[str, ...] = ()
        self.patch = Proposal()
        self.began = time.time()
        self.ended: float | None = None
        self._failures: dict[tuple[str, str, str], Failure] = {}
        self._lock = threading.Lock()

    def case(self, operation: str) -> None:
        """Count a request that was judged."""
        with self._lock:
            self._tally(operation).cases += 1

    def timed(self, operation: str, seconds: float) -> None:
        """Note how long a request took."""
        with self._lock:
            self._tally(operation).seconds.append(seconds)

    def passed(self, operation: str, check: str) -> None:
        """Count a judgement that found nothing."""
        with self._lock:
            self._tally(operation).checks[check] += 1

    def failed(self, failure: Failure) -> None:
        """Count a judgement that found something, and keep the smallest request that shows it."""
        failure = replace(failure, **{name: self._told(failure, name) for name in _TEXTS})
        with self._lock:
            tally = self._tally(failure.operation)
            tally.checks[failure.check] += 1
            tally.failed[failure.check] += 1
            kept = self._failures.setdefault(failure.key, failure)
            if len(failure.curl) < len(kept.curl):
                self._failures[failure.key] = failure

    def _told(self, failure: Failure, name: str) -> str:
        """A text of a failure as it can be written, and without keys: servers may repeat them."""
        text = str(getattr(failure, name)).encode("utf-8", "backslashreplace").decode()
        for secret in self.secrets:
            text = text.replace(secret, "[REDACTED]")
        return text

    def error(self, text: str) -> None:
        """Note that part of the suite could not do its work."""
        with self._lock:
            if text not in self.errors:
                self.errors.append(text)

    def _tally(self, operation: str) -> OperationTally:
        return self.operations.setdefault(operation, OperationTally())

    @property
    def cases(self) -> int:
        """How many requests were judged."""
        return sum(tally.cases for tally in self.operations.values())

    @property
    def seconds(self) -> float:
        """How long the run took, or has taken."""
        return (self.ended or time.time()) - self.began

    @property
    def failures(self) -> list[Failure]:
        """The failures that are not accepted, by operation."""
        return [one for one in self._sorted() if one.key not in self.accepted_keys]

    @property
    def accepted(self) -> list[Failure]:
        """The failures that the baseline accepts, by operation."""
        return [one for one in self._sorted() if one.key in self.accepted_keys]

    @property
    def not_seen(self) -> list[tuple[str, str, str]]:
        """What the baseline accepts and did not happen: it can be taken out."""
        return sorted(self.accepted_keys - self._failures.keys())

    def all_times(self) -> Iterator[tuple[str, OperationTally]]:
        """Operations with their tallies, by path and method."""
        yield from sorted(self.operations.items(), key=lambda item: item[0].partition(" ")[::-1])

    def _sorted(self) -> list[Failure]:
        with self._lock:
            return sorted(self._failures.values(), key=lambda one: one.key)
