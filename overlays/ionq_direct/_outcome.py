"""What a job's end means to whoever waited for it. May import: errors, _shapes, _status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ionq_direct._shapes import object_or_none
from ionq_direct._status import CANCELED, DELETED, FAILED
from ionq_direct.errors import JobCanceled, JobDeleted, JobFailed

__all__ = ["raise_unless_completed"]


def raise_unless_completed(job: Mapping[str, Any], job_id: str) -> None:
    """Raise what a job that has ended, but not with a result, calls for.

    Raises:
        JobFailed, JobCanceled, JobDeleted: That is how it ended.
    """
    status = job.get("status")
    if status == FAILED:
        raise JobFailed.from_failure(job_id, object_or_none(job.get("failure")))
    if status == CANCELED:
        raise JobCanceled(job_id=job_id)
    if status == DELETED:
        raise JobDeleted(job_id=job_id)
