"""What the emulated cloud remembers: jobs and sessions, and their states.

May import: the standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ionq_emulator.values import Json

__all__ = [
    "CIRCUIT",
    "FUNCTION",
    "MULTI_CIRCUIT",
    "QAOA",
    "QASM3",
    "TERMINAL",
    "Job",
    "Json",
    "Session",
    "Status",
]


CIRCUIT = "ionq.circuit.v1"
MULTI_CIRCUIT = "ionq.multi-circuit.v1"
QASM3 = "ionq.qasm3.v1"
FUNCTION = "quantum-function"
QAOA = "qctrl.qaoa.v1"


class Status(StrEnum):
    """A job's state (IonQ docs, user manual, jobs)."""

    SUBMITTED = "submitted"  # received, being checked and compiled
    READY = "ready"  # accepted, waiting in the queue
    STARTED = "started"  # begun; of a multi-circuit job, some children may be done
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELED = "canceled"


TERMINAL = frozenset({Status.COMPLETED, Status.FAILED, Status.CANCELED})


@dataclass(slots=True)
class Job:
    """One job as stored. Times are ms since the Unix epoch by the emulator's clock.

    Attributes:
        number: Position among the project's jobs, from 1; part of what the id is made of.
        shots: As submitted, or IonQ's default of 100.
        settings: The settings a response repeats.
        seed: Seeds sampling and noise of this job.
        children: Ids of the circuits' jobs, of a multi-circuit job.
        child_index: Position among the siblings, of a child.
        ready_at: When the job may leave `submitted`; likewise `start_at` and `complete_at`.
            None: as soon as it can.
        checked: The circuit has been read and measured (or the parent's children have).
        mid_circuit: Qubits are measured or reset in the middle.
        outcome_at: When the results were stored, whether or not it is time to show them.
        values: What a quantum function gave: `value` and `variance`.
        cost: USD, of a job that is priced; None for the simulator.
        artifacts: Further published files: id to format and media type.
        origin: API version that the job came through.
        extra: What only that version knows and repeats (v0.3's registers).
    """

    id: str
    number: int
    project_id: str
    submitter_id: str
    organization_id: str
    project_name: str
    user_name: str
    type: str
    backend: str
    status: str
    dry_run: bool
    name: str | None
    metadata: dict[str, str] | None
    shots: int
    noise: Json | None
    settings: Json
    session_id: str | None
    seed: int
    submitted_at: int
    parent_id: str | None = None
    child_index: int | None = None
    children: list[str] = field(default_factory=list)
    started_at: int | None = None
    completed_at: int | None = None
    predicted_wait_ms: int | None = None
    predicted_execution_ms: int | None = None
    execution_ms: int | None = None
    ready_at: int | None = None
    start_at: int | None = None
    complete_at: int | None = None
    checked: bool = False
    mid_circuit: bool = False
    outcome_at: int | None = None
    failure: Json | None = None
    stats: Json = field(default_factory=dict)
    output: Json = field(default_factory=dict)
    results: list[str] = field(default_factory=list)
    variants: list[Json] = field(default_factory=list)
    values: dict[str, float] = field(default_factory=dict)
    estimated_cost: float | None = None
    cost: float | None = None
    artifacts: dict[str, Json] = field(default_factory=dict)
    origin: str = "v0.4"
    extra: Json = field(default_factory=dict)

    @property
    def terminal(self) -> bool:
        """Whether the job will never change again."""
        return self.status in TERMINAL

    @property
    def simulated(self) -> bool:
        """Whether it runs on the simulator rather than on a QPU."""
        return self.backend == "simulator"

    @property
    def noise_model(self) -> str:
        """The simulator's noise model; `ideal` when none was asked for."""
        return str(self.noise["model"]) if self.noise else "ideal"

    @property
    def counts_shots(self) -> bool:
        """Whether shots mean anything: the ideal simulator ignores them (IonQ API reference)."""
        return not (self.simulated and self.noise_model == "ideal")


@dataclass(slots=True)
class Session:
    """One session as stored. Times are ms since the Unix epoch by the emulator's clock."""

    id: str
    number: int
    project_id: str
    organization_id: str
    creator_id: str
    backend: str
    created_at: int
    settings: Json
    started_at: int | None = None
    ended_at: int | None = None
    ender_id: str | None = None
    expires_at: int | None = None

    @property
    def active(self) -> bool:
        """Whether it takes jobs."""
        return self.ended_at is None

    @property
    def status(self) -> str:
        """`created`, `started` (its first job has run) or `ended`."""
        if self.ended_at is not None:
            return "ended"
        return "created" if self.started_at is None else "started"
