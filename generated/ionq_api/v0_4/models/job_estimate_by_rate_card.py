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
    from ..models.estimate_context import EstimateContext
    from ..models.rate_card import RateCard


@_attrs_define
class JobEstimateByRateCard:
    """Cost estimate with the rates it was made from.

    Attributes:
        estimate_context (EstimateContext): The inputs of an estimate as the server took them,
            and whose rates it used.
        estimated_at (datetime.datetime): An instant, RFC 3339 in UTC. Example:
            2026-03-04T09:12:33.120Z.
        estimated_unit (str): Unit of the costs, e.g. `usd`.
        rate_card (RateCard): Rates an estimate was made with.
        estimated_total_cost (float): Expected cost of the job, in `estimated_unit`.
        estimated_execution_time (float | Unset): Expected run time, in ms.
        estimated_quantum_compute_time_us (float | Unset): Expected time on the quantum
            computer, in microseconds.
        current_predicted_queue_time (float | Unset): Time a job would wait now, in ms.
    """

    estimate_context: EstimateContext
    estimated_at: datetime.datetime
    estimated_unit: str
    rate_card: RateCard
    estimated_total_cost: float
    estimated_execution_time: float | Unset = UNSET
    estimated_quantum_compute_time_us: float | Unset = UNSET
    current_predicted_queue_time: float | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("estimate_context", "estimate_context", _codec.model("EstimateContext"), True),
        ("estimated_at", "estimated_at", _codec.DATETIME, True),
        ("estimated_unit", "estimated_unit", _codec.STR, True),
        ("rate_card", "rate_card", _codec.model("RateCard"), True),
        ("estimated_total_cost", "estimated_total_cost", _codec.FLOAT, True),
        ("estimated_execution_time", "estimated_execution_time", _codec.FLOAT, False),
        (
            "estimated_quantum_compute_time_us",
            "estimated_quantum_compute_time_us",
            _codec.FLOAT,
            False,
        ),
        ("current_predicted_queue_time", "current_predicted_queue_time", _codec.FLOAT, False),
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
