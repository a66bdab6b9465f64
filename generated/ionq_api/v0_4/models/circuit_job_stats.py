# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..types import UNSET, Deviation, Unset

if TYPE_CHECKING:
    from ..models.number_map import NumberMap


@_attrs_define
class CircuitJobStats:
    """Size and machine time of a job. Fields appear as they become known.

    Attributes:
        qubits (int | Unset): Number of qubits used.
        circuits (int | Unset): Number of circuits run.
        gate_counts (NumberMap | Unset): Name to number.
        kwh (float | Unset): Energy used, in kilowatt-hours.
        predicted_quantum_compute_time_us (int | Unset): Forecast of the time on the quantum
            computer, in microseconds.
        billed_quantum_compute_time_us (int | Unset): Time on the quantum computer that is
            billed, in microseconds.
    """

    qubits: int | Unset = UNSET
    circuits: int | Unset = UNSET
    gate_counts: NumberMap | Unset = UNSET
    kwh: float | Unset = UNSET
    predicted_quantum_compute_time_us: int | Unset = UNSET
    billed_quantum_compute_time_us: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("qubits", "qubits", _codec.INT, False),
        ("circuits", "circuits", _codec.INT, False),
        ("gate_counts", "gate_counts", _codec.model("NumberMap"), False),
        ("kwh", "kwh", _codec.FLOAT, False),
        (
            "predicted_quantum_compute_time_us",
            "predicted_quantum_compute_time_us",
            _codec.INT,
            False,
        ),
        ("billed_quantum_compute_time_us", "billed_quantum_compute_time_us", _codec.INT, False),
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
