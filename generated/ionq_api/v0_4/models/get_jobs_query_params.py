# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..models.job_status import JobStatus
from ..types import UNSET, Deviation, Unset


@_attrs_define
class GetJobsQueryParams:
    """Filters of the job list.

    Attributes:
        ids (list[str] | Unset): Only these jobs. Repeat the parameter once per id.
        parent_job_id (str | Unset): Only the parts of this multi-circuit job.
        status (JobStatus | Unset): Where a job is. `submitted` is being checked and compiled,
            `ready` waits in the queue, `started` is running; `completed`, `failed` and `canceled`
            are final.
        target (str | Unset): Only jobs sent to this backend, or to any of several joined with
            commas.
        session_id (str | Unset): Only jobs of this session.
        submitter_id (str | Unset): Only jobs of this account. It must share a project with the
            caller, or the filter has no effect.
        limit (int | Unset): Most jobs to return in one page. IonQ's default is 25.
        next_ (str | Unset): Cursor from the `next` field of the page before; leave it out for
            the first page.
    """

    ids: list[str] | Unset = UNSET
    parent_job_id: str | Unset = UNSET
    status: JobStatus | Unset = UNSET
    target: str | Unset = UNSET
    session_id: str | Unset = UNSET
    submitter_id: str | Unset = UNSET
    limit: int | Unset = UNSET
    next_: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("ids", "ids", _codec.array(_codec.STR), False),
        ("parent_job_id", "parent_job_id", _codec.STR, False),
        ("status", "status", _codec.enumeration("JobStatus"), False),
        ("target", "target", _codec.STR, False),
        ("session_id", "session_id", _codec.STR, False),
        ("submitter_id", "submitter_id", _codec.STR, False),
        ("limit", "limit", _codec.INT, False),
        ("next", "next_", _codec.STR, False),
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
