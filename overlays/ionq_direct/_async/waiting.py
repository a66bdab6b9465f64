"""Wait for jobs to end. May import: the generated client, and of this package what has no I/O."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from typing import Any

from ionq_api.v0_4.api.jobs import get_job
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_direct._answers import checked
from ionq_direct._concurrency import AsyncClock, async_call
from ionq_direct._polling import Pace, PollPolicy, predicted_seconds
from ionq_direct._shapes import object_or_none
from ionq_direct._status import CANCELED, FAILED, has_ended
from ionq_direct.errors import (
    APIError,
    ConnectionFailed,
    DecodeError,
    IonQError,
    JobCanceled,
    JobFailed,
    JobTimeout,
    RequestTimeout,
)

__all__ = ["async_wait_for_job"]

_log = logging.getLogger("ionq_direct.waiting")


async def async_wait_for_job(
    client: AuthenticatedClient,
    job_id: str,
    *,
    timeout: float = 300.0,  # noqa: ASYNC109 - the deadline is part of the answer: JobTimeout
    poll: PollPolicy | None = None,
    on_progress: Callable[[dict[str, Any]], object] | None = None,
    clock: AsyncClock | None = None,
) -> dict[str, Any]:
    """Wait until a job has completed.

    A status that the contract does not know is waited on; it never counts as the end. An answer
    that cannot be had or read (a dropped connection, a 5xx, half a body) is asked for again.

    Args:
        client: The generated client (`IonQ(...).api`, or one of your own).
        job_id: The job.
        timeout: Most seconds to wait.
        poll: How often to look.
        on_progress: Called with the job's JSON after each look.
        clock: Where time comes from.

    Returns:
        The completed job as the server sent it.

    Raises:
        JobFailed: The job ended as `failed`; carries IonQ's code and message.
        JobCanceled: The job ended as `canceled`.
        JobTimeout: It had not ended in time. It goes on.
        NotFound: There is no such job, or it was deleted.
        APIError: The server refused to tell (a wrong key, say).
    """
    clock = clock or AsyncClock()
    pace = Pace(poll or PollPolicy(), random.random)
    end = clock.monotonic() + timeout
    job: dict[str, Any] = {}
    trouble: IonQError | None = None
    while True:
        try:
            job = await _look(client, job_id)
            trouble = None
        except (APIError, ConnectionFailed, RequestTimeout, DecodeError) as error:
            if isinstance(error, APIError) and error.status < 500 and error.status != 429:
                raise
            trouble = error
            _log.warning("job %s: %s", job_id, error)
        else:
            if on_progress is not None:
                await async_call(on_progress, job)
            if has_ended(job.get("status")):
                return _completed(job, job_id)
        left = end - clock.monotonic()
        if left <= 0:
            raise JobTimeout(job_id=job_id, status=job.get("status"), timeout=timeout) from trouble
        await clock.sleep(min(pace.next(predicted_seconds(job)), left))


async def _look(client: AuthenticatedClient, job_id: str) -> dict[str, Any]:
    response = await get_job.asyncio_detailed(job_id, client=client)
    return checked(response, method="GET", path=f"/jobs/{job_id}").to_dict()


def _completed(job: dict[str, Any], job_id: str) -> dict[str, Any]:
    if job["status"] == FAILED:
        raise JobFailed.from_failure(job_id, object_or_none(job.get("failure")))
    if job["status"] == CANCELED:
        raise JobCanceled(job_id=job_id)
    return job
