"""Differences between service and document that the facts list: data (`known.toml`), not failures.

May import: the standard library.
"""

from __future__ import annotations

import functools
import json
import tomllib
from fnmatch import fnmatchcase
from importlib.resources import files
from typing import Any, cast

__all__ = ["is_known_absence", "is_known_refusal"]


@functools.cache
def _table() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((files("ionq_conformance") / "known.toml").read_text("utf-8"))


def is_known_refusal(operation_id: str, status: int, body: bytes) -> bool:
    """Whether a 400 names nothing but fields with rules beyond the document."""
    if status != 400:
        return False
    named = _named_fields(body)
    allowed = [
        field
        for entry in _table()["refusal"]
        if operation_id in entry["operations"]
        for field in cast("list[str]", entry["fields"])
    ]
    return bool(named) and all(any(fnmatchcase(one, field) for field in allowed) for one in named)


def is_known_absence(operation_id: str) -> bool:
    """Whether a 404 says nothing about the resource above it."""
    return any(operation_id in entry["operations"] for entry in _table()["absence"])


def _named_fields(body: bytes) -> set[str]:
    """The fields that an error body of IonQ's blames."""
    try:
        validation: Any = json.loads(body)["validation"]
        return {str(key) for key in validation["keys"]}
    except (ValueError, KeyError, TypeError):
        return set()
