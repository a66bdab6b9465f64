# @generated from openapi/v0.3.yaml: edits are lost
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import _codec
from ..types import UNSET, Deviation, Unset

if TYPE_CHECKING:
    from ..models.error_detail import ErrorDetail
    from ..models.request_validation import RequestValidation


@_attrs_define
class Error:
    """Answer to a request that failed. Three shapes occur, `statusCode` with `error` and
    `message`, `code` with `message`, and `error` as an object; any field can be absent.

    Attributes:
        status_code (int | Unset): HTTP status.
        code (int | Unset): HTTP status, in the second shape.
        error (ErrorDetail | str | Unset): Name of the kind of error, or the error itself.
        message (str | Unset): What went wrong, in words.
        validation (RequestValidation | Unset): Which part of a request is not valid.
    """

    status_code: int | Unset = UNSET
    code: int | Unset = UNSET
    error: ErrorDetail | str | Unset = UNSET
    message: str | Unset = UNSET
    validation: RequestValidation | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __schema__: ClassVar = _codec.Schema(
        ("statusCode", "status_code", _codec.INT, False),
        ("code", "code", _codec.INT, False),
        ("error", "error", _codec.union(_codec.model("ErrorDetail"), _codec.STR), False),
        ("message", "message", _codec.STR, False),
        ("validation", "validation", _codec.model("RequestValidation"), False),
        additional=_codec.ANY,
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
