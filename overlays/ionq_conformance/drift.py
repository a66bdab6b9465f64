"""Deviations: seen in the answers of a run, and read back from the files of any program.

May import: the generated client, ionq_direct's recorder, the gate's answers.
"""

from __future__ import annotations

import functools
import importlib
import json
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, cast

from ionq_api.v0_4 import _codec, api
from ionq_api.v0_4.client import Client
from ionq_api.v0_4.types import Response
from ionq_conformance.contract import load
from ionq_conformance.gate import Answer
from ionq_direct._deviations import DeviationRecorder

__all__ = ["AnswerReader", "Drift", "DriftError", "read"]


class DriftError(Exception):
    """A file is no record of deviations; the message says where."""


@dataclass(frozen=True, slots=True)
class Drift:
    """One kind of deviation at one place.

    Attributes:
        operation: Name of the generated function.
        status: HTTP status of the answer.
        path: JSONPath in the body, indices and ids as `[*]`.
        kind: As in `Deviation`.
        expected: What the document wants there.
        found: JSON type of what was there; `nothing` where it was missing.
        sample: A word or the form of a text, where that says something.
        count: How often it was seen.
    """

    operation: str
    status: int
    path: str
    kind: str
    expected: str
    found: str
    sample: str
    count: int


def read(files: Iterable[Path]) -> list[Drift]:
    """All deviations of some files, counts added up, most frequent first.

    Raises:
        DriftError: A file cannot be read, or a line is no record.
    """
    totals: dict[Drift, int] = {}
    for path in files:
        for drift in _lines(path):
            key = replace(drift, count=0)
            totals[key] = totals.get(key, 0) + drift.count
    found = [replace(drift, count=count) for drift, count in totals.items()]
    return sorted(found, key=lambda drift: (-drift.count, drift.operation, drift.path, drift.kind))


def _lines(path: Path) -> Iterator[Drift]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DriftError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(text.splitlines(), 1):
        try:
            record: Any = json.loads(line)
            yield Drift(**cast("Mapping[str, Any]", record))
        except (ValueError, TypeError) as error:
            raise DriftError(f"{path}:{number}: no record of a deviation: {error}") from error


class AnswerReader:
    """Decodes the answers of a run as the generated client does, and records where they deviate.

    Args:
        path: Where to; None: they are counted only.
    """

    def __init__(self, path: Path | None) -> None:
        self.count = 0
        self._record = None if path is None else DeviationRecorder(path)
        self._client = Client("http://unused.invalid", on_deviations=self._deviates)

    def read(self, answer: Answer) -> None:
        """Decode one answer."""
        if answer.operation is None:
            return
        module = _modules()[answer.operation.operation_id]
        _codec.build_response(
            self._client,
            cast("Any", _as_response(answer)),
            module._RESPONSES,
            module.__name__.rpartition(".")[2],
        )

    def _deviates(self, operation: str, response: Response[Any]) -> None:
        self.count += len(response.deviations)
        if self._record is not None:
            self._record(operation, response)


def _as_response(answer: Answer) -> SimpleNamespace:
    """What the codec reads of the HTTP library's response."""
    return SimpleNamespace(
        status_code=answer.status,
        content=answer.body,
        text=answer.body.decode("utf-8", "replace"),
        headers=answer.headers,
        extensions={},
    )


@functools.cache
def _modules() -> dict[str, ModuleType]:
    """The generated module of each operation, by `operationId`."""
    contract, found = load(), dict[str, ModuleType]()
    for info in pkgutil.walk_packages(api.__path__, f"{api.__name__}."):
        if not info.ispkg:
            operation = contract.named(info.name.rpartition(".")[2])
            if operation is not None:
                found[operation.operation_id] = importlib.import_module(info.name)
    return found
