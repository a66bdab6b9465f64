# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..types import Deviation

if TYPE_CHECKING:
    from ..models.group_usage import GroupUsage


@_attrs_define
class Usage:
    """One period of a usage report.

    Attributes:
        amount (float): Cost, in the report's `usage_unit`. Example: 318.75.
        from_ (datetime.datetime): When the period starts, midnight UTC. Example:
            2026-01-05T00:00:00Z.
        group_usages (list[GroupUsage]): The five costliest groups, costliest first.
        job_count (int): Number of jobs. Example: 21.
        time_us (float): Time on quantum computers, in microseconds. Example: 2401122.25.
    """

    amount: float
    from_: datetime.datetime
    group_usages: list[GroupUsage]
    job_count: int
    time_us: float
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("amount", "amount", _codec.FLOAT, True),
        ("from", "from_", _codec.DATETIME, True),
        ("group_usages", "group_usages", _codec.array(_codec.model("GroupUsage")), True),
        ("job_count", "job_count", _codec.INT, True),
        ("time_us", "time_us", _codec.FLOAT, True),
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
