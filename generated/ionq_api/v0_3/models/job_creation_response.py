# @generated from openapi/v0.3.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..models.job_status import JobStatus
from ..types import UNSET, Deviation, Unset


@_attrs_define
class JobCreationResponse:
    """Receipt for a new job.

    Attributes:
        id (str): Id of the new job. Treat it as opaque text. Example:
            6b1f8c2e-9d47-4a35-8e0b-27c4f1a9d560.
        status (JobStatus): State of a job. `submitted` is received and being checked, `ready`
            waits in the queue, `running` has begun and may be partly done, the other three are
            final.
        request (int | Unset): When the job was received, in s since 1970 UTC. Example:
            1772614800.
    """

    id: str
    status: JobStatus
    request: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("id", "id", _codec.STR, True),
        ("status", "status", _codec.enumeration("JobStatus"), True),
        ("request", "request", _codec.INT, False),
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
