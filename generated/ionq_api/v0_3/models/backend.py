# @generated from openapi/v0.3.yaml: edits are lost
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
        backend (str): Name of a backend. Known are `simulator`, `qpu.harmony`, `qpu.aria-1`,
            `qpu.aria-2`, `qpu.forte-1`, `qpu.forte-enterprise-1` and `qpu.forte-enterprise-2`.
            Example: simulator.
        status (str): Whether jobs run now: `available`, `unavailable` or `retired`; SDKs have
            also seen `running`, `reserved`, `calibrating` and `offline`. Example: available.
        qubits (int | Unset): Largest number of qubits a circuit can use. Example: 25.
        average_queue_time (float | Unset): Time a new job would wait now, in ms. Example:
            93000.
        last_updated (int | Unset): When the state was last refreshed, in s since 1970 UTC.
            Example: 1772614800.
        has_access (bool | Unset): True when the key may use the backend.
        degraded (bool | Unset): True while the backend works below its usual quality.
        characterization_url (str | Unset): Where the latest characterization is, below the
            version's address. Absent for backends that have none. Example:
            /characterizations/2c9d5e10-83b7-4f62-a1d4-90e7b6c3f825.
        noise_models (list[str] | Unset): Noise models of a simulator, for `noise.model` of a
            job. Absent for quantum computers. Example: ['ideal', 'harmony', 'aria-1'].
    """

    backend: str
    status: str
    qubits: int | Unset = UNSET
    average_queue_time: float | Unset = UNSET
    last_updated: int | Unset = UNSET
    has_access: bool | Unset = UNSET
    degraded: bool | Unset = UNSET
    characterization_url: str | Unset = UNSET
    noise_models: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("backend", "backend", _codec.STR, True),
        ("status", "status", _codec.STR, True),
        ("qubits", "qubits", _codec.INT, False),
        ("average_queue_time", "average_queue_time", _codec.FLOAT, False),
        ("last_updated", "last_updated", _codec.INT, False),
        ("has_access", "has_access", _codec.BOOL, False),
        ("degraded", "degraded", _codec.BOOL, False),
        ("characterization_url", "characterization_url", _codec.STR, False),
        ("noise_models", "noise_models", _codec.array(_codec.STR), False),
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
