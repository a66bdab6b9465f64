"""What is to be looked at next, and when: a thread that works off jobs in the order they are due.

May import: the clock and the standard library.
"""

from __future__ import annotations

import heapq
import itertools
import threading
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ionq_emulator.clock import Clock

__all__ = ["Agenda"]


class Agenda:
    """Calls `work` with job ids, as soon as may be or at an emulated time.

    Args:
        clock: Emulated time.
        changed: Notified whenever there is less or more to do; its lock guards everything here.
        work: Does what there is to do for a job. Runs in the agenda's thread, which begins with
            the first entry.
    """

    def __init__(
        self, clock: Clock, changed: threading.Condition, work: Callable[[str], None]
    ) -> None:
        self._clock = clock
        self._changed = changed
        self._work = work
        self._soon: deque[str] = deque()
        self._due: list[tuple[int, int, str]] = []
        self._order = itertools.count()
        self._thread: threading.Thread | None = None
        self._working = False
        self._closed = False
        clock.on_change = self._wake

    def soon(self, job_id: str) -> None:
        """Look at a job as soon as what was entered before has been."""
        with self._changed:
            self._soon.append(job_id)
            self._begin()

    def at(self, due_ms: int, job_id: str) -> None:
        """Look at a job at an emulated time."""
        with self._changed:
            heapq.heappush(self._due, (due_ms, next(self._order), job_id))
            self._begin()

    def clear(self) -> None:
        """Forget all entries."""
        with self._changed:
            self._soon.clear()
            self._due.clear()

    @property
    def idle(self) -> bool:
        """Whether nothing is to be done before the clock moves; asked with the lock held."""
        overdue = bool(self._due) and self._clock.real_seconds_until(self._due[0][0]) == 0.0
        return not (self._soon or self._working or overdue)

    def close(self) -> None:
        """End the thread, after what it is at."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _begin(self) -> None:
        if self._thread is None and not self._closed:
            self._thread = threading.Thread(
                target=self._serve, name="ionq-emulator-agenda", daemon=True
            )
            self._thread.start()
        self._changed.notify_all()

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def _serve(self) -> None:
        while (job_id := self._next()) is not None:
            self._work(job_id)

    def _next(self) -> str | None:
        with self._changed:
            self._working = False
            self._changed.notify_all()
            while not self._closed:
                wait = self._clock.real_seconds_until(self._due[0][0]) if self._due else None
                if wait == 0.0:  # what is overdue comes first: jobs keep their order
                    self._working = True
                    return heapq.heappop(self._due)[2]
                if self._soon:
                    self._working = True
                    return self._soon.popleft()
                self._changed.wait(wait)
            return None
