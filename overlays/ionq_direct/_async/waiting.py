"""Wait for one job to end.

May import: the generated client, and of this package what has no I/O.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from typing import Any

from ionq_api.v0_4.api.jobs import cancel_job, get_job
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_direct._answers import checked
from ionq_direct._concurrency import AsyncClock, async_call, async_deadline
from ionq_direct._ids import check_id
from ionq_direct._outcome import raise_unless_completed
from ionq_direct._polling import (
    LAST_LOOK_S,
    Pace,
    PollPolicy,
    check_timeout,
    is_passing,
    jittered,
    retry_after,
)
from ionq_direct._status import has_ended
from ionq_direct.errors import JobError, JobTimeout, NotFound

__all__ = ["async_cancel_unwanted", "async_look_at_one", "async_wait_for_job"]

_log = logging.getLogger("ionq_direct.waiting")

_CANCEL_S = 10.0  # seconds that canceling may take when waiting has ended early


async def async_wait_for_job(
    client: AuthenticatedClient,
    job_id: str,
    *,
    timeout: float = 300.0,  # noqa: ASYNC109 - the deadline is part of the answer: JobTimeout
    poll: PollPolicy | None = None,
    on_progress: Callable[[dict[str, Any]], object] | None = None,
    cancel_on_exit: bool = False,
    clock: AsyncClock | None = None,
) -> dict[str, Any]:
    """Wait until a job has completed.

    A status that the contract does not know is waited on; it never counts as the end. An answer
    that cannot be had or read (a dropped connection, a 5xx, half a body) is asked for again.

    Args:
        client: The generated client (`IonQ(...).api`, or one of your own).
        job_id: The job.
        timeout: Most seconds to wait. A look under way by then gets 5 s to be answered.
        poll: How often to look.
        on_progress: Called with the job's JSON after each look.
        cancel_on_exit: Cancel the job if waiting ends before it does: by an interrupt (Ctrl-C),
            cancellation of the task, the timeout or an error. Otherwise it goes on.
        clock: Where time comes from.

    Returns:
        The completed job as the server sent it.

    Raises:
        JobFailed: The job ended as `failed`; carries IonQ's code and message.
        JobCanceled: The job ended as `canceled`.
        JobDeleted: The server shows it as deleted.
        JobTimeout: It had not ended in time. It goes on, unless `cancel_on_exit`.
        NotFound: There is no such job, or it was deleted. Two looks in a row have to say so, for
            a job may take a moment to show.
        APIError: The server refused to tell (a wrong key, say).
        InvalidArgument: `timeout` is no finite number, or negative; or `job_id` cannot be one.
    """
    check_timeout(timeout)
    job_id = check_id("job_id", job_id)
    clock = clock or AsyncClock()
    try:
        job = await _until_ended(
            client,
            job_id,
            timeout=timeout,
            pace=Pace(poll or PollPolicy()),
            on_progress=on_progress,
            clock=clock,
        )
    except BaseException as error:
        if cancel_on_exit:
            await async_cancel_unwanted(client, job_id, error)
        raise
    raise_unless_completed(job, job_id)
    return job


async def _until_ended(
    client: AuthenticatedClient,
    job_id: str,
    *,
    timeout: float,  # noqa: ASYNC109 - see async_wait_for_job
    pace: Pace,
    on_progress: Callable[[dict[str, Any]], object] | None,
    clock: AsyncClock,
) -> dict[str, Any]:
    """The job as it ended, however it did."""
    end = clock.monotonic() + timeout
    job: dict[str, Any] = {}
    trouble: Exception | None = None
    while True:
        last = clock.monotonic() >= end
        try:
            job = await async_look_at_one(client, job_id, end - clock.monotonic())
        except Exception as error:
            was_missing = isinstance(trouble, NotFound)
            if isinstance(error, NotFound) and not (was_missing or last):
                _log.info("job %s: not there, looking once more", job_id)
            elif not is_passing(error):
                raise
            else:
                _log.warning("job %s: %s", job_id, error)
            trouble = error
        else:
            trouble = None
            if on_progress is not None:
                await async_call(on_progress, job)
            if has_ended(job.get("status")):
                return job
        now = clock.monotonic()
        if last:
            status = job.get("status")
            raise JobTimeout(job_id=job_id, status=status, timeout=timeout) from trouble
        wait = max(jittered(pace.next(job, now), random.random), retry_after(trouble))
        await clock.sleep(min(wait, max(end - now, 0.0)))


async def async_look_at_one(
    client: AuthenticatedClient, job_id: str, seconds: float
) -> dict[str, Any]:
    """The job's JSON, within so many seconds or the least that a look gets."""
    async with async_deadline(max(seconds, LAST_LOOK_S)):
        response = await get_job.asyncio_detailed(job_id, client=client)
    return checked(response, method="GET", path=f"/jobs/{job_id}").to_dict()


async def async_cancel_unwanted(
    client: AuthenticatedClient, job_id: str, cause: BaseException
) -> None:
    """Cancel a job that nobody waits for any more; if that fails, say so and hide nothing."""
    if isinstance(cause, NotFound | JobError) and not isinstance(cause, JobTimeout):
        return  # there is nothing to cancel
    try:
        async with async_deadline(_CANCEL_S):
            response = await cancel_job.asyncio_detailed(job_id, client=client)
        checked(response, method="PUT", path=f"/jobs/{job_id}/status/cancel")
        _log.info("job %s: canceled, since waiting for it has ended", job_id)
    except Exception as error:  # noqa: BLE001 - what ended the waiting is what the caller gets
        cause.add_note(f"job {job_id} could not be canceled: {error}")
        _log.warning("job %s: could not be canceled: %s", job_id, error)
