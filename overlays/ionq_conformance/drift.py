"""Deviations: seen in the answers of a run, and read back from the files of any program.

May import: the generated functions, ionq_direct's recorder, the gate's answers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final, cast

from ionq_api.v0_4 import _codec
from ionq_api.v0_4.client import Client
from ionq_api.v0_4.types import Response
from ionq_conformance.functions import functions
from ionq_conformance.gate import Answer
from ionq_direct import _deviations_form as form
from ionq_direct._deviations import DeviationRecorder

__all__ = ["KINDS", "AnswerReader", "Drift", "DriftError", "read"]

KINDS: Final = frozenset(
    {
        *("missing", "null", "type", "enum", "format", "const", "extra", "unknown"),
        *("body", "status"),
    }
)
_OPERATION: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,79}")
_FOUND: Final = re.compile(r"[A-Za-z ]{1,120}")
_EXPECTED_WORD: Final = re.compile(r"[('\"]*[A-Za-z0-9][A-Za-z0-9_.-]{0,79}[,)'\"]*")
_LONGEST: Final = 300
_FORMATS: Final = frozenset({"uuid", "date-time", "date"})


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
        found: JSON type of what was there; `nothing` where it was missing; of a body that is no
            JSON, what it was.
        sample: A word, a format, the form of a text or the media type of a body, where that says
            something.
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


_FIELDS: Final[dict[str, type]] = {
    **dict.fromkeys(("operation", "path", "kind", "expected", "found", "sample"), str),
    **dict.fromkeys(("status", "count"), int),
}


def _checked(record: Any) -> Drift:
    """The deviation that a line of a file holds.

    A file may come from anywhere, and what it says ends in a document and in generated code: only
    what our own recorder could have written is taken over.

    Raises:
        ValueError: It is no record; the message repeats nothing of it.
    """
    values = cast("dict[str, Any]", record) if isinstance(record, dict) else {}
    if values.keys() != _FIELDS.keys():
        raise ValueError(f"the fields are not {', '.join(_FIELDS)}")
    for name, kind in _FIELDS.items():
        if type(values[name]) is not kind:
            raise ValueError(f"{name} is no {kind.__name__}")
    one = Drift(**values)
    if _OPERATION.fullmatch(one.operation) is None or one.kind not in KINDS:
        raise ValueError("no such operation or kind")
    if _FOUND.fullmatch(one.found) is None or one.count < 1 or not 100 <= one.status <= 999:
        raise ValueError("no such type, status or count")
    path = form.place_of(one.path, one.kind)
    return replace(one, path=path, expected=_expected(one.expected), sample=_sample(one, path))


def _expected(text: str) -> str:
    """What the document wants, in the words of the codec: types, models, constants."""
    words = text[:_LONGEST].split(" ")
    fit = (_EXPECTED_WORD.fullmatch(word) and not form.is_like_a_token(word) for word in words)
    return " ".join(word if one else "?" for word, one in zip(words, fit, strict=True))


def _sample(one: Drift, path: str) -> str:
    """A sample as the recorder would have written it; empty where it would not have."""
    match one.kind:
        case "enum" | "const":
            return form.word_of(one.sample, path)
        case "format":
            return form.shape_of(one.sample)
        case "body" | "status":
            return form.media_type_of(one.sample)
        case "extra" | "unknown":
            return one.sample if one.sample in _FORMATS else ""
        case _:
            return ""


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
    return sorted(
        found,
        key=lambda one: (-one.count, one.operation, one.path, one.kind, one.found, one.sample),
    )


def _lines(path: Path) -> Iterator[Drift]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DriftError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield _checked(json.loads(line))
        except (ValueError, RecursionError) as error:
            raise DriftError(f"{path}:{number}: no record of a deviation: {error}") from error


class AnswerReader:
    """Decodes the answers of a run as the generated client does, and records where they deviate.

    Args:
        path: Where to; None: they are counted only.

    Attributes:
        count: How many deviations there were, and new fields of open objects.
    """

    def __init__(self, path: Path | None) -> None:
        self.count = 0
        self._record = None if path is None else DeviationRecorder(path)
        self._client = Client("http://unused.invalid", on_answer=self._look_at)

    def read(self, answer: Answer) -> None:
        """Decode one answer."""
        if answer.operation is None:
            return
        module = functions()[answer.operation.operation_id].module
        _codec.build_response(
            self._client,
            cast("Any", _as_response(answer)),
            module._RESPONSES,
            module.__name__.rpartition(".")[2],
        )

    def _look_at(self, operation: str, response: Response[Any]) -> None:
        self.count += len(response.deviations) + len(_codec.unknown_fields(response.parsed))
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
