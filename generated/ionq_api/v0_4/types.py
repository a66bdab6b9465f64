# @generated from openapi/v0.4.yaml: edits are lost
"""Contains some shared types for properties"""

from collections.abc import Mapping, MutableMapping
from typing import IO, Any, BinaryIO, Generic, Literal, NamedTuple, Self, TypeVar

from attrs import define, field


class Unset:
    """The type of UNSET: a field that is not there, as opposed to one that is null."""

    _instance: Self | None = None

    def __new__(cls) -> Self:
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Unset = Unset()

# What the HTTP library takes as a file: plain types, so that it need not be imported here.
FileContent = IO[bytes] | bytes | str
FileTypes = (
    tuple[str | None, FileContent, str | None]
    | tuple[str | None, FileContent, str | None, Mapping[str, str]]
)
RequestFiles = list[tuple[str, FileTypes]]


@define
class File:
    """Contains information for file uploads"""

    payload: BinaryIO
    file_name: str | None = None
    mime_type: str | None = None

    def to_tuple(self) -> FileTypes:
        """(name, content, type), as multipart/form-data wants it"""
        return self.file_name, self.payload, self.mime_type


class Deviation(NamedTuple):
    """One place where an answer is not what the document says.

    Attributes:
        path: JSONPath of the place in the body, `$` for the answer as a whole.
        kind: missing, null, type, enum, format, const, extra, body or status; unknown, of what
            `_codec.unknown_fields` finds.
        expected: what the document wants there.
        value: what was there instead.
    """

    path: str
    kind: str
    expected: str
    value: Any


T = TypeVar("T")


@define
class Response(Generic[T]):
    """A response from an endpoint

    Attributes:
        content: The body as it came.
        parsed: The body read by the document; None where it cannot be.
        deviations: Where the answer is not what the document says.
        extensions: What the transport noted about the exchange.
    """

    status_code: int
    content: bytes = field(repr=False)
    headers: MutableMapping[str, str] = field(repr=False)
    parsed: T | None
    deviations: tuple[Deviation, ...] = ()
    extensions: Mapping[str, Any] = field(factory=dict, repr=False)


__all__ = ["UNSET", "Deviation", "File", "FileTypes", "RequestFiles", "Response", "Unset"]
