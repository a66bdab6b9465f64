# @generated from openapi/v0.3.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..types import UNSET, Deviation, Unset


@_attrs_define
class Gate:
    """One gate. Gates of the gateset `qis` are `x`, `y`, `z`, `rx`, `ry`, `rz`, `h`, `s`, `si`,
    `v`, `vi`, `t`, `ti`, `not`, `cnot`, `swap`, `xx`, `yy`, `zz` and `pauliexp`; those of
    `native` are `gpi`, `gpi2`, `ms` and `zz`.

    Attributes:
        gate (str): Name of the gate.
        target (int | Unset): Index of the qubit to act on, from 0.
        targets (list[int] | Unset): Indices of the qubits to act on, from 0; more than one for
            multi-qubit gates.
        control (int | Unset): Index of the one qubit that must be 1 for the gate to act.
        controls (list[int] | Unset): Indices of the qubits that must all be 1 for the gate to
            act; at most 7.
        rotation (float | Unset): Angle of `rx`, `ry`, `rz`, `xx`, `yy` and `zz` of the gateset
            `qis`, in radians.
        phase (float | Unset): Phase of `gpi` and `gpi2`, in turns, from -1 to 1.
        phases (list[float] | Unset): The two phases of `ms`, one per target, in turns, from -1
            to 1.
        angle (float | Unset): Entangling angle of `ms`, and of `zz` of the gateset `native`, in
            turns, from 0 to 0.25; 0.25 entangles fully and is the default for `ms`.
        terms (list[str] | Unset): Pauli strings of `pauliexp`, e.g. `XX`, one letter of I, X, Y
            and Z per target; the last letter belongs to the first of `targets`.
        coefficients (list[float] | Unset): Real factors of `terms`, one each, of either sign.
        time (float | Unset): Evolution time t of `pauliexp`, which applies exp(-i t H) with H
            the sum of coefficients times terms. In inverse units of the coefficients, in radians
            when multiplied.
    """

    gate: str
    target: int | Unset = UNSET
    targets: list[int] | Unset = UNSET
    control: int | Unset = UNSET
    controls: list[int] | Unset = UNSET
    rotation: float | Unset = UNSET
    phase: float | Unset = UNSET
    phases: list[float] | Unset = UNSET
    angle: float | Unset = UNSET
    terms: list[str] | Unset = UNSET
    coefficients: list[float] | Unset = UNSET
    time: float | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("gate", "gate", _codec.STR, True),
        ("target", "target", _codec.INT, False),
        ("targets", "targets", _codec.array(_codec.INT), False),
        ("control", "control", _codec.INT, False),
        ("controls", "controls", _codec.array(_codec.INT), False),
        ("rotation", "rotation", _codec.FLOAT, False),
        ("phase", "phase", _codec.FLOAT, False),
        ("phases", "phases", _codec.array(_codec.FLOAT), False),
        ("angle", "angle", _codec.FLOAT, False),
        ("terms", "terms", _codec.array(_codec.STR), False),
        ("coefficients", "coefficients", _codec.array(_codec.FLOAT), False),
        ("time", "time", _codec.FLOAT, False),
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
