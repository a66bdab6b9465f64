# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..types import Deviation, Unset


@_attrs_define
class GetJobEstimateQueryParams:
    """Size of the job an estimate is for.

    Attributes:
        backend (str): Name of a backend, e.g. `simulator`, `qpu.aria-1`, `qpu.forte-1` or
            `qpu.forte-enterprise-1`.
        type_ (str | Unset): Format of the program, as in job creation. Default:
            'ionq.circuit.v1'.
        qubits (int | Unset): Number of qubits in the circuit. Default: 25.
        shots (int | Unset): Repetitions of the circuit. Default: 1000.
        field_1q_gates (int | Unset): Number of one-qubit gates in the circuit. Default: 0.
        field_2q_gates (int | Unset): Number of two-qubit gates in the circuit. Default: 0.
        error_mitigation (bool | Unset): True when priced with debiasing. Default: False.
    """

    backend: str
    type_: str | Unset = "ionq.circuit.v1"
    qubits: int | Unset = 25
    shots: int | Unset = 1000
    field_1q_gates: int | Unset = 0
    field_2q_gates: int | Unset = 0
    error_mitigation: bool | Unset = False
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("backend", "backend", _codec.STR, True),
        ("type", "type_", _codec.STR, False),
        ("qubits", "qubits", _codec.INT, False),
        ("shots", "shots", _codec.INT, False),
        ("1q_gates", "field_1q_gates", _codec.INT, False),
        ("2q_gates", "field_2q_gates", _codec.INT, False),
        ("error_mitigation", "error_mitigation", _codec.BOOL, False),
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
