"""Characterizations of the machines: a measurement a day, made up from the published medians.

May import: backends, ids, clock. The same day always gives the same numbers.
"""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING

from ionq_emulator.clock import iso, parse_iso
from ionq_emulator.ids import seed31, stable_uuid

if TYPE_CHECKING:
    from ionq_emulator.backends import Backend

from ionq_emulator.values import Json

__all__ = ["Json", "characterization", "days", "find", "latest_id"]


DAY_MS = 86_400_000
# How far back the history goes. Our choice.
HISTORY_DAYS = 120
# Azure Quantum retired Harmony in September 2024; Aria 2 follows it here.
_LAST_DAY = {"qpu.harmony": parse_iso("2024-09-01"), "qpu.aria-2": parse_iso("2025-12-31")}


def days(backend: Backend, now_ms: int) -> range:
    """The days (ms since the epoch, midnight UTC) of a machine's measurements, newest first."""
    if backend.timing is None:
        return range(0)
    today = now_ms // DAY_MS * DAY_MS
    last = min(today, _LAST_DAY.get(backend.name, today))
    return range(last, last - HISTORY_DAYS * DAY_MS, -DAY_MS)


def latest_id(backend: Backend, now_ms: int) -> str | None:
    """The id of a machine's newest measurement; None for the simulator."""
    all_days = days(backend, now_ms)
    return _id(backend, all_days[0]) if all_days else None


def find(backend: Backend, now_ms: int, characterization_id: str) -> Json | None:
    """The measurement of this id."""
    for day in days(backend, now_ms):
        if _id(backend, day) == characterization_id:
            return characterization(backend, day)
    return None


def characterization(backend: Backend, day_ms: int) -> Json:
    """A machine's measurement of one day, as version 0.4 shows it.

    Fidelities are medians over 24 hours, times are seconds (IonQ docs, characterizations). They
    vary from day to day by a tenth of the error, times by 1 percent.
    """
    assert backend.timing is not None
    assert backend.fidelity is not None
    draws = random.Random(seed31("characterization", backend.name, day_ms))  # noqa: S311 (repeatable on purpose)
    timing, fidelity = backend.timing, backend.fidelity

    def median(value: float) -> Json:
        return {"median": round(1 - (1 - value) * draws.uniform(0.9, 1.1), 6), "stderr": None}

    def seconds(value: float) -> float:
        return float(f"{value * draws.uniform(0.99, 1.01):.4g}")

    return {
        "id": _id(backend, day_ms),
        "backend": backend.name,
        "date": iso(day_ms),
        "qubits": backend.qubits,
        "connectivity": [list(pair) for pair in itertools.combinations(range(backend.qubits), 2)],
        "fidelity": {
            "1q": median(fidelity.one_qubit),
            "2q": median(fidelity.two_qubit),
            "spam": median(fidelity.spam),
        },
        "timing": {
            "1q": seconds(timing.one_qubit),
            "2q": seconds(timing.two_qubit),
            "readout": seconds(timing.readout),
            "reset": seconds(timing.reset),
            "t1": timing.t1,
            "t2": timing.t2,
        },
    }


def _id(backend: Backend, day_ms: int) -> str:
    return stable_uuid("characterization", backend.name, str(day_ms))
