"""One at a time: no job is moved by two threads at once, and none while all are held.

May import: the standard library.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Generator

__all__ = ["Turns"]


class Turns:
    """Whose turn it is, per job.

    Args:
        changed: Notified whenever a turn ends; its lock guards everything here.
    """

    def __init__(self, changed: threading.Condition) -> None:
        self._changed = changed
        self._taken: dict[str, bool] = {}
        self._holds = 0

    def run(self, job_id: str, look: Callable[[str], None], *, wait: bool = False) -> None:
        """Look at a job, unless another thread does; then that one looks once more.

        Args:
            job_id: The job.
            look: Looks at it.
            wait: Wait for the other thread instead, and look here.
        """
        with self._changed:
            self._changed.wait_for(lambda: not self._holds and not (wait and job_id in self._taken))
            if job_id in self._taken:
                self._taken[job_id] = True
                return
            self._taken[job_id] = False
        again = True
        while again:
            try:
                look(job_id)
            except BaseException:
                self._drop(job_id)
                raise
            again = self._end(job_id)

    def _end(self, job_id: str) -> bool:
        """End a turn; True when it is to be had once more."""
        with self._changed:
            again = self._taken.pop(job_id)
            if again:
                self._taken[job_id] = False
            self._changed.notify_all()
            return again

    def _drop(self, name: str) -> None:
        with self._changed:
            del self._taken[name]
            self._changed.notify_all()

    @contextlib.contextmanager
    def taken(self, name: str) -> Generator[None]:
        """A turn for something else about a job, which nobody else asks for."""
        with self._changed:
            self._changed.wait_for(lambda: not self._holds)
            self._taken[name] = False
        try:
            yield
        finally:
            self._drop(name)

    @contextlib.contextmanager
    def held(self) -> Generator[None]:
        """Wait until all turns have ended, and begin none until this one does."""
        with self._changed:
            self._holds += 1
            self._changed.wait_for(lambda: not self._taken)
        try:
            yield
        finally:
            with self._changed:
                self._holds -= 1
                self._changed.notify_all()

    @property
    def idle(self) -> bool:
        """Whether it is nobody's turn; asked with the lock held."""
        return not self._taken
