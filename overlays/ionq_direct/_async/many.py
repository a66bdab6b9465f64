"""Wait for many jobs with few requests. May import: the generated client, and the rest of _async.

What is decided here without I/O is in `_watch`.
"""

from __future__ import annotations

import logging
import random
from collections.abc import AsyncGenerator, Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias

from ionq_api.v0_4.api.jobs import get_jobs
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_api.v0_4.types import UNSET
from ionq_direct._answers import checked
from ionq_direct._async.bulk import CANCEL, async_bulk
from ionq_direct._async.waiting import async_look_at_one
from ionq_direct._concurrency import AsyncClock, async_call, async_deadline, async_settle_many
from ionq_direct._cursors import CursorGuard
from ionq_direct._ids import is_about_the_job
from ionq_direct._polling import LAST_LOOK_S, PollPolicy, is_passing, retry_after
from ionq_direct._shapes import objects_in
from ionq_direct._watch import BATCH, Watch
from ionq_direct.errors import APIError, DecodeError, IonQError, JobTimeout
from ionq_direct.progress import WaitProgress

if TYPE_CHECKING:
    from ionq_direct._async.job import AsyncJob

__all__ = ["AsyncJobStream", "AsyncLookout"]

_Found: TypeAlias = tuple[list[dict[str, Any]], list[Exception]]
"""Jobs that have ended, and what went wrong."""

_log = logging.getLogger("ionq_direct.waiting")

_AT_A_TIME: Final = 8
_CANCEL_S: Final = 10.0  # seconds that canceling may take when waiting has ended early


class AsyncJobStream:
    """Jobs as they end, each once; the iterator that `ionq.wait(...)` gives.

    Used as a context manager it notices for sure that waiting has ended early, which matters with
    `cancel_on_exit`:

        async with ionq.wait(jobs, cancel_on_exit=True) as ended:
            async for job in ended:
                print(job.id, job.status)
    """

    def __init__(self, lookout: AsyncLookout) -> None:
        # The generator knows the lookout and not this: a loop that is left early drops both.
        self._lookout = lookout
        self._ended = lookout.ended()

    @property
    def pending(self) -> tuple[str, ...]:
        """Ids of the jobs that have not ended, as far as is known."""
        return self._lookout.pending

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> AsyncJob:
        return await anext(self._ended)

    async def aclose(self) -> None:
        """Stop waiting; with `cancel_on_exit`, the jobs that have not ended are canceled."""
        await self._lookout.leave(None)
        await self._ended.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._lookout.leave(error)  # first: it notes on the error what the other cannot
        await self._ended.aclose()


class AsyncLookout:
    """Looks at many jobs until all have ended, in rounds of few requests.

    Args:
        api: The generated client.
        jobs: The jobs by id.
        timeout: Most seconds to wait.
        poll: Bounds of each job's pace.
        on_progress: Called after each round.
        cancel_on_exit: Whether `leave` cancels what has not ended.
        clock: Where time comes from.
    """

    def __init__(
        self,
        api: AuthenticatedClient,
        jobs: Mapping[str, AsyncJob],
        *,
        timeout: float,
        poll: PollPolicy,
        on_progress: Callable[[WaitProgress], object] | None,
        cancel_on_exit: bool,
        clock: AsyncClock,
    ) -> None:
        self._api = api
        self._jobs = jobs
        self._timeout = timeout
        self._on_progress = on_progress
        self._cancel_on_exit = cancel_on_exit
        self._clock = clock
        self._end = clock.monotonic() + timeout
        known = {job_id: job.data for job_id, job in jobs.items() if not job.is_settled}
        self._settled = [job for job_id, job in jobs.items() if job_id not in known]
        self._watch = Watch(known, poll, random.random, clock.monotonic())

    @property
    def pending(self) -> tuple[str, ...]:
        """Ids of the jobs that have not ended."""
        return self._watch.open

    async def ended(self) -> AsyncGenerator[AsyncJob]:
        """The jobs as they end; first those of which that is known already."""
        try:
            for job in self._settled:
                yield job
            trouble: Exception | None = None
            while self._watch.open:
                last = self._clock.monotonic() >= self._end
                found, trouble = await self._round(last=last)
                ended = [self._jobs[str(data["id"])] for data in found]
                for job, data in zip(ended, found, strict=True):
                    job.look(data)
                await self._tell()
                for job in ended:
                    yield job
                if trouble is not None and not is_passing(trouble):
                    raise trouble
                if not self._watch.open:
                    return
                if last:
                    raise self._timed_out() from trouble
                now = self._clock.monotonic()
                await self._clock.sleep(min(self._watch.pause(now), max(self._end - now, 0.0)))
        except BaseException as error:
            await self.leave(error)
            raise

    async def leave(self, cause: BaseException | None) -> None:
        """Waiting ends. Cancel what has not ended, if that is wanted, and hide no error."""
        if not self._cancel_on_exit or not self._watch.open:
            return
        self._cancel_on_exit = False  # once is enough
        try:
            report = await async_bulk(self._api, CANCEL, self._watch.open, seconds=_CANCEL_S)
            report.raise_for_failures()
        except IonQError as error:
            _log.warning("waiting has ended; not all jobs could be canceled: %s", error)
            if cause is None:
                raise
            cause.add_note(f"not all jobs could be canceled: {error}")

    async def _tell(self) -> None:
        if self._on_progress is not None:
            progress = self._watch.progress(self._clock.monotonic())
            await async_call(self._on_progress, progress)

    # --- A round ---

    async def _round(self, *, last: bool) -> tuple[list[dict[str, Any]], Exception | None]:
        """Look at the jobs whose time has come.

        Returns:
            The jobs found ended, and an error if there was one. Nothing is lost by an error:
            what the round's other requests found is in the list.
        """
        batches = self._watch.batches(self._clock.monotonic(), everything=last)
        if len(batches) == 1 and len(batches[0]) == 1:
            self._watch.doubt(batches.pop())  # a list of one job tells less than the job itself
        ended, troubles = await self._look_at_lists(batches)
        singles = self._watch.singles(self._clock.monotonic(), everything=last)
        more_ended, more_troubles = await self._look_one_by_one(singles, last=last)
        self._watch.end_round()
        return ended + more_ended, _worst(troubles + more_troubles)

    async def _look_at_lists(self, batches: list[list[str]]) -> _Found:
        watch = self._watch
        ended: list[dict[str, Any]] = []
        troubles: list[Exception] = []
        outcomes = await async_settle_many(self._look, batches, limit=_AT_A_TIME)
        now = self._clock.monotonic()
        for batch, found in zip(batches, outcomes, strict=True):
            if isinstance(found, Exception):
                if isinstance(found, IonQError) and is_about_the_job(found):
                    watch.doubt(batch)  # one of the ids may be at fault: ask for each
                else:
                    troubles.append(found)
                    watch.failed(batch, now, retry_after(found))
                continue
            ended += [job for data in found if (job := watch.saw(data, now))]
            told = {str(data.get("id")) for data in found}
            watch.left_out(job_id for job_id in batch if job_id not in told)
        return ended, troubles

    async def _look_one_by_one(self, ids: list[str], *, last: bool) -> _Found:
        watch = self._watch
        ended: list[dict[str, Any]] = []
        troubles: list[Exception] = []
        outcomes = await async_settle_many(self._look_at_one, ids, limit=_AT_A_TIME)
        now = self._clock.monotonic()
        for job_id, found in zip(ids, outcomes, strict=True):
            job: dict[str, Any] | None = None
            if not isinstance(found, Exception):
                job = watch.saw({**found, "id": job_id}, now)
            elif _says_missing(found):
                job = watch.missing(job_id, now, last=last)
            else:
                troubles.append(found)
                watch.failed([job_id], now, retry_after(found))
            ended += [job] if job else []
        return ended, troubles

    async def _look(self, batch: list[str]) -> list[Mapping[str, Any]]:
        """What the list has of these jobs."""
        found_jobs: list[Mapping[str, Any]] = []
        cursor: str | None = None
        guard = CursorGuard()
        async with async_deadline(max(self._end - self._clock.monotonic(), LAST_LOOK_S)):
            while True:
                response = await get_jobs.asyncio_detailed(
                    client=self._api,
                    ids=batch,
                    limit=BATCH,
                    next_=UNSET if cursor is None else cursor,
                )
                answer = checked(response, method="GET", path="/jobs").to_dict()
                page = objects_in(answer.get("jobs"))
                found_jobs += page
                told = {str(job.get("id")) for job in found_jobs}
                try:
                    cursor = guard.following(answer.get("next"), len(page))
                except DecodeError as error:
                    _log.warning("the list of jobs cannot be read to its end: %s", error)
                    cursor = None
                if cursor is None or told.issuperset(batch):
                    return found_jobs

    async def _look_at_one(self, job_id: str) -> dict[str, Any]:
        return await async_look_at_one(self._api, job_id, self._end - self._clock.monotonic())

    def _timed_out(self) -> JobTimeout:
        pending = self._watch.open
        return JobTimeout(
            job_id=pending[0],
            status=self._watch.status(pending[0]),
            timeout=self._timeout,
            pending=pending,
        )


def _says_missing(error: Exception) -> bool:
    """Whether the server says that there is no such job, or that this is no id of a job."""
    return isinstance(error, APIError) and error.status in {400, 404, 410}


def _worst(errors: list[Exception]) -> Exception | None:
    """One that ends the waiting if there is one, else any."""
    lasting = [error for error in errors if not is_passing(error)]
    return next(iter(lasting + errors), None)
