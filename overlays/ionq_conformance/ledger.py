"""The jobs that a run has made: it may touch no others, and leaves none behind.

May import: the standard library.
"""

from __future__ import annotations

import math
import secrets
import threading
from typing import Final

__all__ = ["MARK", "Ledger"]

MARK: Final = "ionq-conformance"
"""The metadata key by which jobs of a run are known."""


class Ledger:
    """Counts and remembers.

    Args:
        most: Most jobs that may be created; None: no limit.

    Attributes:
        run: The mark of this run's jobs: `metadata[MARK]`.
        jobs: Ids of the jobs this run made and has not deleted.
        made: How many jobs count against `most`.
        sent: How many submissions were sent, refused ones included.
        unanswered: How many submissions had no answer that named a job: they are looked for by
            their mark.
    """

    def __init__(self, most: int | None) -> None:
        self.most = most
        self.run = secrets.token_hex(8)
        self.jobs: dict[str, None] = {}
        self.made = 0
        self.sent = 0
        self.unanswered = 0
        self._lock = threading.Lock()

    @property
    def left(self) -> float:
        """How many more jobs may be created."""
        return math.inf if self.most is None else self.most - self.made

    def made_here(self, job_id: object) -> bool:
        """Whether it is the id of a job that this run has made and not deleted."""
        return isinstance(job_id, str) and job_id in self.jobs

    def reserve(self) -> bool:
        """Count a job that is about to be created; False when there would be too many."""
        with self._lock:
            if self.most is not None and self.made >= self.most:
                return False
            self.made += 1
            self.sent += 1
            self.unanswered += 1
            return True

    def created(self, job_id: str) -> None:
        """The submission was answered with this id."""
        with self._lock:
            self.unanswered -= 1
            self.jobs[job_id] = None

    def refused(self) -> None:
        """The submission was answered with a refusal: there is no job."""
        with self._lock:
            self.unanswered -= 1
            self.made -= 1

    def found(self, job_id: str) -> None:
        """A job of this run turned up in a listing."""
        with self._lock:
            self.jobs[job_id] = None

    def deleted(self, job_id: str) -> None:
        """A job is gone."""
        with self._lock:
            self.jobs.pop(job_id, None)
