"""JSON of unknown shape, narrowed. May import: the standard library only."""

from __future__ import annotations

from typing import Any, TypeGuard, cast

__all__ = ["Json", "as_list", "as_object"]

Json = dict[str, Any]


def as_object(value: object) -> Json | None:
    """The value if it is a JSON object, else None."""
    return cast("Json", value) if isinstance(value, dict) else None


def as_list(value: object) -> list[Any] | None:
    """The value if it is a JSON array, else None."""
    return value if _is_list(value) else None


def _is_list(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)
