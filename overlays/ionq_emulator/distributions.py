"""Distributions too large to be kept as JSON: columns in a file, turned into JSON as they are sent.

May import: numpy and orjson. A dense distribution over 24 qubits is half a gigabyte of JSON.
"""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    IntArray = npt.NDArray[np.int64]
    FloatArray = npt.NDArray[np.float64]

__all__ = ["LARGE", "Arrays", "Columns", "Spool", "in_pieces"]

# From this many outcomes on a distribution is kept as columns.
LARGE = 1 << 17
_CHUNK = 1 << 15


@dataclass(frozen=True, slots=True, eq=False)
class Arrays:
    """A large distribution in memory: outcomes, ascending, and their probabilities."""

    outcomes: IntArray
    weights: FloatArray

    def write(self, directory: str) -> Columns:
        """Write it into a new file of a directory."""
        outcomes, entries = self.outcomes, len(self.weights)
        dense = bool(outcomes[0] == 0 and outcomes[-1] == entries - 1)
        with tempfile.NamedTemporaryFile(dir=directory, suffix=".new", delete=False) as file:
            if not dense:
                outcomes.astype("<i8", copy=False).tofile(file)
            self.weights.astype("<f8", copy=False).tofile(file)
        return Columns(file.name, entries, dense)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a large distribution is.

    Attributes:
        file: The file: outcomes (left out when dense), then weights, 8 bytes each.
        entries: How many outcomes there are.
        dense: Whether they are 0, 1, 2, ...
    """

    file: str
    entries: int
    dense: bool

    def parts(self) -> Iterator[tuple[IntArray, FloatArray]]:
        """The distribution piece by piece: outcomes, ascending, and their probabilities."""
        # Read, not mapped: what is mapped counts as the server's memory until it is closed.
        with Path(self.file).open("rb") as weights, Path(self.file).open("rb") as outcomes:
            weights.seek(0 if self.dense else 8 * self.entries)
            for start in range(0, self.entries, _CHUNK):
                count = min(_CHUNK, self.entries - start)
                if self.dense:
                    keys: IntArray = np.arange(start, start + count)
                else:
                    keys = np.fromfile(outcomes, "<i8", count)
                yield keys, np.fromfile(weights, "<f8", count)

    def json(self) -> Iterator[bytes]:
        """The distribution as JSON text, piece by piece: decimal outcome to probability."""
        separator = b"{"
        for outcomes, weights in self.parts():
            part = dict(zip(map(str, outcomes.tolist()), weights.tolist(), strict=True))
            yield separator + orjson.dumps(part)[1:-1]
            separator = b","
        yield b"}"


def in_pieces(parts: Iterable[bytes], size: int = 1 << 18) -> Iterator[bytes]:
    """The same bytes in pieces of at least `size`: each piece sent costs a little of its own."""
    piece = bytearray()
    for part in parts:
        piece += part
        if len(piece) >= size:
            yield bytes(piece)
            piece.clear()
    if piece:
        yield bytes(piece)


class Spool:
    """The directory that large distributions of one database are in.

    Args:
        database: The database they belong to; None: a directory that goes when the spool does.
    """

    def __init__(self, database: Path | None) -> None:
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._path = None if database is None else Path(f"{database}.results")
        for left_over in self._path.glob("*.new") if self._path is not None else ():
            left_over.unlink()  # of a run that was cut off

    @property
    def directory(self) -> str:
        """The directory, made when first asked for."""
        if self._path is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="ionq-emulator-")
            self._path = Path(self._temporary.name)
        self._path.mkdir(exist_ok=True)
        return str(self._path)

    def keep(self, name: str, columns: Columns | Arrays) -> Columns:
        """Take over a file that a run has written, or what it has sent back."""
        if isinstance(columns, Arrays):
            columns = columns.write(self.directory)
        kept = Path(columns.file).replace(Path(self.directory) / name)
        return Columns(str(kept), columns.entries, columns.dense)

    def discard(self, files: Iterable[str]) -> None:
        """Remove files that were kept; those that are not there are passed over."""
        for file in files:
            with contextlib.suppress(FileNotFoundError):
                Path(file).unlink()

    def close(self) -> None:
        """Remove a directory that nobody will open again."""
        if self._temporary is not None:
            self._temporary.cleanup()
            self._temporary = self._path = None
