# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..types import UNSET, Deviation, Unset


@_attrs_define
class EstimateContext:
    """The inputs of an estimate as the server took them, and whose rates it used.

    Attributes:
        backend (str | Unset): Backend the job is priced for.
        type_ (str | Unset): Format of the program.
        qubits (int | Unset): Number of qubits in the circuit.
        shots (int | Unset): Repetitions of the circuit.
        field_1q_gates (int | Unset): Number of one-qubit gates in the circuit.
        field_2q_gates (int | Unset): Number of two-qubit gates in the circuit.
        error_mitigation (bool | Unset): True when priced with debiasing.
        session (bool | Unset): True when priced as part of a session.
        organization (str | Unset): Organization whose rates apply.
        project (str | Unset): Project whose rates apply.
    """

    backend: str | Unset = UNSET
    type_: str | Unset = UNSET
    qubits: int | Unset = UNSET
    shots: int | Unset = UNSET
    field_1q_gates: int | Unset = UNSET
    field_2q_gates: int | Unset = UNSET
    error_mitigation: bool | Unset = UNSET
    session: bool | Unset = UNSET
    organization: str | Unset = UNSET
    project: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("backend", "backend", _codec.STR, False),
        ("type", "type_", _codec.STR, False),
        ("qubits", "qubits", _codec.INT, False),
        ("shots", "shots", _codec.INT, False),
        ("1q_gates", "field_1q_gates", _codec.INT, False),
        ("2q_gates", "field_2q_gates", _codec.INT, False),
        ("error_mitigation", "error_mitigation", _codec.BOOL, False),
        ("session", "session", _codec.BOOL, False),
        ("organization", "organization", _codec.STR, False),
        ("project", "project", _codec.STR, False),
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
