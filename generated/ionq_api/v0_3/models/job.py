# @generated from openapi/v0.3.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..models.job_status import JobStatus
from ..types import UNSET, Deviation, Unset

if TYPE_CHECKING:
    from ..models.error_mitigation import ErrorMitigation
    from ..models.failure import Failure
    from ..models.gate_counts import GateCounts
    from ..models.job_metadata import JobMetadata
    from ..models.job_warning import JobWarning
    from ..models.noise import Noise
    from ..models.registers import Registers


@_attrs_define
class Job:
    """A job as it stands. What has no value is left out.

    Attributes:
        id (str): Id of the job. Treat it as opaque text. Example:
            6b1f8c2e-9d47-4a35-8e0b-27c4f1a9d560.
        status (JobStatus): State of a job. `submitted` is received and being checked, `ready`
            waits in the queue, `running` has begun and may be partly done, the other three are
            final.
        request (int): When the job was received, in s since 1970 UTC. Example: 1772614800.
        type_ (str | Unset): Kind of program, `circuit` for circuits. Example: circuit.
        name (str | Unset): Label its sender gave the job.
        target (str | Unset): Name of a backend. Known are `simulator`, `qpu.harmony`,
            `qpu.aria-1`, `qpu.aria-2`, `qpu.forte-1`, `qpu.forte-enterprise-1` and `qpu.forte-
            enterprise-2`. Example: simulator.
        metadata (JobMetadata | Unset): Own notes on the job, up to 10 names of up to 40
            characters each. IonQ's pages say 400 characters for a value here, and 40000 elsewhere.
            Example: {'experiment': 'bell'}.
        shots (int | Unset): Repetitions of each circuit. Example: 100.
        noise (Noise | Unset): Noise of the simulator. Quantum computers take none.
        error_mitigation (ErrorMitigation | Unset): Error mitigation on quantum computers.
        registers (Registers | Unset): Named groups of measured qubits. A register lists qubit
            indices, from 0; null holds a place without a qubit. The service gives them back and
            leaves the results as they are. Example: {'meas_mapped': [0, 1, None]}.
        qubits (int | Unset): Number of qubits.
        circuits (int | Unset): Number of circuits.
        gate_counts (GateCounts | Unset): Gates of a circuit by the number of their qubits, `1q`
            and `2q`. Example: {'1q': 1, '2q': 1}.
        cost_usd (float | Unset): What the job costs, in USD. Example: 0.
        submitted_by (str | Unset): Id of the account that sent the job.
        project_id (str | Unset): Id of the project the job belongs to.
        start (int | Unset): When it began to run, in s since 1970 UTC.
        response (int | Unset): When it ended, in s since 1970 UTC.
        execution_time (int | Unset): How long it ran, in ms.
        predicted_execution_time (int | Unset): How long it was expected to run, in ms.
        results_url (str | Unset): Where the results are, below the address of the service.
            Example: /v0.3/jobs/6b1f8c2e-9d47-4a35-8e0b-27c4f1a9d560/results.
        children (list[str] | Unset): Ids of the jobs its circuits became, in order; empty for a
            job of one circuit.
        failure (Failure | Unset): Why a job failed.
        warning (JobWarning | Unset): What is worth knowing of a job that goes on nevertheless.
    """

    id: str
    status: JobStatus
    request: int
    type_: str | Unset = UNSET
    name: str | Unset = UNSET
    target: str | Unset = UNSET
    metadata: JobMetadata | Unset = UNSET
    shots: int | Unset = UNSET
    noise: Noise | Unset = UNSET
    error_mitigation: ErrorMitigation | Unset = UNSET
    registers: Registers | Unset = UNSET
    qubits: int | Unset = UNSET
    circuits: int | Unset = UNSET
    gate_counts: GateCounts | Unset = UNSET
    cost_usd: float | Unset = UNSET
    submitted_by: str | Unset = UNSET
    project_id: str | Unset = UNSET
    start: int | Unset = UNSET
    response: int | Unset = UNSET
    execution_time: int | Unset = UNSET
    predicted_execution_time: int | Unset = UNSET
    results_url: str | Unset = UNSET
    children: list[str] | Unset = UNSET
    failure: Failure | Unset = UNSET
    warning: JobWarning | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("id", "id", _codec.STR, True),
        ("status", "status", _codec.enumeration("JobStatus"), True),
        ("request", "request", _codec.INT, True),
        ("type", "type_", _codec.STR, False),
        ("name", "name", _codec.STR, False),
        ("target", "target", _codec.STR, False),
        ("metadata", "metadata", _codec.model("JobMetadata"), False),
        ("shots", "shots", _codec.INT, False),
        ("noise", "noise", _codec.model("Noise"), False),
        ("error_mitigation", "error_mitigation", _codec.model("ErrorMitigation"), False),
        ("registers", "registers", _codec.model("Registers"), False),
        ("qubits", "qubits", _codec.INT, False),
        ("circuits", "circuits", _codec.INT, False),
        ("gate_counts", "gate_counts", _codec.model("GateCounts"), False),
        ("cost_usd", "cost_usd", _codec.FLOAT, False),
        ("submitted_by", "submitted_by", _codec.STR, False),
        ("project_id", "project_id", _codec.STR, False),
        ("start", "start", _codec.INT, False),
        ("response", "response", _codec.INT, False),
        ("execution_time", "execution_time", _codec.INT, False),
        ("predicted_execution_time", "predicted_execution_time", _codec.INT, False),
        ("results_url", "results_url", _codec.STR, False),
        ("children", "children", _codec.array(_codec.STR), False),
        ("failure", "failure", _codec.model("Failure"), False),
        ("warning", "warning", _codec.model("JobWarning"), False),
        additional=_codec.OPEN,
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
