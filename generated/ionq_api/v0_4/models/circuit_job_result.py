# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..types import UNSET, Deviation, Unset

if TYPE_CHECKING:
    from ..models.add_job_results_payload import AddJobResultsPayload
    from ..models.artifact_descriptor import ArtifactDescriptor
    from ..models.circuit_job_result_histogram import CircuitJobResultHistogram
    from ..models.circuit_job_result_probabilities import CircuitJobResultProbabilities
    from ..models.circuit_job_result_shots import CircuitJobResultShots
    from ..models.json_object import JsonObject
    from ..models.result_pointer import ResultPointer


@_attrs_define
class CircuitJobResult:
    """Where to fetch each kind of result. Keys other than the three below are formats of
    artifacts.

    Attributes:
        probabilities (CircuitJobResultProbabilities | Unset): Pointer to the outcome
            probabilities.
        histogram (CircuitJobResultHistogram | Unset): Pointer to the counts per outcome.
        shots (CircuitJobResultShots | Unset): Pointer to the outcome of each shot.
        value (float | Unset): Value of a quantum function, e.g. an energy in the caller's unit.
        variance (float | Unset): Variance of `value`, in its unit squared.
        qaoa_results (AddJobResultsPayload | Unset): Result of a Q-CTRL optimization.
    """

    probabilities: CircuitJobResultProbabilities | Unset = UNSET
    histogram: CircuitJobResultHistogram | Unset = UNSET
    shots: CircuitJobResultShots | Unset = UNSET
    value: float | Unset = UNSET
    variance: float | Unset = UNSET
    qaoa_results: AddJobResultsPayload | Unset = UNSET
    additional_properties: dict[str, ArtifactDescriptor | JsonObject | ResultPointer] = (
        _attrs_field(init=False, factory=dict)
    )

    __schema__: ClassVar = _codec.Schema(
        ("probabilities", "probabilities", _codec.model("CircuitJobResultProbabilities"), False),
        ("histogram", "histogram", _codec.model("CircuitJobResultHistogram"), False),
        ("shots", "shots", _codec.model("CircuitJobResultShots"), False),
        ("value", "value", _codec.FLOAT, False),
        ("variance", "variance", _codec.FLOAT, False),
        ("qaoa_results", "qaoa_results", _codec.model("AddJobResultsPayload"), False),
        additional=_codec.union(
            _codec.model("ArtifactDescriptor"),
            _codec.model("ResultPointer"),
            _codec.model("JsonObject"),
        ),
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

    def __getitem__(self, key: str) -> ArtifactDescriptor | JsonObject | ResultPointer:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: ArtifactDescriptor | JsonObject | ResultPointer) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
