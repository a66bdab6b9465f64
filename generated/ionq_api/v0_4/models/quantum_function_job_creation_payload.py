# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..models.quantum_function_job_creation_payload_type import (
    QuantumFunctionJobCreationPayloadType,
)
from ..types import UNSET, Deviation, Unset

if TYPE_CHECKING:
    from ..models.generic_quantum_function_input import GenericQuantumFunctionInput
    from ..models.hamiltonian_energy_input import HamiltonianEnergyInput
    from ..models.job_metadata import JobMetadata
    from ..models.quantum_function_job_creation_payload_settings import (
        QuantumFunctionJobCreationPayloadSettings,
    )


@_attrs_define
class QuantumFunctionJobCreationPayload:
    """Job that evaluates a function of a parametrised circuit, such as an energy.

    Attributes:
        backend (str): Name of a backend, e.g. `simulator`, `qpu.aria-1`, `qpu.forte-1` or
            `qpu.forte-enterprise-1`.
        type_ (QuantumFunctionJobCreationPayloadType): Always `quantum-function` here.
        input_ (GenericQuantumFunctionInput | HamiltonianEnergyInput): Function to evaluate. An
            energy has its `type` within `data`, any other function beside it.
        name (str | Unset): Label for the job, free text.
        metadata (JobMetadata | Unset): The sender's own notes, text to text. Up to 10 keys of
            up to 40 characters, values of up to 40000. Example: {'experiment': 'bell', 'run': '7'}.
        shots (int | Unset): Repetitions of each circuit. The ideal simulator ignores it.
            Default: 100.
        session_id (str | Unset): Session to run in; leave it out to run outside any session.
        settings (QuantumFunctionJobCreationPayloadSettings | Unset): How to compile the program
            and treat errors.
        dry_run (bool | Unset): True checks, compiles and prices the job without running it.
    """

    backend: str
    type_: QuantumFunctionJobCreationPayloadType
    input_: GenericQuantumFunctionInput | HamiltonianEnergyInput
    name: str | Unset = UNSET
    metadata: JobMetadata | Unset = UNSET
    shots: int | Unset = 100
    session_id: str | Unset = UNSET
    settings: QuantumFunctionJobCreationPayloadSettings | Unset = UNSET
    dry_run: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("backend", "backend", _codec.STR, True),
        ("type", "type_", _codec.enumeration("QuantumFunctionJobCreationPayloadType"), True),
        (
            "input",
            "input_",
            _codec.union(
                _codec.model("HamiltonianEnergyInput"), _codec.model("GenericQuantumFunctionInput")
            ),
            True,
        ),
        ("name", "name", _codec.STR, False),
        ("metadata", "metadata", _codec.model("JobMetadata"), False),
        ("shots", "shots", _codec.INT, False),
        ("session_id", "session_id", _codec.STR, False),
        ("settings", "settings", _codec.model("QuantumFunctionJobCreationPayloadSettings"), False),
        ("dry_run", "dry_run", _codec.BOOL, False),
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
