# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..models.native_circuit_gateset import NativeCircuitGateset
from ..types import UNSET, Deviation, Unset

if TYPE_CHECKING:
    from ..models.gate_native_gate import GateNativeGate
    from ..models.registers import Registers


@_attrs_define
class NativeCircuit:
    """One circuit of a multi-circuit job, of native gates.

    Attributes:
        circuit (list[GateNativeGate]): Gates in order of application.
        name (str | Unset): Label of this circuit, free text.
        qubits (int | Unset): Number of qubits of this circuit; the job's `input.qubits` when
            left out.
        registers (Registers | Unset): Named groups of measured qubits. A register lists qubit
            indices, from 0; null holds a place without a qubit. Example: {'output': [0, 1, None]}.
        gateset (NativeCircuitGateset | Unset): Gate language of this circuit; the job's
            `input.gateset` when left out.
    """

    circuit: list[GateNativeGate]
    name: str | Unset = UNSET
    qubits: int | Unset = UNSET
    registers: Registers | Unset = UNSET
    gateset: NativeCircuitGateset | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("circuit", "circuit", _codec.array(_codec.model("GateNativeGate")), True),
        ("name", "name", _codec.STR, False),
        ("qubits", "qubits", _codec.INT, False),
        ("registers", "registers", _codec.model("Registers"), False),
        ("gateset", "gateset", _codec.enumeration("NativeCircuitGateset"), False),
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
