# @generated from openapi/v0.3.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..types import UNSET, Deviation, Unset

if TYPE_CHECKING:
    from ..models.circuit_input import CircuitInput
    from ..models.error_mitigation import ErrorMitigation
    from ..models.job_metadata import JobMetadata
    from ..models.multi_circuit_input import MultiCircuitInput
    from ..models.noise import Noise
    from ..models.program_input import ProgramInput
    from ..models.registers import Registers


@_attrs_define
class InputJobCreationPayload:
    """Job as version 0.3 describes it.

    Attributes:
        input_ (CircuitInput | MultiCircuitInput | ProgramInput): The program of a job.
        name (str | Unset): Label for the job, free text.
        target (str | Unset): Name of a backend. Known are `simulator`, `qpu.harmony`,
            `qpu.aria-1`, `qpu.aria-2`, `qpu.forte-1`, `qpu.forte-enterprise-1` and `qpu.forte-
            enterprise-2`. Example: simulator.
        shots (int | str | Unset): Repetitions of each circuit, from 1 to 1000000, 100 by
            default; digits as text are taken too.
        metadata (JobMetadata | Unset): Own notes on the job, up to 10 names of up to 40
            characters each. IonQ's pages say 400 characters for a value here, and 40000 elsewhere.
            Example: {'experiment': 'bell'}.
        noise (Noise | Unset): Noise of the simulator. Quantum computers take none.
        error_mitigation (ErrorMitigation | Unset): Error mitigation on quantum computers.
        registers (Registers | Unset): Named groups of measured qubits. A register lists qubit
            indices, from 0; null holds a place without a qubit. The service gives them back and
            leaves the results as they are. Example: {'meas_mapped': [0, 1, None]}.
        qubits (int | Unset): Number of qubits of a program that is not a circuit, such as QIR.
        lang (str | Unset): Left over from version 0.2, always `json`. Has no effect; leave it
            out.
    """

    input_: CircuitInput | MultiCircuitInput | ProgramInput
    name: str | Unset = UNSET
    target: str | Unset = UNSET
    shots: int | str | Unset = UNSET
    metadata: JobMetadata | Unset = UNSET
    noise: Noise | Unset = UNSET
    error_mitigation: ErrorMitigation | Unset = UNSET
    registers: Registers | Unset = UNSET
    qubits: int | Unset = UNSET
    lang: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        (
            "input",
            "input_",
            _codec.union(
                _codec.model("CircuitInput"),
                _codec.model("MultiCircuitInput"),
                _codec.model("ProgramInput"),
            ),
            True,
        ),
        ("name", "name", _codec.STR, False),
        ("target", "target", _codec.STR, False),
        ("shots", "shots", _codec.union(_codec.INT, _codec.STR), False),
        ("metadata", "metadata", _codec.model("JobMetadata"), False),
        ("noise", "noise", _codec.model("Noise"), False),
        ("error_mitigation", "error_mitigation", _codec.model("ErrorMitigation"), False),
        ("registers", "registers", _codec.model("Registers"), False),
        ("qubits", "qubits", _codec.INT, False),
        ("lang", "lang", _codec.STR, False),
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
