# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..types import UNSET, Deviation, Unset

if TYPE_CHECKING:
    from ..models.characterization_fidelity import CharacterizationFidelity
    from ..models.characterization_timing import CharacterizationTiming


@_attrs_define
class Characterization:
    """Fidelity and timing of a quantum computer, as measured on one date.

    Attributes:
        backend (str | Unset): Backend that was measured.
        connectivity (list[list[int]] | Unset): Pairs of qubits that a two-qubit gate can join,
            in either order. Example: [[0, 1], [0, 2], [1, 2]].
        date (datetime.datetime | Unset): When it was measured; usually midnight UTC. Example:
            2026-03-04T00:00:00Z.
        fidelity (CharacterizationFidelity | Unset): Median fidelities over the day of one-qubit
            gates (`1q`), of two-qubit gates (`2q`), and of preparing and measuring a qubit
            (`spam`).
        id (str | Unset): Id of the characterization.
        qubits (int | Unset): Number of qubits the machine had. Example: 36.
        timing (CharacterizationTiming | Unset): Durations, all in seconds.
    """

    backend: str | Unset = UNSET
    connectivity: list[list[int]] | Unset = UNSET
    date: datetime.datetime | Unset = UNSET
    fidelity: CharacterizationFidelity | Unset = UNSET
    id: str | Unset = UNSET
    qubits: int | Unset = UNSET
    timing: CharacterizationTiming | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("backend", "backend", _codec.STR, False),
        ("connectivity", "connectivity", _codec.array(_codec.array(_codec.INT)), False),
        ("date", "date", _codec.DATETIME, False),
        ("fidelity", "fidelity", _codec.model("CharacterizationFidelity"), False),
        ("id", "id", _codec.STR, False),
        ("qubits", "qubits", _codec.INT, False),
        ("timing", "timing", _codec.model("CharacterizationTiming"), False),
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
