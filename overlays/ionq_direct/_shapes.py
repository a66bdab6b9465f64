"""Look into JSON that may have any shape. May import: the standard library."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

__all__ = ["list_or_none", "object_or_none", "objects_in"]


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
