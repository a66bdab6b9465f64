"""What a setting has to be. May import: the standard library and ionq_direct.errors.

Settings come from people without a type checker, too: hence `object`, and a clear refusal when the
client is made instead of an `AttributeError` in the middle of a call.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Final, TypeGuard, cast

from ionq_direct.errors import ConfigurationError

__all__ = [
    "require_header",
    "require_headers",
    "require_instance",
    "require_not_negative",
    "require_positive",
    "require_text",
    "require_whole",
]

# RFC 9110, 5.1 and 5.5: a name is a token; a value has neither line ends nor other alphabets.
_HEADER_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE: Final = re.compile(r"[\t\x20-\x7e]*")


def require_text(name: str, value: object) -> str:
    """Text. Anything else is named by its type alone, for it may be a key.

    Raises:
        ConfigurationError: It is something else.
    """
    if not isinstance(value, str):
        raise ConfigurationError(f"{name}: must be text (got {type(value).__name__})")
    return value


def require_instance(name: str, value: object, wanted: type) -> None:
    """A value of a class.

    Raises:
        ConfigurationError: It is of another.
    """
    if not isinstance(value, wanted):
        raise ConfigurationError(f"{name}: must be a {wanted.__name__} (got {value!r:.80})")


def require_headers(name: str, value: object) -> dict[str, str]:
    """Headers: a copy, for the caller's own mapping may change.

    Raises:
        ConfigurationError: It is no mapping of names to values that a header can carry. The values,
            which may be private, are not shown.
    """
    if not isinstance(value, Mapping):
        rule = "must be a mapping of names to values"
        raise ConfigurationError(f"{name}: {rule} (got {type(value).__name__})")
    headers = cast("Mapping[object, object]", value)
    for header in headers:
        if not isinstance(header, str) or not _HEADER_NAME.fullmatch(header):
            raise ConfigurationError(f"{name}: must be named by header names (got {header!r})")
        require_header(f"{name}[{header!r}]", headers[header])
    return dict(cast("Mapping[str, str]", headers))


def require_header(name: str, value: object) -> None:
    """The value of a header.

    Raises:
        ConfigurationError: It is no text, or holds what a header cannot carry. It is not shown.
    """
    if not _HEADER_VALUE.fullmatch(require_text(name, value)):
        raise ConfigurationError(f"{name}: must be printable ASCII without line ends")


def require_positive(name: str, value: object) -> None:
    """A finite number above 0.

    Raises:
        ConfigurationError: It is something else.
    """
    if not _is_number(value) or value <= 0:
        raise ConfigurationError(f"{name}: must be a positive, finite number (got {value!r})")


def require_not_negative(name: str, value: object) -> None:
    """A finite number, 0 or more.

    Raises:
        ConfigurationError: It is something else.
    """
    if not _is_number(value) or value < 0:
        raise ConfigurationError(f"{name}: must be a finite number, 0 or more (got {value!r})")


def require_whole(name: str, value: object, *, minimum: int) -> None:
    """A whole number that is not too small.

    Raises:
        ConfigurationError: It is something else.
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < minimum:
        raise ConfigurationError(f"{name}: must be a whole number >= {minimum} (got {value!r})")


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
