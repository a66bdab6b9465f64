"""What benchmarks are made of: a registry, interleaved timing, rows and a table.

May import: the standard library.
"""

from __future__ import annotations

import gc
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

Benchmark = Callable[[], Iterable["Row"]]
REGISTRY: dict[str, Benchmark] = {}


def benchmark(name: str) -> Callable[[Benchmark], Benchmark]:
    """Register a function that yields rows under the name it is asked for by."""

    def register(function: Benchmark) -> Benchmark:
        if name in REGISTRY:
            raise ValueError(f"two benchmarks are called {name!r}")
        REGISTRY[name] = function
        return function

    return register


@dataclass(frozen=True)
class Row:
    """One comparison.

    Args:
        what: What was done, in a few words.
        ours: The median of ours, in `unit`.
        baseline: The median of what it is compared with, in `unit`; None where nothing compares.
        aim: The largest ratio we want; None where there is no aim.
        unit: `s` (printed as s, ms or us), or any other unit where less is better.
        against: What the baseline is.
    """

    what: str
    ours: float
    baseline: float | None = None
    aim: float | None = None
    unit: str = "s"
    against: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours over the baseline."""
        return self.ours / self.baseline if self.baseline else None

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "ratio": self.ratio}


def interleaved(
    ours: Callable[[], object],
    baseline: Callable[[], object],
    *,
    repetitions: int = 15,
    least: float = 0.01,
) -> tuple[float, float]:
    """Median seconds of one call of each; both in turn, so that a slow moment hits both.

    Args:
        ours: What is measured.
        baseline: What it is compared with.
        repetitions: How often each is timed.
        least: Seconds that one timing takes at least; a short call is repeated to fill them.
    """
    timers = [_timer(ours, least), _timer(baseline, least)]
    return medians(timers, repetitions=repetitions)


def medians(timers: Sequence[Callable[[], float]], *, repetitions: int) -> tuple[float, float]:
    """The medians of two functions that each return the seconds they measured."""
    times: tuple[list[float], list[float]] = ([], [])
    for repetition in range(repetitions):
        for index in (0, 1) if repetition % 2 else (1, 0):
            times[index].append(timers[index]())
    return statistics.median(times[0]), statistics.median(times[1])


def _timer(function: Callable[[], object], least: float) -> Callable[[], float]:
    def timed(calls: int) -> float:
        gc.collect()
        gc.disable()
        try:
            start = time.perf_counter()
            for _ in range(calls):
                function()
            return (time.perf_counter() - start) / calls
        finally:
            gc.enable()

    function()  # what is loaded or made once is not counted
    calls = max(1, round(least / max(timed(1), 1e-9)))
    return lambda: timed(calls)


def import_seconds(module: str) -> float:
    """Seconds to import a module in a fresh interpreter, whose own start is not counted."""
    code = (
        "import time; start = time.perf_counter(); "
        f"import {module}; print(time.perf_counter() - start)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def machine() -> str:
    """Where this runs, in one line."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} "
        f"{platform.machine()}, {os.cpu_count()} cores{load}"
    )


def run(names: Iterable[str]) -> Iterator[Row]:
    """The rows of the benchmarks of these names."""
    for name in names:
        yield from REGISTRY[name]()


COLUMNS = ("what", "ours", "baseline", "ratio", "aim")


def table(rows: Iterable[Row]) -> str:
    """The rows as text, one a line; `!` marks a ratio beyond its aim."""
    cells = [COLUMNS, *map(_cells, rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(COLUMNS))]
    lines = [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def _cells(row: Row) -> tuple[str, ...]:
    missed = row.ratio is not None and row.aim is not None and row.ratio > row.aim
    return (
        f"{row.what} / {row.against}" if row.against else row.what,
        _quantity(row.ours, row.unit),
        "" if row.baseline is None else _quantity(row.baseline, row.unit),
        "" if row.ratio is None else f"{row.ratio:.2f}{'!' if missed else ''}",
        "" if row.aim is None else f"{row.aim:g}",
    )


def _quantity(value: float, unit: str) -> str:
    if unit != "s":
        return f"{value:,.4g} {unit}"
    for factor, name in ((1, "s"), (1e3, "ms")):
        if value * factor >= 1:
            return f"{value * factor:.2f} {name}"
    return f"{value * 1e6:.2f} us"
