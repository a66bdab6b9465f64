# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..types import UNSET, Deviation, Unset


@_attrs_define
class GroupUsage:
    """Share of one group in a period.

    Attributes:
        amount (float | Unset): Cost, in the report's `usage_unit`. Example: 52.1.
        group_id (str | Unset): Id of the group, i.e. of a job, project or user.
        group_name (str | Unset): Name of the group. Example: Chemistry.
        job_count (int | Unset): Number of jobs. Example: 4.
        time_us (float | Unset): Time on quantum computers, in microseconds. Example: 812345.5.
    """

    amount: float | Unset = UNSET
    group_id: str | Unset = UNSET
    group_name: str | Unset = UNSET
    job_count: int | Unset = UNSET
    time_us: float | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("amount", "amount", _codec.FLOAT, False),
        ("group_id", "group_id", _codec.STR, False),
        ("group_name", "group_name", _codec.STR, False),
        ("job_count", "job_count", _codec.INT, False),
        ("time_us", "time_us", _codec.FLOAT, False),
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
