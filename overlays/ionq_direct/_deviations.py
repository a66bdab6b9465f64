"""Where answers deviate from the contract, counted and appended to a file.

May import: the generated client's types, errors, the standard library. What a file says of an
answer is its form: no ids, no metadata, no text of the user's. `ionq-direct spec drift` reads it.
"""

from __future__ import annotations

import functools
import json
import logging
import os
import re
import threading
from collections import Counter
from pathlib import Path
from typing import Any, Final

from ionq_api.v0_4.types import Deviation, Response
from ionq_direct.errors import ConfigurationError

__all__ = ["DeviationRecorder", "recorder_for"]

_LOG: Final = logging.getLogger("ionq_direct")
_MOST_KINDS: Final = 2_000
_INDEX: Final = re.compile(r"\[\d+\]")
# Keys of maps that say nothing of the form: ids and outcomes.
_KEY: Final = re.compile(
    r'\["(?:[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,}|\d+)"\]|\.[0-9a-f]{16,}(?![^.\[])',
    re.IGNORECASE,
)
_METADATA: Final = re.compile(r'(\.metadata|\["metadata"\])[.\[].*$')
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.\-]{0,39}")
_LONG_HEX: Final = re.compile(r"[0-9a-f]{8,}", re.IGNORECASE)
_LONGEST_SHAPE: Final = 40
_TYPES: Final[tuple[tuple[type, str], ...]] = (
    (bool, "boolean"),  # before int, which it is in Python
    (int, "integer"),
    (float, "number"),
    (str, "string"),
    (list, "array"),
    (dict, "object"),
    (type(None), "null"),
)

_Seen = tuple[str, int, str, str, str, str, str]


class DeviationRecorder:
    """Counts deviations by operation, place and kind; each line of the file adds to the counts.

    A line is written when something is seen for the 1st, 2nd, 4th, 8th ... time, and holds how
    often it was seen since the line before: the file stays small, and a process that is killed
    loses less than half of a count.

    Args:
        path: The file; it is created with its first line.

    Raises:
        ConfigurationError: Its folder does not exist.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path)
        if not self._path.absolute().parent.is_dir():
            raise ConfigurationError(f"record_deviations: no such folder: {self._path.parent}")
        self._seen: Counter[_Seen] = Counter()
        self._written: Counter[_Seen] = Counter()
        self._lock = threading.Lock()
        self._broken = False

    def __call__(self, operation: str, response: Response[Any]) -> None:
        """Take note of an answer's deviations."""
        lines = [
            line
            for deviation in response.deviations
            if (line := self._count(_seen(operation, response.status_code, deviation)))
        ]
        if lines:
            self._append("".join(lines))

    def _count(self, seen: _Seen) -> str:
        """Count, and give the line to write where it is time for one."""
        with self._lock:
            if seen not in self._seen and len(self._seen) >= _MOST_KINDS:
                return ""
            self._seen[seen] += 1
            count = self._seen[seen]
            if count & (count - 1):
                return ""
            new = count - self._written[seen]
            self._written[seen] = count
        return json.dumps(dict(zip(_FIELDS, seen, strict=True)) | {"count": new}) + "\n"

    def _append(self, text: str) -> None:
        try:
            # One write to a file opened for appending: lines of several processes do not mix.
            with self._path.open("ab", buffering=0) as file:
                file.write(text.encode())
        except OSError as error:
            if not self._broken:  # an answer is worth more than a note about it
                _LOG.warning("record_deviations: %s: %s", self._path, error.strerror)
            self._broken = True


_FIELDS: Final = ("operation", "status", "path", "kind", "expected", "found", "sample")


def _seen(operation: str, status: int, deviation: Deviation) -> _Seen:
    path = _pattern(deviation.path)
    found = _type_of(deviation)
    sample = _sample(deviation, path)
    return (operation, status, path, deviation.kind, deviation.expected, found, sample)


def _pattern(path: str) -> str:
    """The place without what differs from answer to answer."""
    path = _METADATA.sub(r"\1[*]", path)
    return _KEY.sub("[*]", _INDEX.sub("[*]", path))


def _type_of(deviation: Deviation) -> str:
    if deviation.kind == "missing":
        return "nothing"
    for kind, name in _TYPES:
        if isinstance(deviation.value, kind):
            return name
    return type(deviation.value).__name__


def _sample(deviation: Deviation, path: str) -> str:
    """A word of a list where such a list is at stake, the form of a text, else nothing."""
    value = deviation.value
    if not isinstance(value, str):
        return ""
    if "metadata" in path or deviation.kind not in {"enum", "const", "format"}:
        return ""
    if deviation.kind == "format":
        return _shape(value)
    return value if _WORD.fullmatch(value) and not _LONG_HEX.search(value) else ""


def _shape(text: str) -> str:
    """Digits as 9, letters as a: enough to tell a date from an id."""
    shape = re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", text))
    return shape if len(shape) <= _LONGEST_SHAPE else shape[:_LONGEST_SHAPE] + "..."


@functools.cache
def _shared(path: str) -> DeviationRecorder:
    return DeviationRecorder(path)


def recorder_for(path: str | os.PathLike[str] | None) -> DeviationRecorder | None:
    """The recorder of a file, one for all clients of a process; None: nothing is recorded.

    Raises:
        ConfigurationError: The file's folder does not exist.
    """
    return None if path is None else _shared(str(Path(path).absolute()))
