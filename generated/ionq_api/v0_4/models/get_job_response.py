# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..models.job_status import JobStatus
from ..types import UNSET, Deviation, Unset

if TYPE_CHECKING:
    from ..models.circuit_job_result import CircuitJobResult
    from ..models.circuit_job_settings import CircuitJobSettings
    from ..models.circuit_job_stats import CircuitJobStats
    from ..models.failure import Failure
    from ..models.job_metadata import JobMetadata
    from ..models.job_warning import JobWarning
    from ..models.json_object import JsonObject
    from ..models.noise import Noise


@_attrs_define
class GetJobResponse:
    """A job in full.

    Attributes:
        id (str): Id of the job. Treat it as opaque text.
        status (JobStatus): Where a job is. `submitted` is being checked and compiled, `ready`
            waits in the queue, `started` is running; `completed`, `failed` and `canceled` are
            final.
        type_ (str): Format of the program, e.g. `ionq.circuit.v1` or `ionq.multi-circuit.v1`.
        backend (str): Backend the job was sent to, e.g. `simulator` or `qpu.forte-1`.
        dry_run (bool): True for a job that is checked, compiled and priced but never queued or
            run.
        submitter_id (str): Id of the account that sent the job, 24 hexadecimal digits.
        project_id (None | str): Project the job belongs to; null when it belongs to none.
        parent_job_id (None | str): Multi-circuit job this job is a part of; null for a job of
            its own.
        session_id (None | str): Session the job runs in; null outside a session.
        metadata (JobMetadata | None): Notes sent with the job; null when there were none.
        name (None | str): Label sent with the job; null when there was none.
        submitted_at (datetime.datetime | None): When the job was received; null when not
            recorded.
        started_at (datetime.datetime | None): When execution began; null before that, and for
            some simulator jobs.
        completed_at (datetime.datetime | None): When the job reached its final state; null
            before that, and for some simulator jobs.
        predicted_wait_time_ms (int | None): Forecast of the time left in the queue, in ms; null
            without a forecast, as for a finished job.
        predicted_execution_duration_ms (int | None): Forecast of the run time, in ms; null
            without a forecast.
        execution_duration_ms (int | None): Measured run time, in ms; null before the run, 0
            when no run times were recorded.
        failure (Failure | None): What went wrong; null unless `status` is `failed`.
        output (JsonObject | None): What the job left besides results, e.g. compiled circuits
            and the variants of debiasing; empty or null when nothing was published.
        settings (CircuitJobSettings): Settings the job runs with.
        stats (CircuitJobStats): Size and machine time of a job. Fields appear as they become
            known. Example: {'qubits': 2, 'circuits': 1, 'gate_counts': {'1q': 1, '2q': 1}}.
        results (CircuitJobResult | None): Where the results are; null until the job is
            completed, and for dry runs.
        child_job_ids (list[str] | None): Parts of a multi-circuit job, in the order of its
            circuits; null for a single circuit.
        shots (int | Unset): Repetitions asked for. Absent for jobs on the ideal simulator.
        noise (Noise | Unset): Noise of the simulator. Quantum computers take none.
        cost_model (str | Unset): What the price of a job is reckoned from, e.g.
            `quantum_compute_time`, `execution_time`, `QCT` or `2QGE_operations`.
        warning (JobWarning | Unset): What the sender of a job should know, though it did not
            fail.
    """

    id: str
    status: JobStatus
    type_: str
    backend: str
    dry_run: bool
    submitter_id: str
    project_id: None | str
    parent_job_id: None | str
    session_id: None | str
    metadata: JobMetadata | None
    name: None | str
    submitted_at: datetime.datetime | None
    started_at: datetime.datetime | None
    completed_at: datetime.datetime | None
    predicted_wait_time_ms: int | None
    predicted_execution_duration_ms: int | None
    execution_duration_ms: int | None
    failure: Failure | None
    output: JsonObject | None
    settings: CircuitJobSettings
    stats: CircuitJobStats
    results: CircuitJobResult | None
    child_job_ids: list[str] | None
    shots: int | Unset = UNSET
    noise: Noise | Unset = UNSET
    cost_model: str | Unset = UNSET
    warning: JobWarning | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("id", "id", _codec.STR, True),
        ("status", "status", _codec.enumeration("JobStatus"), True),
        ("type", "type_", _codec.STR, True),
        ("backend", "backend", _codec.STR, True),
        ("dry_run", "dry_run", _codec.BOOL, True),
        ("submitter_id", "submitter_id", _codec.STR, True),
        ("project_id", "project_id", _codec.union(_codec.STR, _codec.NONE), True),
        ("parent_job_id", "parent_job_id", _codec.union(_codec.STR, _codec.NONE), True),
        ("session_id", "session_id", _codec.union(_codec.STR, _codec.NONE), True),
        ("metadata", "metadata", _codec.union(_codec.NONE, _codec.model("JobMetadata")), True),
        ("name", "name", _codec.union(_codec.STR, _codec.NONE), True),
        ("submitted_at", "submitted_at", _codec.union(_codec.NONE, _codec.DATETIME), True),
        ("started_at", "started_at", _codec.union(_codec.NONE, _codec.DATETIME), True),
        ("completed_at", "completed_at", _codec.union(_codec.NONE, _codec.DATETIME), True),
        (
            "predicted_wait_time_ms",
            "predicted_wait_time_ms",
            _codec.union(_codec.INT, _codec.NONE),
            True,
        ),
        (
            "predicted_execution_duration_ms",
            "predicted_execution_duration_ms",
            _codec.union(_codec.INT, _codec.NONE),
            True,
        ),
        (
            "execution_duration_ms",
            "execution_duration_ms",
            _codec.union(_codec.INT, _codec.NONE),
            True,
        ),
        ("failure", "failure", _codec.union(_codec.NONE, _codec.model("Failure")), True),
        ("output", "output", _codec.union(_codec.NONE, _codec.model("JsonObject")), True),
        ("settings", "settings", _codec.model("CircuitJobSettings"), True),
        ("stats", "stats", _codec.model("CircuitJobStats"), True),
        ("results", "results", _codec.union(_codec.NONE, _codec.model("CircuitJobResult")), True),
        (
            "child_job_ids",
            "child_job_ids",
            _codec.union(_codec.array(_codec.STR), _codec.NONE),
            True,
        ),
        ("shots", "shots", _codec.INT, False),
        ("noise", "noise", _codec.model("Noise"), False),
        ("cost_model", "cost_model", _codec.STR, False),
        ("warning", "warning", _codec.model("JobWarning"), False),
        additional=None,
    )

    def to_dict(self) -> dict[str, Any]:
        """The JSON object: what came in or was set, nothing else"""
        return _codec.to_dict(self)

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], deviations: list[Deviation] | None = None
    ) -> Self:
        """Read a JSON object; what does not fit is kept as it came and added to `deviations`"""
        return _codec.from_dict(cls, src_dict, deviations)

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties)

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
