# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..models.group_by import GroupBy
from ..models.modality import Modality
from ..types import UNSET, Deviation, Unset

if TYPE_CHECKING:
    from ..models.usage import Usage


@_attrs_define
class Usages:
    """Usage report of an organization.

    Attributes:
        group_type (GroupBy): What usage is grouped by.
        modality (Modality): Length of the periods of a usage report.
        amount_total (float | Unset): Cost over all periods, in `usage_unit`. Example: 318.75.
        job_count (int | Unset): Number of jobs over all periods. Example: 21.
        organization (str | Unset): Id of an organization. Example: com.example.
        time_us_total (float | Unset): Time on quantum computers over all periods, in
            microseconds. Example: 2401122.25.
        usage_data (list[Usage] | Unset): The periods, latest first.
        usage_from (datetime.datetime | Unset): Start of the report. Example:
            2026-01-01T00:00:00Z.
        usage_to (datetime.datetime | Unset): End of the report. Example: 2026-02-01T00:00:00Z.
        usage_unit (str | Unset): Unit of the amounts, e.g. `USD`. Example: USD.
    """

    group_type: GroupBy
    modality: Modality
    amount_total: float | Unset = UNSET
    job_count: int | Unset = UNSET
    organization: str | Unset = UNSET
    time_us_total: float | Unset = UNSET
    usage_data: list[Usage] | Unset = UNSET
    usage_from: datetime.datetime | Unset = UNSET
    usage_to: datetime.datetime | Unset = UNSET
    usage_unit: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("group_type", "group_type", _codec.enumeration("GroupBy"), True),
        ("modality", "modality", _codec.enumeration("Modality"), True),
        ("amount_total", "amount_total", _codec.FLOAT, False),
        ("job_count", "job_count", _codec.INT, False),
        ("organization", "organization", _codec.STR, False),
        ("time_us_total", "time_us_total", _codec.FLOAT, False),
        ("usage_data", "usage_data", _codec.array(_codec.model("Usage")), False),
        ("usage_from", "usage_from", _codec.DATETIME, False),
        ("usage_to", "usage_to", _codec.DATETIME, False),
        ("usage_unit", "usage_unit", _codec.STR, False),
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
