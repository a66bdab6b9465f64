"""What an answer of the generated client means to the library: a value, or one of our errors.

May import: errors and the generated types.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar
from urllib.parse import urlencode

from ionq_api.v0_4.models.error import Error
from ionq_api.v0_4.types import Response
from ionq_direct._shapes import object_or_none
from ionq_direct.errors import DecodeError, error_for

__all__ = [
    "RawAnswer",
    "attempts_of",
    "checked",
    "exact_object",
    "raise_if_deviating",
    "raw_answer",
    "with_query",
]

T = TypeVar("T")


def checked(response: Response[T | Error], *, method: str, path: str) -> T:
    """The parsed body of a good answer.

    Args:
        response: What a generated function's `..._detailed` returned.
        method: HTTP method, for the error.
        path: Path of the request, for the error.

    Raises:
        APIError: The status is 400 or more; the class says which.
        DecodeError: The status is good but the body as a whole cannot be read (it is not JSON, or
            of another kind than the contract says).
    """
    if response.status_code >= 400:
        raise error_for(
            response.status_code,
            response.headers,
            response.content,
            attempts=attempts_of(response),
            method=method,
            url=path,
        )
    parsed = response.parsed
    if parsed is None or isinstance(parsed, Error):
        raise DecodeError(
            f"{method} {path}: the answer cannot be read",
            path="$",
            deviations=response.deviations,
        )
    return parsed


def raise_if_deviating(operation: str, response: Response[Any]) -> None:
    """What strict mode does with an answer that deviates from the contract.

    Raises:
        DecodeError: It does.
    """
    if response.deviations:
        first = response.deviations[0]
        raise DecodeError(
            f"{operation}: {first.kind}, expected {first.expected}",
            path=first.path,
            deviations=response.deviations,
        )


def attempts_of(response: Response[Any]) -> int:
    """How often the request behind an answer was sent."""
    return _attempts(response.extensions)


def _attempts(extensions: Mapping[str, Any]) -> int:
    return int(extensions.get("ionq_attempts", 1))


def exact_object(response: Response[Any], *, method: str, path: str) -> Mapping[str, Any]:
    """The JSON object of a good answer, numbers with a fraction as the `Decimal` they spell.

    Raises:
        APIError: The status is 400 or more; the class says which.
        DecodeError: The body is no JSON object.
    """
    checked(response, method=method, path=path)
    found = object_or_none(json.loads(response.content, parse_float=Decimal))
    if found is None:
        raise DecodeError(f"{method} {path}: the answer is no JSON object", path="$")
    return found


# --- Answers that the generated client does not read ----------------------------------------------


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """A good answer as it came.

    Attributes:
        status: HTTP status, 200 to 299.
        headers: Response headers, names in any case.
        body: The body, decompressed and otherwise untouched.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes


def raw_answer(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    *,
    extensions: Mapping[str, Any],
    method: str,
    url: str,
) -> RawAnswer:
    """The answer if it is good.

    Args:
        status: HTTP status.
        headers: Response headers.
        body: The body.
        extensions: What the transport noted about the exchange.
        method: HTTP method, for the error.
        url: URL of the request, for the error.

    Raises:
        APIError: The status is no success; a redirect that the transport did not follow is none.
    """
    if not 200 <= status < 300:
        attempts = _attempts(extensions)
        raise error_for(status, headers, body, attempts=attempts, method=method, url=url)
    return RawAnswer(status, headers, body)


def with_query(url: str, params: Mapping[str, Any]) -> str:
    """The URL with further query parameters; a list gives its parameter once per item.

    The HTTP library would replace the query that the URL has.
    """
    if not params:
        return url
    encoded = urlencode(
        {
            name: str(value).lower() if isinstance(value, bool) else value
            for name, value in params.items()
        },
        doseq=True,
    )
    return f"{url}{'&' if '?' in url else '?'}{encoded}"
