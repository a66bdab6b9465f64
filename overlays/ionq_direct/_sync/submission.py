# Generated from overlays/ionq_direct/_async/submission.py by scripts.sync_from_async. Do not edit.
"""Submit a job once and only once, whatever the network does.

May import: the generated client, and of this package what has no I/O. See `_submission` for the
decisions; here they are carried out.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, cast

import attrs

from ionq_api.v0_4.api.jobs import cancel_job, create_job
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_direct._answers import checked
from ionq_direct._concurrency import Clock, Local
from ionq_direct._receipt import receipt_in
from ionq_direct._reconciliation import Sighting, Wanted, rightful
from ionq_direct._submission import (
    TIME_FOR_A_LOOK,
    Fate,
    Receipt,
    SubmissionPolicy,
    Trial,
    fate_of,
)
from ionq_direct._sync.reconciliation import Reconciler
from ionq_direct._tags import age_of_tag, with_tag
from ionq_direct.errors import IonQError, SubmissionUnknown

__all__ = ["Submitter"]

_log = logging.getLogger("ionq_direct.submission")

_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 5.0  # seconds between two looks
_WRONG_CLOCK = 3600.0  # seconds by which another machine's clock, which made a tag, may be wrong


class Submitter:
    """Sends jobs, each at most once.

    Args:
        api: The generated client. Its transport must not resend a POST that may have left.
        policy: How long to look, and how often to send.
        clock: Where time comes from.
    """

    def __init__(self, api: AuthenticatedClient, policy: SubmissionPolicy, clock: Clock) -> None:
        self._api = _lenient(api)
        self._policy = policy
        self._clock = clock
        # Their locks and waits belong to one event loop. What has to be looked for on all of a
        # list, which may be long, does not hold up what is among the latest jobs.
        self._recent = Local(self._new_reconciler)
        self._archive = Local(self._new_reconciler)

    def earlier(self, tag: str, since: float | None, settle: float) -> Wanted:
        """What to look for when another process, or an earlier run, may have sent a job.

        Args:
            tag: Its tag.
            since: When it was sent at the earliest, by this submitter's clock; None: unknown.
            settle: Seconds from now for which it may be missing from the list.
        """
        return Wanted(tag, since, absent_from=self._clock.monotonic() + settle)

    def submit(
        self,
        payload: Mapping[str, Any],
        tag: str,
        *,
        earlier: Wanted | None = None,
        slot: Callable[[], AbstractContextManager[object]] = nullcontext,
        is_stopped: Callable[[], bool] = bool,
    ) -> Receipt:
        """Make sure that the server has exactly one job with this tag.

        Args:
            payload: The job as JSON, without the tag.
            tag: Unique to this submission.
            earlier: An attempt of another process that may have succeeded: the job is looked for
                before it is sent.
            slot: Entered for each sending, and left when that has ended; what it raises ends the
                submission.
            is_stopped: Whether to give up what is not under way; asked between looks.

        Returns:
            The job, as the server told of it.

        Raises:
            APIError: The job is not there: the server refused it, or kept failing.
            ConnectionFailed, RequestTimeout: The job is not there: it was not sent, or it was
                sent, got no answer, and is surely not on the list.
            SubmissionUnknown: It cannot be told whether the server has the job.
        """
        body = with_tag(payload, tag)
        trial = Trial(tag, self._policy, self._clock.monotonic())
        try:
            wanted, error = earlier, None
            while True:
                if wanted is not None:
                    end = trial.end_of(wanted)
                    found = self._search(wanted, end, error, is_stopped)
                    if found is not None:
                        _log.info("submission %s: found as job %s", tag, found.get("id"))
                        return Receipt(dict(found), trial.sent > 1)
                if error is not None:
                    self._clock.sleep(trial.pause_before_next(error, self._clock.monotonic()))
                try:
                    with slot():
                        trial.send(self._clock.monotonic())
                        return Receipt(self._send(body), trial.sent > 1)
                except IonQError as failure:
                    error = failure
                    wanted = trial.after(failure, self._clock.monotonic())
                    _log.info("submission %s: %s (%s)", tag, fate_of(failure).value, failure)
        except BaseException as interruption:
            if trial.sent and not isinstance(interruption, IonQError):
                interruption.add_note(
                    f"the job may have been submitted: find_submission({tag!r}) tells"
                )
            raise

    def find(self, tag: str, patience: float = 0.0) -> dict[str, Any] | None:
        """Look for a job by its tag; None if there is none.

        Args:
            tag: The tag.
            patience: Seconds for which to look again when it is not there.

        Raises:
            APIError: The server refused to show the list.
            SubmissionUnknown: The list could not be read to its end.
        """
        age = age_of_tag(tag)
        now = self._clock.monotonic()
        since = None if age is None or age < -_WRONG_CLOCK else now - age - _WRONG_CLOCK
        wanted = self.earlier(tag, since, patience)
        try:
            end = wanted.absent_from + TIME_FOR_A_LOOK
            found = self._search(wanted, end, None, is_old=True)
        except SubmissionUnknown as unknown:
            cause = unknown.__cause__
            if isinstance(cause, IonQError) and fate_of(cause) is Fate.CERTAIN:
                raise cause from None
            raise
        return None if found is None else dict(found)

    def without_duplicates(self, tag: str, job: dict[str, Any]) -> dict[str, Any]:
        """After a second sending: should the first have turned up after all, do not pay for both.

        Args:
            tag: The submission's tag.
            job: The job that it made.

        Returns:
            The one job with the tag that goes on; others are canceled.
        """
        now = self._clock.monotonic()
        since = now - self._policy.deadline - self._policy.settle_unanswered
        wanted = Wanted(tag, since, absent_from=now, thorough=True)
        sighting = self._recent.get().look(wanted, now + TIME_FOR_A_LOOK)
        if sighting.error is not None:
            _log.warning("submission %s: not looked for duplicates: %s", tag, sighting.error)
        candidates = [*([] if _holds(sighting, job) else [job]), *sighting.jobs]
        kept = rightful(candidates)
        for other in candidates:
            if other is not kept:
                self._cancel(tag, str(other.get("id")))
        return job if kept is job else dict(kept)

    def _cancel(self, tag: str, job_id: str) -> None:
        try:
            response = cancel_job.sync_detailed(job_id, client=self._api)
            checked(response, method="PUT", path=f"/jobs/{job_id}/status/cancel")
        except IonQError as error:
            _log.warning("submission %s: duplicate %s is not canceled: %s", tag, job_id, error)
        else:
            _log.warning("submission %s: canceled duplicate %s", tag, job_id)

    def _new_reconciler(self) -> Reconciler:
        return Reconciler(self._api, self._policy, self._clock)

    def _send(self, body: dict[str, Any]) -> dict[str, Any]:
        # The generated signature wants models; any JSON object is sent as it is.
        response = create_job.sync_detailed(client=self._api, body=cast("Any", body))
        return receipt_in(response)

    def _search(
        self,
        wanted: Wanted,
        end: float,
        cause: IonQError | None,
        is_stopped: Callable[[], bool] = bool,
        *,
        is_old: bool = False,
    ) -> Mapping[str, Any] | None:
        """Look until the job is found or surely absent; None: absent.

        Raises:
            SubmissionUnknown: Neither was so at the end.
        """
        pause = _FIRST_PAUSE
        while True:
            where = self._archive if is_old or wanted.since is None else self._recent
            sighting = where.get().look(wanted, end)
            if sighting.jobs:
                return rightful(sighting.jobs)
            if sighting.absent:
                return None
            cause = sighting.error or cause
            now = self._clock.monotonic()
            refused = sighting.error is not None and fate_of(sighting.error) is Fate.CERTAIN
            if now >= end or refused or is_stopped():
                raise SubmissionUnknown(wanted.tag) from cause
            wanted = wanted.after(sighting, self._policy.settle_unanswered)
            self._clock.sleep(_to_next_look(pause, wanted.absent_from - now))
            pause = min(2 * pause, _LONGEST_PAUSE)


def _to_next_look(pause: float, to_decision: float) -> float:
    """Seconds to the next look: there is one as soon as it can decide that a job is absent."""
    return min(pause, to_decision) if to_decision > 0 else pause


def _holds(sighting: Sighting, job: Mapping[str, Any]) -> bool:
    return any(listed.get("id") == job.get("id") for listed in sighting.jobs)


def _lenient(api: AuthenticatedClient) -> AuthenticatedClient:
    """The client, over the same connections, without strictness.

    A deviation in the answer to a POST must not cost us the job's id, nor one in somebody's old
    job the look at the list.
    """
    lenient = attrs.evolve(api, strict=False, on_deviations=None)
    return lenient.set_httpx_client(api.get_httpx_client())
