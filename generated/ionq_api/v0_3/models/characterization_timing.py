# @generated from openapi/v0.3.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..types import UNSET, Deviation, Unset


@_attrs_define
class CharacterizationTiming:
    """Durations, all in seconds.

    Attributes:
        field_1q (float | Unset): One-qubit gate, in s.
        field_2q (float | Unset): Two-qubit gate, in s.
        readout (float | Unset): Measurement of the qubits, in s.
        reset (float | Unset): Reset of a qubit, in s.
        t1 (float | Unset): Relaxation time T1, in s. Example: 10000.
        t2 (float | Unset): Dephasing time T2, in s. Example: 0.2.
    """

    field_1q: float | Unset = UNSET
    field_2q: float | Unset = UNSET
    readout: float | Unset = UNSET
    reset: float | Unset = UNSET
    t1: float | Unset = UNSET
    t2: float | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("1q", "field_1q", _codec.FLOAT, False),
        ("2q", "field_2q", _codec.FLOAT, False),
        ("readout", "readout", _codec.FLOAT, False),
        ("reset", "reset", _codec.FLOAT, False),
        ("t1", "t1", _codec.FLOAT, False),
        ("t2", "t2", _codec.FLOAT, False),
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
