# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..types import UNSET, Deviation, Unset


@_attrs_define
class Whoami:
    """The API key in use.

    Attributes:
        key_id (str): Id of an API key. Example: c0d7a1be-52f4-4f0b-8e36-91b2d4a7705c.
        key_name (str): Name its owner gave an API key. Example: laptop.
        project_id (str | Unset): Id of a project. Example:
            5b9e2c70-8f13-4d6a-b7e4-0c2a6d91f385.
    """

    key_id: str
    key_name: str
    project_id: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("key_id", "key_id", _codec.STR, True),
        ("key_name", "key_name", _codec.STR, True),
        ("project_id", "project_id", _codec.STR, False),
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
