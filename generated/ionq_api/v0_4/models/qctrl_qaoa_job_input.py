# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..models.qctrl_qaoa_job_input_problem_type import QctrlQaoaJobInputProblemType
from ..types import Deviation

if TYPE_CHECKING:
    from ..models.qctrl_qaoa_job_input_problem import QctrlQaoaJobInputProblem


@_attrs_define
class QctrlQaoaJobInput:
    """Problem for the QAOA solver of Q-CTRL.

    Attributes:
        problem_type (QctrlQaoaJobInputProblemType): Kind of problem. `maxcut` splits a graph in
            two, cutting as many edges as it can.
        problem (QctrlQaoaJobInputProblem): The graph, as written by `networkx.adjacency_data`.
            Example: {'directed': False, 'multigraph': False, 'graph': [], 'nodes': [{'id': 0},
            {'id': 1}], 'adjacency': [[{'id': 1}], [{'id': 0}]]}.
    """

    problem_type: QctrlQaoaJobInputProblemType
    problem: QctrlQaoaJobInputProblem
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("problem_type", "problem_type", _codec.enumeration("QctrlQaoaJobInputProblemType"), True),
        ("problem", "problem", _codec.model("QctrlQaoaJobInputProblem"), True),
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
