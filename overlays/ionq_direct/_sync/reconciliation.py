# Generated from overlays/ionq_direct/_async/reconciliation.py by scripts.sync_from_async. Do not edit.
"""Look for many submissions on the job list at once.

May import: the generated client, and of this package what has no I/O.
"""

from __future__ import annotations

from ionq_api.v0_4.api.jobs import get_jobs
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_api.v0_4.types import UNSET
from ionq_direct._answers import checked
from ionq_direct._concurrency import Clock, ForkSafeLock, Limiter
from ionq_direct._reconciliation import JobPage, Look, Query, Sighting, Wanted
from ionq_direct._shapes import objects_in
from ionq_direct._submission import SubmissionPolicy
from ionq_direct.errors import IonQError

__all__ = ["Reconciler"]

_PAGE_SIZE = 25  # the most that IonQ gives
_PAGES_PER_SECOND = 20.0
_LEAST_PAUSE, _MOST_PAUSE = 0.25, 5.0  # seconds


class Reconciler:
    """Finds submissions by their tags, with few requests however many are looked for.

    There is one look at a time. It serves everybody who asked before it began; who asks meanwhile
    shares the next one. Looks are paced: on average at most 20 pages a second, and as long a rest
    as a look, up to 5 s.

    Args:
        api: The generated client; it must not be strict, since a deviation in somebody's old job
            says nothing about ours.
        policy: How many pages to read.
        clock: Where time comes from.
    """

    def __init__(self, api: AuthenticatedClient, policy: SubmissionPolicy, clock: Clock) -> None:
        self._api = api
        self._policy = policy
        self._clock = clock
        self._turn = Limiter(1)
        self._lock = ForkSafeLock()
        self._open: list[Query] = []
        self._rest_until = float("-inf")

    def look(self, wanted: Wanted, end: float) -> Sighting:
        """Look at the job list once.

        Args:
            wanted: What to look for.
            end: When, by the clock, waiting for a turn to look makes no sense any more.
        """
        query = Query(wanted)
        with self._lock:
            self._open.append(query)
        try:
            while query.answer is None:
                now = self._clock.monotonic()
                if now < self._rest_until:
                    self._clock.sleep(self._rest_until - now)
                elif not self._turn.acquire(max(end - now, _LEAST_PAUSE)):
                    return Sighting(error=IonQError("no time was left to look at the job list"))
                else:
                    try:
                        # While we waited, somebody's look may have served us, or tired the server.
                        rested = self._clock.monotonic() >= self._rest_until
                        if query.answer is None and rested:
                            self._look_for_all()
                    finally:
                        self._turn.release()
        finally:
            with self._lock:
                self._open.remove(query)
        return query.answer

    def _look_for_all(self) -> None:
        """Answer every open query by one look at the list."""
        began = self._clock.monotonic()
        with self._lock:
            queries = [query for query in self._open if query.answer is None]
        look = Look(queries, began)
        error: IonQError | None = None
        try:
            self._read_pages(look)
        except IonQError as failure:
            error = failure
        finally:
            took = self._clock.monotonic() - began
            fair = min(took, _MOST_PAUSE)  # long when the list failed, and was asked for again
            rest = max(_LEAST_PAUSE, fair, look.pages / _PAGES_PER_SECOND - took)
            self._rest_until = began + took + rest
        look.answer_all(error)

    def _read_pages(self, look: Look) -> None:
        cursor: str | None = None
        seen: set[str] = set()
        for _ in range(self._policy.max_pages):
            response = get_jobs.sync_detailed(
                client=self._api, limit=_PAGE_SIZE, next_=cursor if cursor is not None else UNSET
            )
            answer = checked(response, method="GET", path="/jobs").to_dict()
            page = JobPage(objects_in(answer.get("jobs")), response.headers.get("date"))
            cursor = answer.get("next")
            look.take(page, at_end=not cursor or not len(page))
            if look.is_finished:
                return
            if not isinstance(cursor, str):
                raise IonQError("the job list cannot be followed: a page names no page as next")
            if cursor in seen:
                raise IonQError("the job list goes in circles: a page names an earlier one as next")
            seen.add(cursor)
        raise IonQError(f"the job list goes on after {self._policy.max_pages} pages")
