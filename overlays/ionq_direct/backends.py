"""Backends and their characterizations, as views of what IonQ sends.

May import: _shapes, _times, the standard library. Values only; public.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from ionq_direct._shapes import (
    number_or_none,
    object_or_none,
    text_or_none,
    texts_in,
    whole_or_none,
)
from ionq_direct._times import milliseconds, moment_or_none

__all__ = ["Backend", "Characterization", "Fidelity"]

_AVAILABLE = "available"


@dataclass(frozen=True, slots=True)
class Backend:
    """A quantum computer or simulator.

    Attributes:
        name: Its name, such as `qpu.forte-1` or `simulator`.
        status: `available`, `unavailable`, `retired`, or another word of the server's.
        qubits: How many qubits it has.
        queue_time: How long jobs wait on average (ms on the wire).
        last_updated: When the server last looked at it.
        gates: Gates of the QIS gateset that it takes.
        native_gates: Gates of its native gateset, such as `gpi`, `gpi2` and `zz`.
        noise_models: Names of the noise models that it simulates.
        error_mitigations: Names of what it offers against errors.
        characterization_id: Its latest characterization.
        degraded: Whether it is at work but not at its best; None where the server does not say.
        location: Where it stands.
        power_kw: What it draws, in kW.
        has_access: Whether this key may use it; None where the server does not say.
        data: The backend's JSON.
    """

    name: str
    status: str | None
    qubits: int | None
    queue_time: timedelta | None
    last_updated: datetime | None
    gates: tuple[str, ...]
    native_gates: tuple[str, ...]
    noise_models: tuple[str, ...]
    error_mitigations: tuple[str, ...]
    characterization_id: str | None
    degraded: bool | None
    location: str | None
    power_kw: float | None
    has_access: bool | None
    data: Mapping[str, Any] = field(repr=False)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Backend:
        """Read a backend's JSON."""
        return cls(
            name=str(data.get("backend")),
            status=text_or_none(data.get("status")),
            qubits=whole_or_none(data.get("qubits")),
            queue_time=milliseconds(data.get("average_queue_time")),
            last_updated=moment_or_none(data.get("last_updated")),
            gates=texts_in(data.get("supported_gates")),
            native_gates=texts_in(data.get("supported_native_gates")),
            noise_models=texts_in(data.get("noise_models")),
            error_mitigations=texts_in(data.get("supported_error_mitigations")),
            characterization_id=text_or_none(data.get("characterization_id")),
            degraded=_flag(data.get("degraded")),
            location=text_or_none(data.get("location")),
            power_kw=number_or_none(data.get("kw")),
            has_access=_flag(data.get("has_access")),
            data=data,
        )

    @property
    def is_available(self) -> bool:
        """Whether it takes jobs and runs them."""
        return self.status == _AVAILABLE

    @property
    def is_simulator(self) -> bool:
        """Whether it is a simulator; the others are named `qpu.…`."""
        return not self.name.startswith("qpu.")


@dataclass(frozen=True, slots=True)
class Fidelity:
    """A measured fidelity, from 0 to 1.

    Attributes:
        median: The median.
        stderr: Its standard error; None where the server does not say.
    """

    median: float | None
    stderr: float | None


@dataclass(frozen=True, slots=True)
class Characterization:
    """A measurement of a backend.

    Attributes:
        id: Its id.
        backend: What was measured.
        date: When.
        qubits: Number of qubits.
        connectivity: Pairs of qubits that two-qubit gates can act on.
        fidelity: Fidelities by name: `1q`, `2q`, `spam` (state preparation and measurement).
        timing: Durations in seconds by name: `t1`, `t2`, `1q`, `2q`, `readout`, `reset`.
        data: The characterization's JSON.
    """

    id: str
    backend: str | None
    date: datetime | None
    qubits: int | None
    connectivity: tuple[tuple[int, int], ...] = field(repr=False)
    fidelity: Mapping[str, Fidelity]
    timing: Mapping[str, float]
    data: Mapping[str, Any] = field(repr=False)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Characterization:
        """Read a characterization's JSON."""
        fidelity = object_or_none(data.get("fidelity")) or {}
        timing = object_or_none(data.get("timing")) or {}
        measured = {name: object_or_none(value) for name, value in fidelity.items()}
        seconds = {name: number_or_none(value) for name, value in timing.items()}
        return cls(
            id=str(data.get("id")),
            backend=text_or_none(data.get("backend")),
            date=moment_or_none(data.get("date")),
            qubits=whole_or_none(data.get("qubits")),
            connectivity=_pairs(data.get("connectivity")),
            fidelity={
                name: Fidelity(
                    number_or_none(told.get("median")), number_or_none(told.get("stderr"))
                )
                for name, told in measured.items()
                if told is not None
            },
            timing={name: value for name, value in seconds.items() if value is not None},
            data=data,
        )


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _pairs(value: object) -> tuple[tuple[int, int], ...]:
    items = cast("list[object]", value) if isinstance(value, list) else []
    found: list[tuple[int, int]] = []
    for item in items:
        ends = (
            [whole_or_none(end) for end in cast("list[object]", item)]
            if isinstance(item, list)
            else []
        )
        if len(ends) == 2 and ends[0] is not None and ends[1] is not None:
            found.append((ends[0], ends[1]))
    return tuple(found)
