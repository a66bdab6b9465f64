"""Which of many unfinished jobs to look at, and when: the decisions behind waiting on many.

May import: _polling, _shapes, _status, errors' types. No I/O; the clock and chance are handed in.

Each job has a pace of its own, as when it is waited for alone. The jobs whose time has come, or
nearly so, are looked at together, 25 to a request, and what room the last request has is filled
with those whose turn is next. The list may lag or skip a job that exists. A job that it left out
is therefore asked for by itself, but only as many in a round as the round has requests: if the
list has it at the next look, that was enough. When the list turns out to leave out jobs that
exist, the allowance doubles each round, until no job depends on the list.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ionq_direct._polling import Pace, PollPolicy, jittered
from ionq_direct._status import DELETED, has_ended
from ionq_direct.progress import WaitProgress

__all__ = ["BATCH", "Watch"]

BATCH: Final = 25
"""Ids in one request: IonQ's longest page (facts: `pagination-limit`)."""

_EARLY: Final = 0.25  # of a job's pause: how much sooner than due it may be looked at with others
_CONFIRMED: Final = 2  # looks that have to find a job missing before it counts as gone
_MOST_DOUBLINGS: Final = 12


@dataclass(slots=True)
class _Watched:
    """One job that has not ended, as far as is known."""

    id: str
    pace: Pace
    data: dict[str, Any]
    due: float = 0.0
    pause: float = 0.0
    seen: float = -math.inf
    missing: int = 0


@dataclass(slots=True)
class _Round:
    """What the round under way has brought."""

    requests: int = 0
    left_out: set[str] = field(default_factory=set[str])
    doubted: list[str] = field(default_factory=list[str])
    found: int = 0


class Watch:
    """The jobs waited for.

    Args:
        jobs: Ids with what is known of each job, in the order in which they shall be reported.
        policy: Bounds of each job's pace.
        random: Uniform numbers from 0 to 1.
        now: Seconds, by the clock that all other methods are told.
    """

    def __init__(
        self,
        jobs: Mapping[str, Mapping[str, Any]],
        policy: PollPolicy,
        random: Callable[[], float],
        now: float,
    ) -> None:
        self._open = {
            job_id: _Watched(job_id, Pace(policy), dict(data), due=now)
            for job_id, data in jobs.items()
        }
        self._policy = policy
        self._random = random
        self._began = now
        self._ended: Counter[str] = Counter()
        self._doublings = 0
        self._round = _Round()

    @property
    def open(self) -> tuple[str, ...]:
        """Ids of the jobs that have not ended."""
        return tuple(self._open)

    def status(self, job_id: str) -> str | None:
        """The status that an open job was last seen with."""
        status = self._open[job_id].data.get("status")
        return str(status) if isinstance(status, str) else None

    def progress(self, now: float) -> WaitProgress:
        """How far it has come."""
        seen = Counter(self.status(job_id) or "unseen" for job_id in self._open)
        return replace(WaitProgress.of(self._ended + seen), elapsed=now - self._began)

    # --- A round ---

    def batches(self, now: float, *, everything: bool = False) -> list[list[str]]:
        """Begin a round: the ids to look at, 25 or fewer to a request.

        Args:
            now: The time.
            everything: Look at all open jobs, whether their time has come or not.
        """
        order = sorted(self._open.values(), key=lambda job: job.due)
        due = sum(job.due - _EARLY * job.pause <= now for job in order)
        count = len(order) if everything else -(-due // BATCH) * BATCH
        ids = [job.id for job in order[:count]]
        batches = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
        self._round = _Round(requests=len(batches))
        return batches

    def saw(self, job: Mapping[str, Any], now: float) -> dict[str, Any] | None:
        """A job's JSON has come.

        Returns:
            The JSON if the job has ended and was open until now, so that each is reported once.
        """
        watched = self._open.get(str(job.get("id")))
        if watched is None:
            return None
        watched.data = dict(job)
        watched.seen = now
        watched.missing = 0
        self._round.found += watched.id in self._round.left_out
        if has_ended(job.get("status")):
            return self._close(watched)
        self._put_off(watched, now)
        return None

    def left_out(self, ids: Iterable[str]) -> None:
        """The list that was asked for these jobs did not have them."""
        self._round.left_out.update(watched.id for watched in self._known(ids))

    def doubt(self, ids: Iterable[str]) -> None:
        """The list refused to be asked for these jobs: one of them may be no job at all."""
        self._round.doubted += [watched.id for watched in self._known(ids)]

    def failed(self, ids: Iterable[str], now: float, retry_after: float | None) -> None:
        """These could not be looked at; the failure says nothing about them.

        Args:
            ids: The jobs.
            now: The time.
            retry_after: Seconds that the server asks to wait.
        """
        for watched in self._known(ids):
            self._put_off(watched, now)
            watched.due = max(watched.due, now + (retry_after or 0.0))

    def singles(self, now: float, *, everything: bool = False) -> list[str]:
        """The ids to look at one by one, after the round's lists.

        Args:
            now: The time.
            everything: All that are in doubt, not only as many as is cheap.
        """
        left_out = self._known(self._round.left_out)
        # Those found missing before go first: one more look and they are known to be gone.
        left_out.sort(key=lambda job: (-job.missing, job.seen))
        allowance = self._round.requests * 2**self._doublings
        chosen = left_out if everything else left_out[:allowance]
        for watched in left_out[len(chosen) :]:
            self._put_off(watched, now)
        return self._round.doubted + [job.id for job in chosen]

    def end_round(self) -> None:
        """Learn from the round whether the list can be relied on."""
        doublings = self._doublings + 1 if self._round.found else 0
        self._doublings = min(doublings, _MOST_DOUBLINGS)

    def missing(self, job_id: str, now: float, *, last: bool = False) -> dict[str, Any] | None:
        """There is no such job, says the server.

        Args:
            job_id: The job.
            now: The time.
            last: There will be no other look.

        Returns:
            What was last seen of it, with the status `deleted`, if it is gone for sure: when two
            looks in a row have missed it, or the last one has.
        """
        watched = self._open.get(job_id)
        if watched is None:
            return None
        watched.missing += 1
        if watched.missing < _CONFIRMED and not last:
            self._put_off(watched, now)
            return None
        watched.data = {**watched.data, "id": job_id, "status": DELETED}
        return self._close(watched)

    def pause(self, now: float) -> float:
        """Seconds until the next round."""
        due = min((job.due for job in self._open.values()), default=now)
        return jittered(max(due - now, 0.0), self._random)

    # --- Details ---

    def _known(self, ids: Iterable[str]) -> list[_Watched]:
        return [self._open[job_id] for job_id in ids if job_id in self._open]

    def _put_off(self, watched: _Watched, now: float) -> None:
        watched.pause = watched.pace.next(watched.data, now)
        watched.due = now + watched.pause

    def _close(self, watched: _Watched) -> dict[str, Any]:
        del self._open[watched.id]
        self._ended[str(watched.data["status"])] += 1
        return watched.data
