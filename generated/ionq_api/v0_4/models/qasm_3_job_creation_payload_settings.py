# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..types import UNSET, Deviation, Unset

if TYPE_CHECKING:
    from ..models.qasm_3_job_creation_payload_settings_compilation import (
        Qasm3JobCreationPayloadSettingsCompilation,
    )
    from ..models.qasm_3_job_creation_payload_settings_error_mitigation import (
        Qasm3JobCreationPayloadSettingsErrorMitigation,
    )


@_attrs_define
class Qasm3JobCreationPayloadSettings:
    """How to compile the program and treat errors.

    Attributes:
        error_mitigation (Qasm3JobCreationPayloadSettingsErrorMitigation | Unset): Error
            mitigation on quantum computers.
        compilation (Qasm3JobCreationPayloadSettingsCompilation | Unset): Wishes to the
            compiler.
    """

    error_mitigation: Qasm3JobCreationPayloadSettingsErrorMitigation | Unset = UNSET
    compilation: Qasm3JobCreationPayloadSettingsCompilation | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        (
            "error_mitigation",
            "error_mitigation",
            _codec.model("Qasm3JobCreationPayloadSettingsErrorMitigation"),
            False,
        ),
        (
            "compilation",
            "compilation",
            _codec.model("Qasm3JobCreationPayloadSettingsCompilation"),
            False,
        ),
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
