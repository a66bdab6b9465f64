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
    from ..models.get_job_estimate_query_params import GetJobEstimateQueryParams
    from ..models.job_estimate_by_input_rate_information import JobEstimateByInputRateInformation


@_attrs_define
class JobEstimateByInput:
    """Cost estimate in the older shape.

    Attributes:
        input_values (GetJobEstimateQueryParams): Size of the job an estimate is for.
        estimated_at (datetime.datetime): An instant, RFC 3339 in UTC. Example:
            2026-03-04T09:12:33.120Z.
        cost_unit (str): Unit of the cost, e.g. `usd`.
        rate_information (JobEstimateByInputRateInformation): Rates the estimate was made with,
            in `cost_unit`.
        estimated_cost (float): Expected cost, in `cost_unit`.
        estimated_execution_time (float): Expected run time, in ms.
        current_predicted_queue_time (float): Time a job would wait now, in ms.
    """

    input_values: GetJobEstimateQueryParams
    estimated_at: datetime.datetime
    cost_unit: str
    rate_information: JobEstimateByInputRateInformation
    estimated_cost: float
    estimated_execution_time: float
    current_predicted_queue_time: float
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("input_values", "input_values", _codec.model("GetJobEstimateQueryParams"), True),
        ("estimated_at", "estimated_at", _codec.DATETIME, True),
        ("cost_unit", "cost_unit", _codec.STR, True),
        (
            "rate_information",
            "rate_information",
            _codec.model("JobEstimateByInputRateInformation"),
            True,
        ),
        ("estimated_cost", "estimated_cost", _codec.FLOAT, True),
        ("estimated_execution_time", "estimated_execution_time", _codec.FLOAT, True),
        ("current_predicted_queue_time", "current_predicted_queue_time", _codec.FLOAT, True),
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
