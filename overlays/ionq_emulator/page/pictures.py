"""Circuits and histograms of jobs, drawn from what is stored and remembered once drawn.

May import: orjson, the cloud, the simulation package, and this package's drawings.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from ionq_emulator.distributions import Columns
from ionq_emulator.page.circuit import Frame, draw_circuit
from ionq_emulator.page.histogram import Excerpt, draw_histogram, take_heaviest
from ionq_emulator.page.html import Html, tag
from ionq_emulator.page.memo import Memo
from ionq_emulator.records import Status
from ionq_emulator.simulation import (
    MAX_WIDTH,
    Circuit,
    SimulationFailure,
    read_circuit,
    read_energy,
)

if TYPE_CHECKING:
    from collections.abc import Hashable

    from ionq_emulator.records import Job
    from ionq_emulator.store import Store

__all__ = ["Pictures"]

# Gates that are read of a longer circuit, and programs too long to be read for a picture.
_GATES = 2_000
_PROGRAM_BYTES = 2_000_000
_QASM_LETTERS = 20_000
_MOST_BARS = 64
_KEPT = 512


class Pictures:
    """Draws jobs.

    Pictures are remembered by what they show and not by job: ids come again after a reset.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._circuits: Memo[Html] = Memo(_KEPT)
        self._excerpts: Memo[Excerpt] = Memo(_KEPT)

    def circuit(self, job: Job, frame: Frame) -> Html:
        """A job's circuit, or why there is no picture of it."""
        program = self._store.program(job.id)
        if program is None:
            return tag("p", "no circuit of its own", class_="note")
        return self._circuits.get((_digest(program), frame), lambda: _drawn(program, frame))

    def histogram(self, job: Job, rows: int) -> Html | None:
        """The probabilities of a completed job that has any."""
        done = job.status == Status.COMPLETED and not job.dry_run
        content = self._store.result(job.id, "probabilities") if done else None
        if content is None:
            return None
        excerpt = self._excerpts.get(_key(content), lambda: take_heaviest(content, _MOST_BARS))
        shots = job.shots if job.counts_shots else None
        return draw_histogram(excerpt.first(rows), int(job.stats["qubits"]), shots)


def _drawn(text: bytes, frame: Frame) -> Html:
    try:
        circuit, unread = _read(text)
    except SimulationFailure as failure:
        return tag("p", f"no picture: {failure.message}", class_="note")
    return draw_circuit(circuit, frame, unread=unread)


def _read(text: bytes) -> tuple[Circuit, int]:
    """The circuit, or the first gates of a long one and how many more there are."""
    if len(text) > _PROGRAM_BYTES:
        raise SimulationFailure("InvalidInput", f"the program has {len(text):,} bytes")
    program: dict[str, Any] = orjson.loads(text)
    function = program.get("function")
    if function is not None:
        return read_energy(function, max_qubits=MAX_WIDTH).ansatz, 0
    qasm = program.get("qasm")
    if qasm is not None and len(qasm) > _QASM_LETTERS:
        raise SimulationFailure("InvalidInput", f"the program has {len(qasm):,} letters")
    gates: list[Any] = program.get("circuit") or []
    unread = max(0, len(gates) - _GATES)
    if unread:
        program["circuit"] = gates[:_GATES]
    return read_circuit(program, max_qubits=MAX_WIDTH), unread


def _key(content: bytes | Columns) -> Hashable:
    if isinstance(content, Columns):
        return content, Path(content.file).stat().st_mtime_ns
    return _digest(content)


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()
