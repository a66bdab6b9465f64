"""Reads the bodies of error answers, whatever they are. May import: the standard library only."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MAX_ERROR_BODY", "ErrorBody", "read_error_body", "redact"]

MAX_ERROR_BODY = 64 * 1024
"""Bytes of an error body that are read and kept."""

_LONGEST_MESSAGE = 1000
_SHORTEST_TAIL = 8
_REDACTED = "[redacted]"
# An authorization value, should a server or proxy echo the request's headers. The length keeps
# sentences ("Bearer tokens are not supported") whole.
_CREDENTIALS = re.compile(r"\b(apikey|bearer|basic)(\s+)[^\s\"'<>&,;\\]{16,}", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_SALVAGED = re.compile(r'"message"\s*:\s*"((?:[^"\\]|\\.)*)')


@dataclass(frozen=True, slots=True)
class ErrorBody:
    """What an error body says.

    Attributes:
        text: The body as text, at most `MAX_ERROR_BODY` bytes long, without secrets.
        message: Its message; empty when it has none.
        code: The server's name for the error.
        fields: The body as a JSON object; empty when it is none.
        invalid_keys: Names of the parameters that the server refused.
    """

    text: str
    message: str = ""
    code: str | None = None
    fields: dict[str, Any] = field(default_factory=dict[str, Any])
    invalid_keys: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> ErrorBody:
        """Read a body that was decoded to text."""
        try:
            value: object = json.loads(text)
        except (ValueError, RecursionError):
            return cls(text, message=_message_of_text(text))
        if not isinstance(value, dict):
            return cls(text, message=_clean(value))
        fields = cast("dict[str, Any]", value)
        message, code = _message_and_code(fields)
        return cls(text, message, code, fields, _invalid_keys(fields))


def read_error_body(status: int, body: bytes, secrets: Sequence[str] = ()) -> ErrorBody:
    """Read a body as it came; the message is never empty.

    Args:
        status: HTTP status code, which names the error when the body does not.
        body: The body, or its beginning.
        secrets: Texts to remove.
    """
    kept = body[:MAX_ERROR_BODY]
    text = redact(kept.decode("utf-8-sig", "replace"), secrets)
    read = ErrorBody.parse(text)
    # Once more for the message: JSON escapes may have hidden a secret in the text.
    message = redact(read.message, secrets) or _described(status, len(body))
    return replace(read, message=message)


def redact(text: str, secrets: Sequence[str] = ()) -> str:
    """Remove the secrets, and whatever looks like an authorization value.

    Args:
        text: Any text.
        secrets: Texts to remove, also where the end of `text` cuts one off.
    """
    for secret in filter(None, secrets):
        text = text.replace(secret, _REDACTED)
        for length in range(len(secret) - 1, _SHORTEST_TAIL - 1, -1):
            if text.endswith(secret[:length]):
                text = text[:-length] + _REDACTED
                break
    return _CREDENTIALS.sub(rf"\1\2{_REDACTED}", text)


def _message_and_code(fields: dict[str, Any]) -> tuple[str, str | None]:
    """The three shapes: {code, message}, {statusCode, error, message}, {error: {type, message}}."""
    error: object = fields.get("error")
    if isinstance(error, dict):
        inner = cast("dict[str, Any]", error)
        return _clean(inner.get("message") or fields.get("message")), _name(inner.get("type"))
    message = _clean(fields.get("message"))
    return message or _clean(error), _name(error) or _name(fields.get("code"))


def _invalid_keys(fields: dict[str, Any]) -> tuple[str, ...]:
    validation: object = fields.get("validation")
    keys: object = (
        cast("dict[str, Any]", validation).get("keys") if isinstance(validation, dict) else None
    )
    if not isinstance(keys, list):
        return ()
    return tuple(key for key in cast("list[object]", keys) if isinstance(key, str))


def _message_of_text(text: str) -> str:
    """The words in a body that is no JSON: HTML of a proxy, plain text, JSON cut off midway."""
    stripped = text.strip()
    if stripped.startswith("<"):
        title = _TITLE.search(stripped)
        return _clean(title[1]) if title else ""
    if stripped.startswith(("{", "[")):
        found = _SALVAGED.search(stripped)
        return _clean(_unescaped(found[1])) if found else ""
    return _clean(stripped)


def _unescaped(inner: str) -> str:
    try:
        return str(json.loads(f'"{inner}"', strict=False))
    except ValueError:
        return inner


def _described(status: int, size: int) -> str:
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "an error outside the registered status codes"
    return f"{phrase} (the body, {size} bytes, holds no message)" if size else phrase


def _clean(value: object) -> str:
    """One line of text, of bounded length; empty for what is no text."""
    if not isinstance(value, str):
        return ""
    line = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    return line if len(line) <= _LONGEST_MESSAGE else line[: _LONGEST_MESSAGE - 1] + "…"


def _name(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value) or None
