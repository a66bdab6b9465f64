"""Look into JSON that may have any shape. May import: the standard library.

An answer may lack a field, or hold something else than the contract says: what a view reads here
is then None, or empty, and the raw JSON stays at hand.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeGuard, cast

__all__ = [
    "is_number",
    "json_object",
    "list_or_none",
    "number_or_none",
    "object_or_none",
    "objects_in",
    "text_or_none",
    "texts_in",
    "whole_or_none",
]


def object_or_none(value: object) -> Mapping[str, Any] | None:
    """The value if it is a JSON object."""
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else None


def list_or_none(value: object) -> list[Any] | None:
    """The value if it is a JSON array."""
    return cast("list[object]", value) if isinstance(value, list) else None


def objects_in(value: object) -> list[Mapping[str, Any]]:
    """The JSON objects among the items of a JSON array; none if it is no array."""
    items = list_or_none(value) or []
    return [found for item in items if (found := object_or_none(item)) is not None]


def text_or_none(value: object) -> str | None:
    """The value if it is text, an empty one included."""
    return str(value) if isinstance(value, str) else None


def texts_in(value: object) -> tuple[str, ...]:
    """The texts among the items of a JSON array; none if it is no array."""
    items = list_or_none(value) or []
    return tuple(str(item) for item in items if isinstance(item, str))


def is_number(value: object) -> TypeGuard[int | float | Decimal]:
    """Whether a value is a finite JSON number; true and false are none."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    return math.isfinite(value)


def number_or_none(value: object) -> float | None:
    """The value if it is a finite number."""
    return float(value) if is_number(value) else None


def whole_or_none(value: object) -> int | None:
    """The value if it is a whole number; 5.0 is one."""
    return int(value) if is_number(value) and value == int(value) else None


def json_object(value: object) -> dict[str, Any]:
    """The JSON object that a model of the generated client, or a mapping, stands for.

    Returns:
        A new dict; empty when the value is neither.
    """
    encode = getattr(value, "to_dict", None)
    found = encode() if callable(encode) else value
    return dict(object_or_none(found) or {})
