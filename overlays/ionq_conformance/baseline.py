"""The failures that are accepted for now: a file that only shrinks unless someone says otherwise.

May import: findings; the standard library.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from ionq_conformance.findings import Failure

__all__ = ["BaselineError", "read", "write"]

Key = tuple[str, str, str]


class BaselineError(Exception):
    """The file is no baseline; the message says why."""


def read(path: Path) -> list[Key]:
    """The accepted failures of a file: `{"accepted": [{"operation", "check", "title"}, ...]}`.

    Raises:
        BaselineError: It cannot be read, or is something else.
    """
    return [_key(entry) for entry in _entries(path, must_exist=True)]


def _key(entry: dict[str, str]) -> Key:
    return (entry["operation"], entry["check"], entry["title"])


def _entries(path: Path, *, must_exist: bool = False) -> list[dict[str, str]]:
    if not must_exist and not path.exists():
        return []
    try:
        document: Any = json.loads(path.read_text(encoding="utf-8"))
        entries = cast("list[dict[str, str]]", document["accepted"])
        for entry in entries:
            _key(entry)
    except OSError as error:
        raise BaselineError(f"{path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BaselineError(f"{path}: no baseline of accepted failures: {error!r}") from error
    return entries


def write(path: Path, failures: Iterable[Failure]) -> None:
    """Accept these failures: what a person then reads, mends and commits; their reasons stay."""
    reasons = {_key(entry): entry.get("reason", "") for entry in _entries(path)}
    entries = [
        {
            "operation": one.operation,
            "check": one.check,
            "title": one.title,
            "reason": reasons.get(one.key, ""),
        }
        for one in failures
    ]
    path.write_text(json.dumps({"accepted": entries}, indent=2) + "\n", encoding="utf-8")
