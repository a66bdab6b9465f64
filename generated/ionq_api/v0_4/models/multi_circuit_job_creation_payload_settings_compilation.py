# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..types import UNSET, Deviation, Unset


@_attrs_define
class MultiCircuitJobCreationPayloadSettingsCompilation:
    """Wishes to the compiler.

    Attributes:
        opt (float | Unset): Optimization level, 0 and up.
        precision (str | Unset): Numeric precision the compiler works to, e.g. `1E-3`.
        gate_basis (str | Unset): Two-qubit gate to compile to, e.g. `ZZ`.
        service_version (str | Unset): Version of the compilation service to use, e.g. `v0.4`.
    """

    opt: float | Unset = UNSET
    precision: str | Unset = UNSET
    gate_basis: str | Unset = UNSET
    service_version: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("opt", "opt", _codec.FLOAT, False),
        ("precision", "precision", _codec.STR, False),
        ("gate_basis", "gate_basis", _codec.STR, False),
        ("service_version", "service_version", _codec.STR, False),
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
