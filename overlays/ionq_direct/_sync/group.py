# Generated from overlays/ionq_direct/_async/group.py by scripts.sync_from_async. Do not edit.
"""Many circuits in few jobs, as one thing. May import: the generated client, the rest of _sync."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ionq_direct._concurrency import run_many
from ionq_direct._sync.job import Job
from ionq_direct.bulk import BulkReport
from ionq_direct.packing import Pack, in_callers_order
from ionq_direct.results import Result

if TYPE_CHECKING:
    from ionq_direct._sync.client import IonQ

__all__ = ["JobGroup"]

_FETCHED_AT_ONCE = 8


class JobGroup:
    """The jobs that a list of circuits was packed into.

    Attributes:
        jobs: The jobs, in the order of their first circuits.
        packs: What each holds.
    """

    def __init__(self, ionq: IonQ, jobs: Sequence[Job], packs: Sequence[Pack]) -> None:
        self._ionq = ionq
        self.jobs = tuple(jobs)
        self.packs = tuple(packs)

    def __len__(self) -> int:
        """Number of circuits."""
        return sum(len(pack.positions) for pack in self.packs)

    def result(
        self,
        timeout: float = 300.0,  # noqa: ASYNC109 - the deadline is part of the answer: JobTimeout
    ) -> list[Result]:
        """Wait until all jobs have completed, and fetch what they produced.

        Args:
            timeout: Most seconds to wait for all of them.

        Returns:
            One result for each of the caller's circuits, in the caller's order.

        Raises:
            JobFailed, JobCanceled, JobDeleted: A job ended otherwise.
            JobTimeout: They had not all ended in time. They go on.
            IonQError: IonQ sent more or fewer results than there are circuits in a job.
            APIError: A result could not be had.
        """
        for job in self._ionq.wait(self.jobs, timeout):
            job.raise_unless_completed()
        results = run_many(self._fetch, self.jobs, limit=_FETCHED_AT_ONCE)
        return in_callers_order(self.packs, results)

    def cancel(self) -> BulkReport:
        """Ask for all jobs to be stopped.

        Returns:
            What the server said of each.
        """
        return self._ionq.jobs.cancel(self.jobs)

    def _fetch(self, job: Job) -> Sequence[Result]:
        return job.results(0.0)

    def __repr__(self) -> str:
        return f"JobGroup({len(self)} circuits in {len(self.jobs)} jobs)"
