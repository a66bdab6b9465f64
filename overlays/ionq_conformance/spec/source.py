"""Gets a document from a path or a URL, refusing what cannot be one.

May import: documents and the standard library.
"""

from __future__ import annotations

import email.utils
import http.client
import urllib.error
import urllib.request
import zlib
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any, Final

from ionq_conformance.spec.documents import DocumentError, check_openapi, parse
from ionq_conformance.spec.downgrade import downgrade
from ionq_conformance.spec.patches import dangling
from ionq_conformance.spec.shapes import is_object

__all__ = ["Source", "fetch", "read_document"]

_LARGEST: Final = 32 * 2**20
_TIMEOUT_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Source:
    """A document as it was got.

    Attributes:
        name: The path or URL.
        data: Its bytes.
        published: The day its server says it last changed, ISO 8601; None: unknown.
    """

    name: str
    data: bytes
    published: str | None = None


def fetch(name: str) -> Source:
    """Get a document from a path or an http(s) URL, which may redirect to another such.

    Raises:
        DocumentError: It cannot be read, came only in part, or is larger than 32 MiB.
    """
    try:
        if not name.startswith(("http://", "https://")):
            return Source(name, Path(name).read_bytes())
        request = urllib.request.Request(name, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:
            data: bytes = answer.read(_LARGEST + 1)
            headers: Message = answer.headers
    except urllib.error.HTTPError as error:
        with error:  # it holds the connection
            raise DocumentError(f"{name}: cannot be read: {_line(str(error))}") from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise DocumentError(f"{name}: cannot be read: {_line(str(error))}") from error
    told = headers.get("Content-Length", "")
    if told.isdecimal() and len(data) < min(int(told), _LARGEST + 1):
        raise DocumentError(f"{name}: cut off: {len(data):,} of {int(told):,} bytes came")
    if headers.get("Content-Encoding", "").lower() in {"gzip", "x-gzip"}:
        data = _unzipped(name, data)
    if len(data) > _LARGEST:
        raise DocumentError(f"{name}: larger than {_LARGEST:,} bytes")
    return Source(name, data, _day(headers.get("Last-Modified")))


def _unzipped(name: str, data: bytes) -> bytes:
    """The content of a gzip stream, and no more of it than is allowed."""
    stream = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        plain = stream.decompress(data, _LARGEST + 1)
    except zlib.error as error:
        raise DocumentError(f"{name}: is said to be gzip and is not: {error}") from error
    if not stream.eof and len(plain) <= _LARGEST:
        raise DocumentError(f"{name}: cut off: the gzip stream has no end")
    return plain


def _line(text: str) -> str:
    return " ".join(text.split())


def _day(changed: str | None) -> str | None:
    try:
        return email.utils.parsedate_to_datetime(changed).date().isoformat() if changed else None
    except ValueError:
        return None


def read_document(source: Source) -> tuple[dict[str, Any], list[str]]:
    """The document as OpenAPI 3.0, and what was lost in making it so.

    Raises:
        DocumentError: It is no OpenAPI document, is cut off, or leads out of itself.
    """
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"{source.name}: not UTF-8: {error}") from error
    if text.lstrip().startswith("<"):
        raise DocumentError(f"{source.name}: a page of HTML or XML, and no OpenAPI document")
    document = check_openapi(parse(text, source.name), source.name)
    if not any(is_object(item) and item for item in document["paths"].values()):
        raise DocumentError(f"{source.name}: no operations: cut off?")
    lost = dangling(document)
    if lost:
        raise DocumentError(f"{source.name}: cut off? it refers to {lost[0]}, which is not there")
    return downgrade(document, source.name)
