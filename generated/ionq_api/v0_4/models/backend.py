# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

import datetime
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
        last_updated (datetime.datetime): When the state was last refreshed. Example:
            2026-03-04T09:00:00Z.
        qubits (int): Largest number of qubits a circuit can use. Example: 36.
        status (str): Whether jobs run now, one of `available`, `unavailable` and `retired`.
        characterization_id (str | Unset): Id of the latest characterization. Absent for
            backends that have none. Example: 3f8c1a52-7d0e-4b6a-9c41-5e2d8f60b713.
        degraded (bool | Unset): True while the backend works below its usual quality.
        kw (float | Unset): Energy use, in kilowatt-hours despite the name. Example: 3120.5.
        location (str | Unset): Where the machine stands. Example: Basel, Switzerland.
        supported_gates (list[str] | Unset): Gates of the `qis` gateset the backend takes.
            Example: ['x', 'h', 'cnot', 'rz'].
        supported_native_gates (list[str] | Unset): Gates of the `native` gateset the backend
            takes. Example: ['gpi', 'gpi2', 'zz'].
        supported_error_mitigations (list[str] | Unset): Kinds of error mitigation the backend
            offers. Spelling varies, e.g. `debiasing`, `Debias`. Example: ['debiasing'].
        noise_models (list[str] | Unset): Noise models of a simulator, for `noise.model` of a
            job. Absent for quantum computers. Example: ['ideal', 'aria-1', 'forte-1'].
        has_access (bool | Unset): True when the key may use the backend.
    """

    average_queue_time: float
    backend: str
    last_updated: datetime.datetime
    qubits: int
    status: str
    characterization_id: str | Unset = UNSET
    degraded: bool | Unset = UNSET
    kw: float | Unset = UNSET
    location: str | Unset = UNSET
    supported_gates: list[str] | Unset = UNSET
    supported_native_gates: list[str] | Unset = UNSET
    supported_error_mitigations: list[str] | Unset = UNSET
    noise_models: list[str] | Unset = UNSET
    has_access: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("average_queue_time", "average_queue_time", _codec.FLOAT, True),
        ("backend", "backend", _codec.STR, True),
        ("last_updated", "last_updated", _codec.DATETIME, True),
        ("qubits", "qubits", _codec.INT, True),
        ("status", "status", _codec.STR, True),
        ("characterization_id", "characterization_id", _codec.STR, False),
        ("degraded", "degraded", _codec.BOOL, False),
        ("kw", "kw", _codec.FLOAT, False),
        ("location", "location", _codec.STR, False),
        ("supported_gates", "supported_gates", _codec.array(_codec.STR), False),
        ("supported_native_gates", "supported_native_gates", _codec.array(_codec.STR), False),
        (
            "supported_error_mitigations",
            "supported_error_mitigations",
            _codec.array(_codec.STR),
            False,
        ),
        ("noise_models", "noise_models", _codec.array(_codec.STR), False),
        ("has_access", "has_access", _codec.BOOL, False),
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
