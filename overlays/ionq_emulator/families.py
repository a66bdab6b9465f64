"""Multi-circuit jobs: parents follow their children.

May import: records and store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ionq_emulator.records import TERMINAL, Job, Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from ionq_emulator.store import Store

__all__ = ["Families"]

_RANK = {Status.SUBMITTED: 0, Status.READY: 1, Status.STARTED: 2}
_OPEN = [status for status in Status if status not in TERMINAL]


class Families:
    """Parents and their children.

    Args:
        store: Where they are.
        on_moved: Told of every parent that has started or ended, after it was written.
    """

    def __init__(self, store: Store, on_moved: Callable[[Job], None]) -> None:
        self._store = store
        self._on_moved = on_moved

    def follow(self, parent_id: str, child: Job | None = None) -> None:
        """Let a parent follow its children: as far as the furthest, to the end with the last.

        Args:
            parent_id: The parent.
            child: The one that has moved; None: look whether all have ended.
        """
        with self._store.transaction():
            status = self._store.status(parent_id)
            if status is None or status in TERMINAL:
                return
            if not self._store.has_children(parent_id, _OPEN):
                parent = self._finish(parent_id)
            elif child is not None and _reached(child) > _RANK[Status(status)]:
                parent = self._move(parent_id, child)
            else:
                return
        self._on_moved(parent)

    def _move(self, parent_id: str, child: Job) -> Job:
        parent = self._store.job(parent_id)
        assert parent is not None
        reached = _reached(child)
        parent.status = next(status for status, rank in _RANK.items() if rank == reached)
        parent.predicted_wait_ms = child.predicted_wait_ms
        parent.started_at = child.started_at
        self._store.save_open_job(parent)
        return parent

    def _finish(self, parent_id: str) -> Job:
        parent = self._store.job(parent_id)
        assert parent is not None
        children = self._store.jobs(parent.children)
        failed = next((child for child in children if child.status == Status.FAILED), None)
        if failed is not None:
            parent.failure = failed.failure
            parent.status = Status.FAILED
        elif any(child.status == Status.CANCELED for child in children):
            parent.status = Status.CANCELED
        else:
            parent.status = Status.COMPLETED
        started = [child.started_at for child in children if child.started_at is not None]
        parent.started_at = min(started, default=None)
        parent.completed_at = max((child.completed_at or 0 for child in children), default=None)
        parent.predicted_wait_ms = None
        _add_up(parent, children)
        self._store.save_open_job(parent)
        return parent


def _add_up(parent: Job, children: list[Job]) -> None:
    predicted = [child.predicted_execution_ms or 0 for child in children]
    parent.predicted_execution_ms = sum(predicted)
    if parent.status == Status.COMPLETED and not parent.dry_run:
        parent.execution_ms = sum(child.execution_ms or 0 for child in children)
        parent.results = ["probabilities"]
    for name in ("estimated_cost", "cost"):
        costs = [getattr(child, name) for child in children if getattr(child, name) is not None]
        setattr(parent, name, round(sum(costs), 4) if costs else None)


def _reached(child: Job) -> int:
    return _RANK.get(Status(child.status), _RANK[Status.STARTED])
