"""Many submissions in one run: what is told of them, apart from any I/O.

May import: errors and the standard library.
"""

from __future__ import annotations

from dataclasses import dataclass

from ionq_direct.errors import (
    APIError,
    InvalidArgument,
    InvalidJob,
    IonQError,
    NotSubmitted,
)

__all__ = ["SubmissionOutcome", "SubmissionProgress", "stops_a_run"]

# Refusals of one payload. Others (a wrong key, too many requests) the next would meet as well.
_REFUSALS_OF_ONE = frozenset({400, 402, 403, 404, 413, 422})


@dataclass(frozen=True, slots=True)
class SubmissionOutcome:
    """What became of one payload.

    Attributes:
        position: Its place among the payloads, from 0.
        tag: The submission's tag; `find_submission(tag)` finds the job, if there is one.
        job_id: The job that it made; None: it made none, or that is not known.
        error: Why it made none: `SubmissionUnknown` if that is not known, `NotSubmitted` if it
            was not tried. None when it made one.
    """

    position: int
    tag: str
    job_id: str | None = None
    error: IonQError | None = None


@dataclass(frozen=True, slots=True)
class SubmissionProgress:
    """How far a run is.

    Attributes:
        total: Number of payloads.
        submitted: How many made a job, in this run or, by its journal, in an earlier one.
        failed: How many did not, and will not in this run.
        latest: The outcome that has just come in; None in the first call, before anything is sent.
    """

    total: int
    submitted: int
    failed: int
    latest: SubmissionOutcome | None

    @property
    def left(self) -> int:
        """How many are still to come."""
        return self.total - self.submitted - self.failed


def stops_a_run(error: Exception, *, others_went_well: bool) -> bool:
    """Whether no further payload is to be begun after the failure of one.

    It is when the failure may be everybody's (a wrong key, a server that cannot be reached or
    keeps failing) and nothing shows that it is not.

    Args:
        error: The failure.
        others_went_well: Whether another payload was submitted while this one was tried.
    """
    if isinstance(error, APIError) and error.status in _REFUSALS_OF_ONE:
        return False
    if isinstance(error, InvalidJob | InvalidArgument | NotSubmitted):
        return False
    return not others_went_well
