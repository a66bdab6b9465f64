"""Where answers deviate from the contract, counted and appended to a file.

May import: the generated client's types, `_deviations_form`, errors, the standard library.
`ionq-direct spec drift` reads the file.
"""

from __future__ import annotations

import functools
import json
import logging
import os
import threading
from collections import Counter
from pathlib import Path
from typing import Any, Final

from ionq_api.v0_4._codec import unknown_fields
from ionq_api.v0_4.types import Deviation, Response
from ionq_direct import _deviations_form as form
from ionq_direct.errors import ConfigurationError

__all__ = ["DeviationRecorder", "recorder_for"]

_LOG: Final = logging.getLogger("ionq_direct")
_MOST_KINDS: Final = 2_000
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
        """Take note of an answer's deviations, and of fields that are new in open objects."""
        lines = [
            line
            for deviation in (*response.deviations, *unknown_fields(response.parsed))
            if (line := self._count(_seen(operation, response, deviation)))
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


def _seen(operation: str, response: Response[Any], deviation: Deviation) -> _Seen:
    place = form.place_of(deviation.path, deviation.kind)
    if deviation.kind in {"body", "status"}:
        found = form.body_of(response.content)
        sample = form.media_type_of(str(response.headers.get("content-type", "")))
    else:
        missing = deviation.kind == "missing"
        found = form.NOTHING if missing else form.type_of(deviation.value)
        sample = form.sample_of(deviation, place)
    status = response.status_code
    return (operation, status, place, deviation.kind, deviation.expected, found, sample)


@functools.cache
def _shared(path: str) -> DeviationRecorder:
    return DeviationRecorder(path)


def recorder_for(path: str | os.PathLike[str] | None) -> DeviationRecorder | None:
    """The recorder of a file, one for all clients of a process; None: nothing is recorded.

    Raises:
        ConfigurationError: The file's folder does not exist.
    """
    return None if path is None else _shared(str(Path(path).absolute()))
