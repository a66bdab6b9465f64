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
    from ..models.session_cost_limit import SessionCostLimit


@_attrs_define
class SessionSettings:
    """Limits of a session. It ends when it reaches one.

    Attributes:
        job_count_limit (int | Unset): Most jobs in the session.
        duration_limit_min (int | Unset): Longest duration, in minutes.
        cost_limit (SessionCostLimit | Unset): Most a session may cost.
        expires_at (datetime.datetime | Unset): When the session ends by itself.
    """

    job_count_limit: int | Unset = UNSET
    duration_limit_min: int | Unset = UNSET
    cost_limit: SessionCostLimit | Unset = UNSET
    expires_at: datetime.datetime | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("job_count_limit", "job_count_limit", _codec.INT, False),
        ("duration_limit_min", "duration_limit_min", _codec.INT, False),
        ("cost_limit", "cost_limit", _codec.model("SessionCostLimit"), False),
        ("expires_at", "expires_at", _codec.DATETIME, False),
        additional=None,
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
