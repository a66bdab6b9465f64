# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..types import UNSET, Deviation, Unset

if TYPE_CHECKING:
    from ..models.get_job_cost_response_cost import GetJobCostResponseCost
    from ..models.get_job_cost_response_estimated_cost import GetJobCostResponseEstimatedCost


@_attrs_define
class GetJobCostResponse:
    """Cost of a job.

    Attributes:
        dry_run (bool): True for a dry run, which is priced but not charged.
        estimated_cost (GetJobCostResponseEstimatedCost | Unset): Cost expected before the run.
            Absent for jobs that are never priced, e.g. on the simulator.
        cost (GetJobCostResponseCost | Unset): Cost charged. Absent until the job has run.
    """

    dry_run: bool
    estimated_cost: GetJobCostResponseEstimatedCost | Unset = UNSET
    cost: GetJobCostResponseCost | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("dry_run", "dry_run", _codec.BOOL, True),
        (
            "estimated_cost",
            "estimated_cost",
            _codec.model("GetJobCostResponseEstimatedCost"),
            False,
        ),
        ("cost", "cost", _codec.model("GetJobCostResponseCost"), False),
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
