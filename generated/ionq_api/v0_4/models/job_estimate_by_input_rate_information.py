# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..types import Deviation


@_attrs_define
class JobEstimateByInputRateInformation:
    """Rates the estimate was made with, in `cost_unit`.

    Attributes:
        job_cost_minimum (float): Least a job costs.
        cost_2q_gate (float): Rate of a two-qubit gate, per shot.
        cost_1q_gate (float): Rate of a one-qubit gate, per shot.
        organization (str): Organization whose rates these are.
    """

    job_cost_minimum: float
    cost_2q_gate: float
    cost_1q_gate: float
    organization: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("job_cost_minimum", "job_cost_minimum", _codec.FLOAT, True),
        ("cost_2q_gate", "cost_2q_gate", _codec.FLOAT, True),
        ("cost_1q_gate", "cost_1q_gate", _codec.FLOAT, True),
        ("organization", "organization", _codec.STR, True),
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
