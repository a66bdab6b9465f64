# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..types import UNSET, Deviation, Unset


@_attrs_define
class Backend:
    """A quantum computer or simulator that runs jobs.

    Attributes:
        average_queue_time (float): Time a new job would wait now, in ms. Example: 93000.
        backend (str): Name to use as `backend` of a job, e.g. `simulator`, `qpu.aria-1` or
            `qpu.forte-1`. Example: qpu.forte-1.
        last_updated (str): When the state was last refreshed. Example: 2026-03-04T09:00:00Z.
        qubits (int): Largest number of qubits a circuit can use. Example: 36.
        status (str): Whether jobs run now, one of `available`, `unavailable` and `retired`.
        characterization_id (str | Unset): Id of the latest characterization. Absent for
            backends that have none. Example: 3f8c1a52-7d0e-4b6a-9c41-5e2d8f60b713.
        degraded (bool | Unset): True while the backend works below its usual quality.
        kw (float | Unset): Energy use, in kilowatt-hours despite the name. Example: 3120.5.
        location (str | Unset): Where the machine stands. Example: Basel, Switzerland.
    """

    average_queue_time: float
    backend: str
    last_updated: str
    qubits: int
    status: str
    characterization_id: str | Unset = UNSET
    degraded: bool | Unset = UNSET
    kw: float | Unset = UNSET
    location: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("average_queue_time", "average_queue_time", _codec.FLOAT, True),
        ("backend", "backend", _codec.STR, True),
        ("last_updated", "last_updated", _codec.STR, True),
        ("qubits", "qubits", _codec.INT, True),
        ("status", "status", _codec.STR, True),
        ("characterization_id", "characterization_id", _codec.STR, False),
        ("degraded", "degraded", _codec.BOOL, False),
        ("kw", "kw", _codec.FLOAT, False),
        ("location", "location", _codec.STR, False),
        additional=_codec.ANY,
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
