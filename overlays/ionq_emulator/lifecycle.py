"""How jobs move: submitted, ready, started, and to one of the three ends.

May import: records, store, clock, agenda, turns, families, preparation, runner. No HTTP.

Every move is written before it is acted upon, so that a server that was killed finds each job in
a state it can go on from; a simulation that was cut off runs again, from the same seed.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ionq_emulator.agenda import Agenda
from ionq_emulator.execution import Execution, Run, execute
from ionq_emulator.families import Families
from ionq_emulator.ids import numbered_uuid
from ionq_emulator.records import Job, Status
from ionq_emulator.simulation import SimulationFailure
from ionq_emulator.turns import Turns
from ionq_emulator.workers import WorkerDiedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

    from ionq_emulator.clock import Clock
    from ionq_emulator.distributions import Spool
    from ionq_emulator.preparation import Preparation, Prepared
    from ionq_emulator.runner import Runner
    from ionq_emulator.settings import Progress
    from ionq_emulator.store import Row, Store

__all__ = ["Lifecycle"]

_LOG = logging.getLogger("ionq_emulator")

# Emulated time between `submitted` and `ready`: checking and compiling. Our choice.
COMPILE_MS = 400


@dataclass(slots=True)
class _Step:
    """What one look at a job found to do."""

    job: Job
    moved: bool = False
    prepared: Prepared | None = None
    results: list[Row] = field(default_factory=list)
    launch: tuple[Run, int] | None = None


class Lifecycle:
    """Moves jobs on, in the caller's thread where that is quick, else in one of its own.

    Args:
        store: Where jobs are.
        clock: Emulated time.
        preparation: Reads and measures circuits.
        runner: Where long simulations run.
        spool: Where large distributions are kept.
        progress: When jobs move.

    Attributes:
        on_started: Told of every job that has started, after it was written.
        on_finished: Told of every job that has ended, after it was written.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        preparation: Preparation,
        runner: Runner,
        spool: Spool,
        progress: Progress,
    ) -> None:
        self.on_started: Callable[[Job], None] = lambda _job: None
        self.on_finished: Callable[[Job], None] = lambda _job: None
        self._store = store
        self._clock = clock
        self._preparation = preparation
        self._runner = runner
        self._spool = spool
        self._progress = progress
        self._changed = threading.Condition()
        self._turns = Turns(self._changed)
        self._agenda = Agenda(clock, self._changed, self.step)
        self._families = Families(store, self._parent_moved)
        self._polls: dict[str, int] = {}
        self._free_at: dict[str, int] = {}

    # -- from outside ---------------------------------------------------------------------------

    @property
    def progress(self) -> Progress:
        """When jobs move."""
        return self._progress

    @progress.setter
    def progress(self, progress: Progress) -> None:
        self._progress = progress
        self.resume()

    def accepted(self, jobs: Iterable[Job], *, here: bool) -> None:
        """Take on jobs that have just been stored.

        Args:
            jobs: Jobs with a circuit of their own (of a multi-circuit job, its children).
            here: Move them on now, in this thread, as far as that is quick.
        """
        for job in jobs:
            if here:
                self.step(job.id)
            else:
                self._agenda.soon(job.id)

    def resume(self) -> None:
        """Look at every unfinished job again: after a restart, or when the rules have changed."""
        for job in self._store.unfinished_jobs():
            if job.complete_at is not None:
                free = self._free_at.get(job.backend, 0)
                self._free_at[job.backend] = max(free, job.complete_at)
            if job.children:
                self._families.follow(
                    job.id
                )  # the last child may have ended just before the server did
            else:
                self._agenda.soon(job.id)

    def reset(self, progress: Progress) -> None:
        """Forget all plans, and look at what the store holds now."""
        self._agenda.clear()
        with self._changed:
            self._free_at.clear()
            self._polls.clear()
        self.progress = progress

    def polled(self, jobs: Iterable[Job]) -> None:
        """Note that a request has shown these jobs; by `polls:N` this is what moves them."""
        if self._progress.mode != "polls":
            return
        for job in jobs:
            for job_id in () if job.terminal else job.children or [job.id]:
                with self._changed:
                    self._polls[job_id] = self._polls.get(job_id, 0) + 1
                # Here, so that the next request shows what this one has moved.
                self._turns.run(job_id, self._look, wait=True)

    def cancel(self, job: Job) -> Job:
        """Cancel a job and its children; one that has ended stays as it is.

        Returns:
            The job as it is now.
        """
        canceled: list[Job] = []
        with self._store.transaction():
            current = self._store.job(job.id) or job
            for one in (*self._store.jobs(current.children), current):
                if not one.terminal:
                    self._end(one, Status.CANCELED)
                    self._store.save_open_job(one)
                    canceled.append(one)
        for one in canceled:
            self._runner.cancel(one.id)
            self.on_finished(one)
        if canceled and current.parent_id is not None:
            self._families.follow(current.parent_id, current)
        return current

    def held(self) -> AbstractContextManager[None]:
        """Hold all jobs where they are, for as long as the store is changed under them."""
        return self._turns.held()

    def forget(self, job_ids: Iterable[str]) -> None:
        """Stop whatever runs for jobs that are about to be deleted."""
        for job_id in job_ids:
            self._runner.cancel(job_id)
            self._polls.pop(job_id, None)

    def wait_idle(self, timeout: float | None = None) -> bool:
        """Wait until no job can move before the clock does.

        Returns:
            False when the seconds are over first.
        """
        with self._changed:
            if not self._changed.wait_for(self._idle, timeout):
                return False
        return self._runner.wait_idle(timeout) and self._idle()

    def _idle(self) -> bool:
        with self._changed:
            return self._agenda.idle and self._turns.idle

    def close(self) -> None:
        """Stop moving jobs. What is unfinished stays so in the store."""
        self._agenda.close()
        self._runner.close()

    # -- one job --------------------------------------------------------------------------------

    def step(self, job_id: str) -> None:
        """Move one job as far as it can go now."""
        self._turns.run(job_id, self._look)

    def _look(self, job_id: str) -> None:
        job = self._store.job(job_id)
        if job is None or job.terminal or job.children:
            return
        before = job.status
        step = _Step(job)
        try:
            while not job.terminal and self._move(step):
                step.moved = True
        except Exception:  # noqa: BLE001 (a job must never hang because of a bug)
            _LOG.exception("job %s", job_id)
            self._fail(job, "InternalError", "The emulator failed to run this job")
            step.moved = True
        if step.moved and not self._write(step):
            return  # deleted or canceled in the meantime
        self._after(step, before)

    def _write(self, step: _Step) -> bool:
        with self._store.transaction():
            if not self._store.save_open_job(step.job):
                return False
            if step.results:
                self._store.add_results(step.results)
        return True

    def _after(self, step: _Step, before: str) -> None:
        job = step.job
        if job.status != before:
            if job.started_at is not None and before in {Status.SUBMITTED, Status.READY}:
                self.on_started(job)
            if job.terminal:
                self._polls.pop(job.id, None)
                self.on_finished(job)
            if job.parent_id is not None:
                self._families.follow(job.parent_id, job)
        if step.launch is not None:
            self._runner.start(job.id, *step.launch, self._simulated)
        elif not job.terminal:
            self._schedule(job)

    def _schedule(self, job: Job) -> None:
        if job.status == Status.READY and not self._preparation.accepts(job):
            return  # looked at again when the machine is back
        due = {
            Status.SUBMITTED: job.ready_at,
            Status.READY: job.start_at,
            Status.STARTED: job.complete_at if job.outcome_at is not None else None,
        }.get(Status(job.status))
        if due is not None and self._progress.mode == "time":
            self._agenda.at(due, job.id)

    def _parent_moved(self, parent: Job) -> None:
        if parent.terminal:
            self.on_finished(parent)
        elif parent.status == Status.STARTED:
            self.on_started(parent)

    def _move(self, step: _Step) -> bool:
        job = step.job
        if job.status == Status.SUBMITTED:
            return self._leave_submitted(step)
        if job.status == Status.READY:
            return self._leave_ready(job)
        return self._leave_started(step)

    def _leave_submitted(self, step: _Step) -> bool:
        job = step.job
        if not job.checked:
            try:
                step.prepared = self._preparation.prepare(job)
            except SimulationFailure as failure:
                self._fail(job, failure.code, failure.message)
            else:
                job.checked = True
                job.ready_at = job.submitted_at + COMPILE_MS
            return True
        if not self._may_leave(job, job.ready_at):
            return False
        if job.dry_run:
            self._end(job, Status.COMPLETED, job.ready_at)
            return True
        job.status = Status.READY
        self._plan(job)
        return True

    def _plan(self, job: Job) -> None:
        """Decide when a ready job starts: behind the queue, and behind this emulator's own jobs."""
        assert job.ready_at is not None
        wait = self._preparation.queue_ms(job)
        with self._changed:
            start = job.ready_at + wait
            if not job.simulated:
                start = max(start, self._free_at.get(job.backend, 0))
                self._free_at[job.backend] = start + (job.predicted_execution_ms or 0)
        job.start_at = start
        job.predicted_wait_ms = start - job.ready_at

    def _leave_ready(self, job: Job) -> bool:
        if not self._preparation.accepts(job) or not self._may_leave(job, job.start_at):
            return False
        job.status = Status.STARTED
        job.started_at = self._moment(job.start_at)
        job.execution_ms = self._preparation.execution_ms(job)
        job.complete_at = job.started_at + job.execution_ms
        return True

    def _leave_started(self, step: _Step) -> bool:
        job = step.job
        if job.outcome_at is None:
            return self._simulate(step)
        assert job.complete_at is not None
        if not self._may_leave(job, job.complete_at):
            return False
        job.cost = job.estimated_cost
        predicted = job.stats.get("predicted_quantum_compute_time_us")
        if predicted is not None:
            job.stats["billed_quantum_compute_time_us"] = predicted
        self._end(job, Status.COMPLETED, max(job.complete_at, job.outcome_at))
        return True

    def _simulate(self, step: _Step) -> bool:
        """Run the circuit: here when that takes no time, else by the runner."""
        job = step.job
        try:
            prepared = step.prepared or self._preparation.prepare(job)
            if not prepared.quick:
                step.launch = (prepared.run, prepared.memory)
                return False
            execution = execute(prepared.run)
        except SimulationFailure as failure:
            self._fail(job, failure.code, failure.message)
        else:
            step.results = self._take(job, execution)
            job.outcome_at = job.started_at
        return True

    def _simulated(self, job_id: str, execution: Execution | BaseException) -> None:
        """The runner's answer, in a thread of its own."""
        with self._turns.taken(f"outcome of {job_id}"):
            job = self._note(job_id, execution)
        if job is None:
            return
        if job.terminal:
            self.on_finished(job)
            if job.parent_id is not None:
                self._families.follow(job.parent_id, job)
        else:
            self.step(job_id)

    def _note(self, job_id: str, execution: Execution | BaseException) -> Job | None:
        """Store what a simulation gave; None when the job does not wait for it any more."""
        with self._store.transaction():
            job = self._store.job(job_id)
            if job is None or job.status != Status.STARTED or job.outcome_at is not None:
                return None
            if isinstance(execution, BaseException):
                self._fail(job, *_explain(execution))
            else:
                self._store.add_results(self._take(job, execution))
                job.outcome_at = self._clock.now()
            self._store.save_open_job(job)
        return job

    def _take(self, job: Job, execution: Execution) -> list[Row]:
        """Note what a run gave, and return the rows to store."""
        rows: list[Row] = [(job.id, "", kind, body) for kind, body in execution.bodies.items()]
        if execution.columns is not None:
            kept = self._spool.keep(f"{job.id}.probabilities", execution.columns)
            rows.append((job.id, "", "probabilities", kept))
        job.results = sorted(kind for _, _, kind, _ in rows)
        job.values = execution.values
        for index, variant in enumerate(execution.variants):
            variant_id = numbered_uuid(job.seed, job.project_id, f"variant of {job.id}", index)
            job.variants.append(
                {"id": variant_id, "qubit_map": variant.qubit_map, "shots": variant.shots}
            )
            rows += [(job.id, variant_id, kind, body) for kind, body in variant.bodies.items()]
        return rows

    # -- states ---------------------------------------------------------------------------------

    def _may_leave(self, job: Job, at: int | None) -> bool:
        mode = self._progress.mode
        if mode == "time":
            return at is None or at <= self._clock.now()
        if mode == "instant":
            return True
        with self._changed:
            if self._polls.get(job.id, 0) < self._progress.polls:
                return False
            self._polls[job.id] = 0
            return True

    def _moment(self, planned: int | None) -> int:
        """When a move happens: as planned by the clock, else now."""
        now = self._clock.now()
        return min(planned, now) if planned is not None and self._progress.mode == "time" else now

    def _end(self, job: Job, status: Status, planned: int | None = None) -> None:
        job.status = status
        job.completed_at = self._moment(planned)
        job.predicted_wait_ms = None  # the wait is over

    def _fail(self, job: Job, code: str, message: str) -> None:
        job.failure = {"code": code, "message": message}
        self._end(job, Status.FAILED)


def _explain(error: BaseException) -> tuple[str, str]:
    if isinstance(error, SimulationFailure):
        return error.code, error.message
    if isinstance(error, WorkerDiedError | MemoryError):
        return "SimulationError", f"The simulation was cut off: {error}"
    _LOG.error("simulation", exc_info=error)
    return "InternalError", f"The simulation failed: {error}"
