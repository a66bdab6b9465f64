# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..types import UNSET, Deviation, Unset

if TYPE_CHECKING:
    from ..models.median_fidelity import MedianFidelity


@_attrs_define
class CharacterizationFidelity:
    """Median fidelities over the day of one-qubit gates (`1q`), of two-qubit gates (`2q`), and of
    preparing and measuring a qubit (`spam`).

    Attributes:
        field_1q (MedianFidelity | Unset): Median fidelity of one kind of operation.
        field_2q (MedianFidelity | Unset): Median fidelity of one kind of operation.
        spam (MedianFidelity | Unset): Median fidelity of one kind of operation.
    """

    field_1q: MedianFidelity | Unset = UNSET
    field_2q: MedianFidelity | Unset = UNSET
    spam: MedianFidelity | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("1q", "field_1q", _codec.model("MedianFidelity"), False),
        ("2q", "field_2q", _codec.model("MedianFidelity"), False),
        ("spam", "spam", _codec.model("MedianFidelity"), False),
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
