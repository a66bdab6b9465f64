"""The emulated cloud: what can be asked of it, in terms of jobs and not of HTTP.

May import: everything of the emulator but the HTTP side. Safe to call from any thread.
"""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from ionq_emulator.auth import Identity, KeyRing
from ionq_emulator.backends import Backend, Catalogue
from ionq_emulator.clock import Clock
from ionq_emulator.compiled import compiled_text
from ionq_emulator.distributions import Columns, Spool, in_pieces
from ionq_emulator.errors import bad_request, not_found
from ionq_emulator.ids import numbered_uuid, seed31
from ionq_emulator.lifecycle import Lifecycle
from ionq_emulator.preparation import Preparation
from ionq_emulator.records import MULTI_CIRCUIT, QASM3, Job, Status
from ionq_emulator.runner import Runner
from ionq_emulator.sessions import Sessions
from ionq_emulator.simulation import SimulationFailure
from ionq_emulator.store import JobFilter, Page, Store
from ionq_emulator.validation import MIN_DEBIASING_SHOTS
from ionq_emulator.workplace import find_workplace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Executor

    from ionq_emulator.compiled import Language
    from ionq_emulator.settings import Settings
    from ionq_emulator.submission import CircuitProgram, Submission

__all__ = ["Cloud", "Content"]

# A result as it is stored.
Content = bytes | Columns

# Programs up to this many bytes are read in the thread that submits them.
_SMALL_PROGRAM = 16_384
# OpenQASM takes thirty times as long to read: some 30 ms for this much.
_SMALL_QASM = 1_024


class Cloud:
    """Machines, keys, jobs and sessions of one emulator.

    Args:
        settings: How it is set up.
        executor: Where long simulations run, see `find_workplace`.

    Raises:
        DatabaseInUseError: Another process has the database open.
        ExecutorUnavailableError: The executor is not installed or does not answer.
    """

    def __init__(self, settings: Settings, executor: Executor | str | None = None) -> None:
        self.settings = settings
        self.keys = KeyRing(settings.api_keys)
        self.catalogue = Catalogue()
        self.catalogue.set_queue(settings.queue_ms)
        self.store = Store(settings.database)
        try:
            place = find_workplace(settings, executor)
        except BaseException:
            self.store.close()
            raise
        # Time goes on from what the database has seen, even if the machine's clock was set back.
        start = max(int(time.time() * 1000), self.store.latest_time())
        self.clock = Clock(settings.speed, start)
        self.runner = Runner(place)
        self.spool = Spool(None if settings.database is None else Path(settings.database))
        local = self.spool if place.local else None
        self.preparation = Preparation(self.store, self.catalogue, place.largest_bytes, local)
        self.lifecycle = Lifecycle(
            self.store,
            self.clock,
            preparation=self.preparation,
            runner=self.runner,
            spool=self.spool,
            progress=settings.progress,
        )
        self.sessions = Sessions(self.store, self.clock, self.catalogue, settings.seed)
        self.lifecycle.on_started = self.sessions.job_started
        self.lifecycle.on_finished = self.sessions.job_finished
        self.lifecycle.resume()

    def close(self) -> None:
        """Stop; unfinished jobs go on when the database is opened again."""
        self.lifecycle.close()
        self.store.close()
        self.spool.close()

    # -- jobs -----------------------------------------------------------------------------------

    def submit(self, identity: Identity, submission: Submission) -> Job:
        """Accept a job: when this returns, it is stored.

        Raises:
            ApiError: 400, when no machine would take it, or 409, when its session would not.
        """
        backend = self.catalogue.find(submission.backend)
        if backend is None:
            known = ", ".join(self.catalogue.backends)
            raise bad_request(
                f'"backend" must be one of {known}, got {submission.backend!r}', "backend"
            )
        if backend.status == "retired":
            raise bad_request(f'"backend": {backend.name} is retired', "backend")
        _settle_debiasing(submission, backend)
        with self.store.transaction():
            if submission.session_id is not None:
                self.sessions.admit(identity, submission.session_id, submission.backend)
            jobs, programs = self._records(identity, submission)
            self.store.add_jobs(jobs)
            self.store.add_programs(programs)
        runnable = jobs[1:] if submission.type == MULTI_CIRCUIT else jobs
        answer = jobs[0]
        small = submission.size <= (_SMALL_QASM if submission.type == QASM3 else _SMALL_PROGRAM)
        self.lifecycle.accepted(runnable, here=small and self.lifecycle.progress.mode != "time")
        return answer

    def _records(
        self, identity: Identity, submission: Submission
    ) -> tuple[list[Job], list[tuple[str, bytes]]]:
        circuits = submission.circuits
        multi = submission.type == MULTI_CIRCUIT
        project = identity.project_id
        numbers = self.store.next_numbers(project, "job", len(circuits) + multi)
        ids = [numbered_uuid(self.settings.seed, project, "job", number) for number in numbers]
        jobs = [
            self._record(identity, submission, job_id, number)
            for job_id, number in zip(ids, numbers, strict=True)
        ]
        runnable = jobs
        if multi:
            parent, *runnable = jobs
            parent.children = ids[1:]
            for index, (child, circuit) in enumerate(zip(runnable, circuits, strict=True)):
                _make_child(child, parent, index, circuit)
        programs = [
            (job.id, orjson.dumps(circuit.program))
            for job, circuit in zip(runnable, circuits, strict=True)
        ]
        return jobs, programs

    def _record(self, identity: Identity, submission: Submission, job_id: str, number: int) -> Job:
        return Job(
            id=job_id,
            number=number,
            project_id=identity.project_id,
            submitter_id=identity.submitter_id,
            organization_id=identity.organization_id,
            project_name=identity.project_name,
            user_name=identity.user_name,
            type=submission.type,
            backend=submission.backend,
            status=Status.SUBMITTED,
            dry_run=submission.dry_run,
            name=submission.name,
            metadata=submission.metadata,
            shots=submission.shots,
            noise=submission.noise,
            settings=submission.settings,
            session_id=submission.session_id,
            seed=seed31(self.settings.seed, job_id),
            submitted_at=self.clock.now(),
            origin=submission.origin,
            extra=submission.extra,
        )

    def job(self, identity: Identity, job_id: str) -> Job:
        """One of the project's jobs.

        Raises:
            ApiError: 404, when the project has no such job.
        """
        job = self.store.job(job_id)
        if job is None or job.project_id != identity.project_id:
            raise not_found()
        return job

    def jobs(
        self, identity: Identity, wanted: JobFilter, *, limit: int, before: int | None = None
    ) -> Page:
        """A page of the project's jobs, newest first."""
        return self.store.list_jobs(identity.project_id, wanted, limit=limit, before=before)

    def cancel(self, identity: Identity, job_ids: Iterable[str]) -> list[Job]:
        """Cancel jobs; those that have ended stay as they are, unknown ids are passed over.

        Raises:
            ApiError: 404, when the project has none of them.
        """
        return [self.lifecycle.cancel(job) for job in self._own(identity, job_ids)]

    def delete(self, identity: Identity, job_ids: Iterable[str]) -> list[Job]:
        """Delete jobs with their children, results and history; unknown ids are passed over.

        Raises:
            ApiError: 404, when the project has none of them.
        """
        jobs = self._own(identity, job_ids)
        doomed = [job_id for job in jobs for job_id in (job.id, *job.children)]
        with self.store.transaction():
            files = self.store.columns(doomed)
            self.store.delete_jobs(doomed)
        self.lifecycle.forget(doomed)
        self.spool.discard(files)
        return jobs

    def _own(self, identity: Identity, job_ids: Iterable[str]) -> list[Job]:
        wanted = list(job_ids)
        found = self.store.jobs(wanted)
        jobs = [job for job in found if job.project_id == identity.project_id]
        if wanted and not jobs:
            raise not_found()
        return jobs

    def result(self, job: Job, kind: str, variant: str = "") -> Content:
        """A completed job's result as JSON text, or as columns to make it from.

        Raises:
            ApiError: 404, when the job is not completed or has no such result.
        """
        body = self.store.result(job.id, kind, variant) if _has_results(job) else None
        if body is None:
            raise not_found()
        return body

    def aggregated(self, job: Job) -> Iterator[bytes]:
        """The probabilities of all children by child id, in the order of the circuits.

        Raises:
            ApiError: 404, when the job is not completed or has no children.
        """
        if not job.children or not _has_results(job):
            raise not_found()
        return in_pieces(self._aggregate(job.children))

    def _aggregate(self, children: list[str]) -> Iterator[bytes]:
        yield b"{"
        for index, child in enumerate(children):
            body = self.store.result(child, "probabilities")
            if body is not None:
                yield b'%s"%s":' % (b"," if index else b"", child.encode())
                yield from (body,) if isinstance(body, bytes) else body.json()
        yield b"}"

    def compiled(self, job: Job, language: Language) -> str:
        """A job's circuit compiled for its machine.

        Raises:
            ApiError: 404, when the job has no circuit of its own or it did not compile.
        """
        program = self.store.program(job.id)
        backend = self.catalogue.find(job.backend)
        if program is None or backend is None or not job.checked:
            raise not_found()
        try:
            return compiled_text(job, orjson.loads(program), backend, language)
        except SimulationFailure:
            raise not_found() from None

    # -- everything -----------------------------------------------------------------------------

    def reset(self, project_id: str | None = None) -> None:
        """Forget all jobs and sessions and be as set up, or forget those of one project."""
        open_jobs = [
            job.id
            for job in self.store.unfinished_jobs()
            if project_id is None or job.project_id == project_id
        ]
        self.lifecycle.forget(open_jobs)
        with self.lifecycle.held():
            files = self.store.columns_of(project_id)
            self.store.reset(project_id)
        self.spool.discard(files)
        if project_id is None:
            self.set_up_again()

    def set_up_again(self) -> None:
        """Clock, progress and machines as they were set up; jobs stay."""
        self.catalogue.reset()
        self.catalogue.set_queue(self.settings.queue_ms)
        self.clock.reset(self.settings.speed)
        self.lifecycle.reset(self.settings.progress)

    def restore(self, snapshot: bytes) -> None:
        """Go back to a snapshot of the store; unfinished jobs go on."""
        self.lifecycle.forget([job.id for job in self.store.unfinished_jobs()])
        with self.lifecycle.held():
            self.store.restore(snapshot)
        self.lifecycle.reset(self.lifecycle.progress)

    def state(self) -> dict[str, Any]:
        """What the emulator holds, for the control surface."""
        waiting = Counter(job.backend for job in self.store.unfinished_jobs())
        return {
            "jobs": self.store.count_jobs(),
            "progress": str(self.lifecycle.progress),
            "clock": {
                "now_ms": self.clock.now(),
                "speed": self.clock.speed,
                "frozen": self.clock.frozen,
            },
            "backends": {
                backend.name: {
                    "status": backend.status,
                    "queue_ms": backend.queue_ms,
                    "waiting": waiting.get(backend.name, 0),
                }
                for backend in self.catalogue.backends.values()
            },
        }


def _has_results(job: Job) -> bool:
    return job.status == Status.COMPLETED and not job.dry_run


def _make_child(child: Job, parent: Job, index: int, circuit: CircuitProgram) -> None:
    child.type = "ionq.circuit.v1"
    child.parent_id = parent.id
    child.child_index = index
    child.name = circuit.name
    child.metadata = None
    child.extra = {"registers": circuit.registers} if circuit.registers else {}


def _settle_debiasing(submission: Submission, backend: Backend) -> None:
    """Debiasing is on by default on QPUs from 500 shots, and cannot be had below (IonQ docs)."""
    if not backend.is_qpu:
        return
    mitigation = submission.settings.setdefault("error_mitigation", {})
    enough = submission.shots >= MIN_DEBIASING_SHOTS
    if mitigation.get("debiasing") is True and not enough:
        raise bad_request(
            f'"settings.error_mitigation.debiasing" needs at least {MIN_DEBIASING_SHOTS} shots, '
            f"got {submission.shots}",
            "settings.error_mitigation.debiasing",
            "shots",
        )
    if mitigation.get("debiasing") is None:
        mitigation["debiasing"] = enough
