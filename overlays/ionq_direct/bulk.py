"""What became of each of many jobs that were to be canceled or deleted. May import: errors.

Values only; public.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ionq_direct.errors import IonQError

__all__ = ["BulkOutcome", "BulkReport"]


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What became of one job.

    Attributes:
        id: The job.
        status: What the server says of it (`canceled`, `deleted`); None: it refused, or did not
            answer.
        error: Why not.
    """

    id: str
    status: str | None = None
    error: IonQError | None = None

    @property
    def ok(self) -> bool:
        """Whether the server says that it was done."""
        return self.error is None


class BulkReport(Mapping[str, BulkOutcome]):
    """The outcome for each id, in the order in which they were given.

    IonQ does not say what a bulk request does when one of its jobs is unknown or has ended (facts
    1.5). Ids that its answer leaves out are therefore asked for one by one, so that each has an
    outcome of its own.
    """

    def __init__(self, outcomes: Mapping[str, BulkOutcome]) -> None:
        self._outcomes = MappingProxyType(dict(outcomes))

    @property
    def ok(self) -> bool:
        """Whether the server says that all was done."""
        return all(outcome.ok for outcome in self.values())

    @property
    def done(self) -> tuple[str, ...]:
        """Ids of the jobs for which it was done."""
        return tuple(outcome.id for outcome in self.values() if outcome.ok)

    @property
    def failed(self) -> dict[str, IonQError]:
        """Ids of the jobs for which it was not, and why not."""
        return {outcome.id: outcome.error for outcome in self.values() if outcome.error is not None}

    def raise_for_failures(self) -> None:
        """Raise the first failure, if there is one; a note tells how many there are.

        Raises:
            IonQError: Why it was not done for a job.
        """
        failed = self.failed
        for job_id, error in failed.items():
            error.add_note(f"for job {job_id}, and {len(failed) - 1} more of {len(self)}")
            raise error

    def __getitem__(self, job_id: str) -> BulkOutcome:
        return self._outcomes[job_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._outcomes)

    def __len__(self) -> int:
        return len(self._outcomes)

    def __repr__(self) -> str:
        return f"BulkReport(done={len(self.done)}, failed={len(self.failed)})"
