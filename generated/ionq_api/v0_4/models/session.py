# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..models.session_status_enum import SessionStatusEnum
from ..types import UNSET, Deviation, Unset

if TYPE_CHECKING:
    from ..models.session_settings import SessionSettings


@_attrs_define
class Session:
    """Reserved use of a backend for a run of jobs.

    Attributes:
        id (str): Session id; jobs name it in `session_id`.
        created_at (datetime.datetime): When it was opened.
        organization_id (str): Organization it belongs to.
        backend (None | str): Backend it reserves; null when it reserves none in particular.
        project_id (None | str): Project it belongs to; null when it belongs to none.
        creator_id (None | str): Account that opened it; null when unknown.
        ended_at (datetime.datetime | None): When it ended; null while it is open.
        ender_id (None | str): Account that ended it; null while it is open, or when a limit
            ended it.
        active (bool): True while it takes jobs.
        status (SessionStatusEnum): Where a session is. `ended` is final.
        started_at (datetime.datetime | None): When it began; null before that.
        settings (SessionSettings | Unset): Limits of a session. It ends when it reaches one.
    """

    id: str
    created_at: datetime.datetime
    organization_id: str
    backend: None | str
    project_id: None | str
    creator_id: None | str
    ended_at: datetime.datetime | None
    ender_id: None | str
    active: bool
    status: SessionStatusEnum
    started_at: datetime.datetime | None
    settings: SessionSettings | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("id", "id", _codec.STR, True),
        ("created_at", "created_at", _codec.DATETIME, True),
        ("organization_id", "organization_id", _codec.STR, True),
        ("backend", "backend", _codec.union(_codec.STR, _codec.NONE), True),
        ("project_id", "project_id", _codec.union(_codec.STR, _codec.NONE), True),
        ("creator_id", "creator_id", _codec.union(_codec.STR, _codec.NONE), True),
        ("ended_at", "ended_at", _codec.union(_codec.DATETIME, _codec.NONE), True),
        ("ender_id", "ender_id", _codec.union(_codec.STR, _codec.NONE), True),
        ("active", "active", _codec.BOOL, True),
        ("status", "status", _codec.enumeration("SessionStatusEnum"), True),
        ("started_at", "started_at", _codec.union(_codec.DATETIME, _codec.NONE), True),
        ("settings", "settings", _codec.model("SessionSettings"), False),
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
