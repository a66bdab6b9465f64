# @generated from openapi/v0.3.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..types import UNSET, Deviation, Unset

if TYPE_CHECKING:
    from ..models.gate import Gate
    from ..models.registers import Registers


@_attrs_define
class NamedCircuit:
    """One of several circuits.

    Attributes:
        circuit (list[Gate]): Gates in order of application.
        name (str | Unset): Label of the circuit, free text.
        registers (Registers | Unset): Named groups of measured qubits. A register lists qubit
            indices, from 0; null holds a place without a qubit. The service gives them back and
            leaves the results as they are. Example: {'meas_mapped': [0, 1, None]}.
    """

    circuit: list[Gate]
    name: str | Unset = UNSET
    registers: Registers | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("circuit", "circuit", _codec.array(_codec.model("Gate")), True),
        ("name", "name", _codec.STR, False),
        ("registers", "registers", _codec.model("Registers"), False),
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
