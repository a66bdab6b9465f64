# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..models.json_multi_circuit_input_gateset import JsonMultiCircuitInputGateset
from ..types import UNSET, Deviation, Unset

if TYPE_CHECKING:
    from ..models.native_circuit import NativeCircuit
    from ..models.qis_circuit import QISCircuit


@_attrs_define
class JsonMultiCircuitInput:
    """Several circuits to run as one job.

    Attributes:
        gateset (JsonMultiCircuitInputGateset): Gate language of every circuit that names none.
        circuits (list[NativeCircuit | QISCircuit]): The circuits, up to 5000, with up to 150000
            gates between them.
        qubits (int | Unset): Number of qubits of every circuit that gives none.
    """

    gateset: JsonMultiCircuitInputGateset
    circuits: list[NativeCircuit | QISCircuit]
    qubits: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("gateset", "gateset", _codec.enumeration("JsonMultiCircuitInputGateset"), True),
        (
            "circuits",
            "circuits",
            _codec.array(_codec.union(_codec.model("QISCircuit"), _codec.model("NativeCircuit"))),
            True,
        ),
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
