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
    try:
        document: Any = json.loads(path.read_text(encoding="utf-8"))
        entries = cast("list[dict[str, str]]", document["accepted"])
        return [(entry["operation"], entry["check"], entry["title"]) for entry in entries]
    except OSError as error:
        raise BaselineError(f"{path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BaselineError(f"{path}: no baseline of accepted failures: {error!r}") from error


def write(path: Path, failures: Iterable[Failure]) -> None:
    """Accept these failures: what a person then reads, mends and commits."""
    entries = [
        {"operation": one.operation, "check": one.check, "title": one.title, "reason": ""}
        for one in failures
    ]
    path.write_text(json.dumps({"accepted": entries}, indent=2) + "\n", encoding="utf-8")
