# Generated from overlays/ionq_direct/_async/submission_run.py by scripts.sync_from_async. Do not edit.
"""Submit many jobs, a bounded number at a time, each once; with a journal even across kills.

May import: the generated client, and of this package what has no I/O.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

from ionq_api.v0_4.api.jobs import get_job
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_direct._answers import checked
from ionq_direct._concurrency import (
    Clock,
    Limiter,
    Lock,
    call,
    in_thread,
    run_many,
    settle_many,
)
from ionq_direct._journal import Entry, Journal
from ionq_direct._reconciliation import Wanted
from ionq_direct._secret import Secret
from ionq_direct._submission import Fate, Receipt, SubmissionPolicy, fate_of
from ionq_direct._sync.submission import Submitter
from ionq_direct.errors import (
    Forbidden,
    InvalidArgument,
    IonQError,
    NotFound,
    NotSubmitted,
    SubmissionUnknown,
)
from ionq_direct.submissions import SubmissionOutcome, SubmissionProgress, stops_a_run

__all__ = ["SubmissionRun", "check_project"]

_log = logging.getLogger("ionq_direct.submission")

OnProgress: TypeAlias = Callable[[SubmissionProgress], object]

# Payloads that may be looked for on the job list while others are sent.
_LOOKED_FOR_AT_ONCE = 64
# Seconds by which a clock may have been changed between two runs.
_CHANGED_CLOCK = 300.0
_ASKED_FOR = 3  # jobs, to find out whether a key sees them
_WAIT_FOR_A_PLACE = 1.0  # seconds, after which it is asked whether to go on at all


class SubmissionRun:
    """One run of many submissions.

    Args:
        submitter: Sends each.
        entries: What to submit; those with a receipt are done.
        policy: The submitter's.
        clock: Where time comes from.
        concurrency: How many are sent at a time.
        journal: Where to keep what was done; None: nowhere.
        on_progress: Called, never twice at once, before the first and after each submission.
    """

    def __init__(
        self,
        submitter: Submitter,
        entries: Sequence[Entry],
        *,
        policy: SubmissionPolicy,
        clock: Clock,
        concurrency: int,
        journal: Journal | None = None,
        on_progress: OnProgress | None = None,
    ) -> None:
        self._submitter = submitter
        self._entries = entries
        self._policy = policy
        self._clock = clock
        self._concurrency = concurrency
        self._journal = journal
        self._on_progress = on_progress
        self._places = Limiter(concurrency)
        self._telling = Lock()
        self._begun = clock.monotonic()
        self._receipts: dict[int, Receipt] = {
            entry.position: Receipt(entry.receipt, resent=False)
            for entry in entries
            if entry.receipt is not None
        }
        left = [entry for entry in entries if entry.receipt is None]
        # What an earlier run may have sent comes last: by then the job list tells.
        self._left = deque(sorted(left, key=lambda entry: entry.sent_at is not None))
        self._errors: dict[int, IonQError] = {}
        self._told_submitted = len(self._receipts)
        self._told_failed = 0
        self._sent: set[int] = set()
        self._placed: set[int] = set()
        self._stopped_by: IonQError | None = None
        self._broken: Exception | None = None

    def run(self) -> None:
        """Submit all that is left.

        Raises:
            Exception: What `on_progress` raised; nothing further was begun after that.
        """
        workers = min(len(self._left), self._concurrency + _LOOKED_FOR_AT_ONCE)
        try:
            self._tell(None)
            if workers:
                settle_many(self._work, range(workers), limit=workers, on_interrupt=self._interrupt)
            for entry in self._left:
                self._errors[entry.position] = self._not_tried()
                self._tell(entry)
            self._cancel_duplicates()
        except BaseException as interruption:
            interruption.add_note(self._state())
            raise
        if self._broken is not None:
            raise self._broken

    # --- One of them ---

    def _work(self, _worker: int) -> None:
        """Submit one after the other, as places become free, in order."""
        while self._left and self._take_place():
            try:
                entry = self._left.popleft()
            except IndexError:  # another was quicker
                self._places.release()
                return
            self._placed.add(entry.position)
            if entry.sent_at is not None:
                self._give_place_back(entry)  # it is looked for first
            try:
                self._submit(entry)
            finally:
                self._give_place_back(entry)

    def _submit(self, entry: Entry) -> None:
        done_before = len(self._receipts)
        try:
            receipt = self._submitter.submit(
                entry.payload,
                entry.tag,
                earlier=self._earlier(entry),
                slot=lambda: self._place(entry, done_before),
                is_stopped=self._is_stopped,
            )
        except IonQError as error:
            self._fail(entry, error, done_before)
        except Exception as error:  # noqa: BLE001 - a fault in here, raised at the end
            self._broken = error
            return
        else:
            self._receipts[entry.position] = receipt
            self._note(Journal.submitted, entry.position, receipt.job)
        self._tell(entry)

    def _earlier(self, entry: Entry) -> Wanted | None:
        """What to look for when an earlier run may have sent it."""
        if entry.sent_at is None:
            return None
        age = entry.seconds_since_sent
        since = self._begun - age - _CHANGED_CLOCK if age >= 0 else None
        # Whatever that run sent has left before this one began.
        return Wanted(entry.tag, since, self._begun + self._policy.settle_unanswered)

    @contextmanager
    def _place(self, entry: Entry, done_before: int) -> Generator[None]:
        """One of the places for submissions under way, for a sending of this entry."""
        if entry.position not in self._placed:
            if not self._take_place():
                raise self._not_tried()
            self._placed.add(entry.position)
        try:
            if entry.position not in self._sent:
                self._write(Journal.sending, entry.position)
                self._sent.add(entry.position)
            yield
        except IonQError as error:
            if fate_of(error) is Fate.CERTAIN:  # before another takes the place
                self._stop_for(error, done_before)
            raise
        finally:
            self._give_place_back(entry)

    def _take_place(self) -> bool:
        """Wait for a place; False: the run has been stopped."""
        while not self._is_stopped():
            if self._places.acquire(_WAIT_FOR_A_PLACE):
                if not self._is_stopped():
                    return True
                self._places.release()
        return False

    def _give_place_back(self, entry: Entry) -> None:
        if entry.position in self._placed:
            self._placed.discard(entry.position)
            self._places.release()

    def _not_tried(self) -> NotSubmitted:
        reason = self._stopped_by or self._broken
        error = NotSubmitted(f"not tried: the run had been stopped: {reason}")
        error.__cause__ = reason
        return error

    def _fail(self, entry: Entry, error: IonQError, done_before: int) -> None:
        self._errors[entry.position] = error
        self._stop_for(error, done_before)
        was_sent = entry.position in self._sent or entry.sent_at is not None
        if was_sent and not isinstance(error, SubmissionUnknown):
            self._note(Journal.not_there, entry.position)

    def _stop_for(self, error: IonQError, done_before: int) -> None:
        if stops_a_run(error, others_went_well=len(self._receipts) > done_before):
            self._stopped_by = self._stopped_by or error

    def _note(self, change: Callable[..., None], *arguments: object) -> None:
        """Write down what has happened. If that fails, the tag is there, and will be found."""
        try:
            self._write(change, *arguments)
        except IonQError as error:
            _log.warning("%s", error)
            self._stopped_by = self._stopped_by or error

    def _write(self, change: Callable[..., None], *arguments: object) -> None:
        if self._journal is not None:
            in_thread(change, self._journal, *arguments)

    # --- All of them ---

    def _cancel_duplicates(self) -> None:
        """Look once, for all that was sent twice, whether the first has turned up after all."""
        tags = {entry.position: entry.tag for entry in self._entries}
        resent = [place for place, receipt in self._receipts.items() if receipt.resent]

        def settle(position: int) -> None:
            job = self._receipts[position].job
            kept = self._submitter.without_duplicates(tags[position], job)
            if kept["id"] != job["id"]:
                self._receipts[position] = Receipt(kept, resent=True)
                self._note(Journal.submitted, position, kept)

        if resent:
            run_many(settle, resent, limit=_LOOKED_FOR_AT_ONCE)

    def _is_stopped(self) -> bool:
        return self._stopped_by is not None or self._broken is not None

    def _interrupt(self) -> None:
        self._stopped_by = self._stopped_by or IonQError("interrupted")

    def _tell(self, entry: Entry | None) -> None:
        if self._on_progress is None or self._broken is not None:
            return
        with self._telling:
            outcome = None if entry is None else self._told(entry)
            if outcome is not None:
                self._told_failed += outcome.error is not None
                self._told_submitted += outcome.error is None
            progress = SubmissionProgress(
                len(self._entries), self._told_submitted, self._told_failed, outcome
            )
            try:
                call(self._on_progress, progress)
            except Exception as error:  # noqa: BLE001 - the caller's function may raise anything
                self._broken = error

    def _state(self) -> str:
        """What there is to know after an interrupt."""
        open_ones = [
            entry.tag
            for entry in self._entries
            if entry.position in self._sent
            and entry.position not in self._receipts
            and isinstance(self._errors.get(entry.position), SubmissionUnknown | None)
        ]
        told = f"{len(self._receipts)} of {len(self._entries)} payloads were submitted"
        if open_ones:
            told += "; these may have been, find_submission tells: " + ", ".join(open_ones)
        if self._journal is not None:
            told += f"; run it again with the journal {self._journal.path} to go on"
        return told

    def _told(self, entry: Entry) -> SubmissionOutcome:
        receipt = self._receipts.get(entry.position)
        job_id = None if receipt is None else str(receipt.job["id"])
        return SubmissionOutcome(
            entry.position, entry.tag, job_id, self._errors.get(entry.position)
        )

    # --- What came of it ---

    @property
    def failure(self) -> IonQError | None:
        """The first failure, by position, that was tried; None if there was none."""
        failures = [self._errors[position] for position in sorted(self._errors)]
        tried = [error for error in failures if not isinstance(error, NotSubmitted)]
        return next(iter([*tried, *failures]), None)

    def outcomes(self) -> list[SubmissionOutcome]:
        """What became of each entry, in order."""
        return [self._told(entry) for entry in self._entries]

    def jobs(self) -> list[dict[str, Any] | None]:
        """Of each entry, in order, the job as the server told of it; None: it made none."""
        receipts = [self._receipts.get(entry.position) for entry in self._entries]
        return [None if receipt is None else receipt.job for receipt in receipts]


def check_project(
    journal: Journal, entries: Sequence[Entry], key: Secret, api: AuthenticatedClient
) -> None:
    """Make sure that a run which is taken up sees the jobs that it has made.

    Another project's key does not, and every job would be taken to be absent, and sent again.

    Raises:
        InvalidArgument: The API key is not the one the run was begun with, and cannot see its jobs.
        APIError: The server refused to tell.
    """
    if in_thread(journal.was_begun_with, key):
        return
    submitted = [str(entry.receipt["id"]) for entry in entries if entry.receipt is not None]
    is_safe = not submitted and all(entry.sent_at is None for entry in entries)
    for job_id in submitted[-_ASKED_FOR:]:  # more than one: a job may have been deleted
        response = get_job.sync_detailed(job_id, client=api)
        try:
            checked(response, method="GET", path=f"/jobs/{job_id}")
        except (NotFound, Forbidden):
            continue
        is_safe = True
        break
    if not is_safe:
        raise InvalidArgument(
            name="journal",
            value=str(journal.path),
            rule="was begun with another API key, whose jobs this one cannot see: what is there "
            "already would be submitted again",
        )
    in_thread(journal.adopt, key)
