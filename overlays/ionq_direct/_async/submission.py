"""Submit a job once and only once, whatever the network does.

May import: the generated client, and of this package what has no I/O. See `_submission` for the
decisions; here they are carried out.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, cast

from ionq_api.v0_4.api.jobs import cancel_job, create_job, get_jobs
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_api.v0_4.types import UNSET
from ionq_direct._answers import checked
from ionq_direct._concurrency import AsyncClock
from ionq_direct._shapes import objects_in
from ionq_direct._submission import Fate, JobPage, SubmissionPolicy, fate_of
from ionq_direct._tags import with_tag
from ionq_direct.errors import APIError, DecodeError, IonQError, SubmissionUnknown

__all__ = ["AsyncSubmitter"]

_log = logging.getLogger("ionq_direct.submission")

_CLOCK_SLACK = 60.0  # seconds: a job's time and the list's `Date` come from different machines
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 2.0  # seconds between two looks


class AsyncSubmitter:
    """Sends jobs, each at most once.

    Args:
        api: The generated client. Its transport must not resend a POST that may have left.
        policy: How long to look, and how often to send.
        clock: Where time comes from.
    """

    def __init__(
        self, api: AuthenticatedClient, policy: SubmissionPolicy, clock: AsyncClock
    ) -> None:
        self._api = api
        self._policy = policy
        self._clock = clock

    async def submit(
        self, payload: Mapping[str, Any], tag: str, *, may_be_there: bool = False
    ) -> dict[str, Any]:
        """Make sure that the server has exactly one job with this tag.

        Args:
            payload: The job as JSON, without the tag.
            tag: Unique to this submission.
            may_be_there: Whether an earlier attempt (of another process, say) may have succeeded;
                then the job is looked for before it is sent.

        Returns:
            The job's `id`, `status` and `session_id`, as the server told.

        Raises:
            APIError: The server refused the job.
            ConnectionFailed, RequestTimeout: The job was certainly not sent.
            SubmissionUnknown: It cannot be told whether the server has the job.
        """
        body = with_tag(payload, tag)
        begun = self._clock.monotonic()
        sent = 0
        error: IonQError | None = None
        try:
            while True:
                if may_be_there:
                    found = await self._look_long(tag, begun, error)
                    if found is not None:
                        _log.info("submission %s: found as job %s", tag, found.get("id"))
                        return found
                if sent and (sent >= self._policy.attempts or self._is_late(begun)):
                    # Not there, and no attempt left: the last error is the whole truth.
                    raise error or SubmissionUnknown(tag)
                try:
                    sent += 1
                    receipt = await self._send(body)
                except IonQError as failure:
                    error = failure
                    fate = fate_of(failure)
                    if fate is Fate.REFUSED:
                        raise
                    _log.warning("submission %s: attempt %d: %s", tag, sent, fate.value)
                    may_be_there = may_be_there or fate is Fate.UNKNOWN
                    await self._clock.sleep(_pause_after(failure, sent))
                else:
                    if may_be_there and sent > 1:
                        await self._cancel_others(tag, receipt["id"], begun)
                    return receipt
        except BaseException as interruption:
            if sent and not isinstance(interruption, IonQError):
                interruption.add_note(f"the job may have been submitted, with the tag {tag}")
            raise

    async def find(self, tag: str) -> dict[str, Any] | None:
        """Look once through the whole job list; the oldest job with the tag, or None.

        Raises:
            SubmissionUnknown: The list is longer than `max_pages` and the tag was not on them.
        """
        matches, complete = await self._look(tag, None)
        if not matches and not complete:
            raise SubmissionUnknown(tag, "the job list is too long to be read to its end")
        return dict(matches[-1]) if matches else None

    async def _send(self, body: dict[str, Any]) -> dict[str, Any]:
        # The generated signature wants models; any JSON object is sent as it is.
        response = await create_job.asyncio_detailed(client=self._api, body=cast("Any", body))
        receipt = checked(response, method="POST", path="/jobs").to_dict()
        if not isinstance(receipt.get("id"), str) or not receipt["id"]:
            raise DecodeError("POST /jobs: the answer names no job", path="$.id")
        return receipt

    async def _look_long(
        self, tag: str, begun: float, error: IonQError | None
    ) -> dict[str, Any] | None:
        """Look until the tag is found, or has been missing for as long as the list may lag."""
        start = self._clock.monotonic()
        pause = _FIRST_PAUSE
        while True:
            now = self._clock.monotonic()
            complete = False
            try:
                matches, complete = await self._look(tag, now - begun)
                if matches:
                    return dict(matches[-1])
            except IonQError as failure:
                error = failure  # the list is not to be had: nothing is known yet
            if complete and now - start >= self._policy.settle:
                return None
            if self._is_late(begun):
                raise SubmissionUnknown(tag) from error
            await self._clock.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _look(self, tag: str, age: float | None) -> tuple[list[Mapping[str, Any]], bool]:
        """The jobs with the tag, newest first, and whether all that may have it were seen.

        Args:
            tag: What to look for.
            age: Seconds since the first attempt; None: look at all jobs.
        """
        cursor: str | None = None
        seen: set[str] = set()
        for _ in range(self._policy.max_pages):
            response = await get_jobs.asyncio_detailed(
                client=self._api, limit=25, next_=cursor if cursor is not None else UNSET
            )
            answer = checked(response, method="GET", path="/jobs").to_dict()
            page = JobPage(objects_in(answer.get("jobs")), response.headers.get("date"))
            matches = page.with_tag(tag)
            cursor = answer.get("next")
            at_end = not cursor or cursor in seen
            if matches or at_end:
                return matches, True
            if age is not None and page.reaches_back(age + _CLOCK_SLACK):
                return [], True
            seen.add(str(cursor))
        return [], False

    async def _cancel_others(self, tag: str, kept: str, begun: float) -> None:
        """After a second sending: if the first turns up after all, do not pay for both."""
        try:
            matches, _ = await self._look(tag, self._clock.monotonic() - begun)
            for job in matches:
                if job.get("id") not in (kept, None):
                    _log.warning("submission %s: %s is a duplicate: canceled", tag, job["id"])
                    await cancel_job.asyncio_detailed(str(job["id"]), client=self._api)
        except IonQError as error:
            _log.warning("submission %s: could not look for duplicates: %s", tag, error)

    def _is_late(self, begun: float) -> bool:
        return self._clock.monotonic() - begun >= self._policy.deadline


def _pause_after(error: IonQError, sent: int) -> float:
    """Seconds before looking or sending again."""
    asked = error.retry_after if isinstance(error, APIError) else None
    return asked if asked is not None else min(_FIRST_PAUSE * 2**sent, _LONGEST_PAUSE)
