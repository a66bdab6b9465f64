# @generated from openapi/v0.3.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..models.circuit_input_format import CircuitInputFormat
from ..models.gateset import Gateset
from ..types import UNSET, Deviation, Unset

if TYPE_CHECKING:
    from ..models.gate import Gate


@_attrs_define
class CircuitInput:
    """One circuit. Every qubit is measured at the end.

    Attributes:
        circuit (list[Gate]): Gates in order of application.
        format_ (CircuitInputFormat | Unset): Always `ionq.circuit.v0` here, which is also the
            default.
        gateset (Gateset | Unset): The gates a circuit is written in: `qis`, the usual ones, or
            `native`, those of the machine. They cannot be mixed in one circuit.
        qubits (int | Unset): Number of qubits of the circuit.
    """

    circuit: list[Gate]
    format_: CircuitInputFormat | Unset = UNSET
    gateset: Gateset | Unset = UNSET
    qubits: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("circuit", "circuit", _codec.array(_codec.model("Gate")), True),
        ("format", "format_", _codec.enumeration("CircuitInputFormat"), False),
        ("gateset", "gateset", _codec.enumeration("Gateset"), False),
        ("qubits", "qubits", _codec.INT, False),
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
