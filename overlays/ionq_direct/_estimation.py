"""Counts what an estimate asks for: gates, qubits, shots of a payload as it is written.

May import: errors, _language, _shapes. No I/O. What IonQ's compiler makes of a circuit
is known only to a dry run; this is the count before it, with these rules of the trade:

- a gate on one qubit counts for each of its targets; a gate on two qubits counts once;
- a gate on N > 2 qubits counts as 6 (N - 2) two-qubit gates, as Azure's price list has it
  (Azure Quantum docs, pricing.md);
- `pauliexp` counts as its textbook circuit: for each term on w qubits a rotation, 2 (w - 1)
  two-qubit gates, and two one-qubit gates for each X and Y;
- `nop` counts nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Self, cast

from ionq_direct._language import (
    DEBIASING_FEWEST_SHOTS,
    DEFAULT_SHOTS,
    MULTI_CIRCUIT,
    SINGLE_CIRCUIT,
)
from ionq_direct._shapes import object_or_none, objects_in, text_or_none, texts_in, whole_or_none
from ionq_direct.errors import InvalidArgument

__all__ = ["EstimateInputs", "inputs_of"]


@dataclass(frozen=True, slots=True)
class EstimateInputs:
    """What an estimate is made for; None: as the server takes it by default.

    Attributes:
        backend: Where it would run.
        qubits: Number of qubits.
        shots: Number of shots, of each circuit.
        gates_1q: One-qubit gates, of all circuits together.
        gates_2q: Two-qubit gates, of all circuits together.
        error_mitigation: With debiasing, which costs more.
        type: What kind of program it is.
        session: Within a session.
    """

    backend: str
    qubits: int | None = None
    shots: int | None = None
    gates_1q: int | None = None
    gates_2q: int | None = None
    error_mitigation: bool | None = None
    type: str | None = None
    session: bool | None = None

    def changed(self, given: Mapping[str, Any]) -> Self:
        """A copy with other values; those that are None change nothing."""
        return replace(self, **{name: value for name, value in given.items() if value is not None})


def inputs_of(payload: Mapping[str, Any]) -> EstimateInputs:
    """What to ask for a job's estimate.

    Debiasing counts as on where IonQ turns it on by itself: on quantum computers, from 500 shots
    (IonQ docs, sdks/qiskit/error-mitigation-qiskit).

    Args:
        payload: The job as JSON.

    Raises:
        InvalidArgument: The payload names no backend, or is a program whose gates cannot be
            counted here (OpenQASM, a quantum function).
    """
    backend = text_or_none(payload.get("backend"))
    if not backend:
        raise InvalidArgument(
            name="payload.backend", value=payload.get("backend"), rule="must name a backend"
        )
    kind = text_or_none(payload.get("type")) or SINGLE_CIRCUIT
    source = object_or_none(payload.get("input")) or {}
    if kind == SINGLE_CIRCUIT:
        circuits: list[Mapping[str, Any]] = [source]
    elif kind == MULTI_CIRCUIT:
        circuits = objects_in(source.get("circuits"))
    else:
        raise InvalidArgument(
            name="payload.type",
            value=kind,
            rule="must be a circuit whose gates can be counted: give their numbers, or use dry_run",
        )
    counts = [_gates_of(circuit) for circuit in circuits]
    widths = [_qubits_of(circuit, source) for circuit in circuits]
    shots = whole_or_none(payload.get("shots")) or DEFAULT_SHOTS
    return EstimateInputs(
        backend=backend,
        qubits=max(widths, default=1),
        shots=shots,
        gates_1q=sum(one for one, _ in counts),
        gates_2q=sum(two for _, two in counts),
        error_mitigation=_is_mitigated(payload, backend, shots),
        type=kind,
        session=True if payload.get("session_id") else None,
    )


def _is_mitigated(payload: Mapping[str, Any], backend: str, shots: int) -> bool:
    settings = object_or_none(payload.get("settings")) or {}
    debiasing = (object_or_none(settings.get("error_mitigation")) or {}).get("debiasing")
    if debiasing is not None:
        return debiasing is not False
    return backend.startswith("qpu.") and shots >= DEBIASING_FEWEST_SHOTS


def _qubits_of(circuit: Mapping[str, Any], parent: Mapping[str, Any]) -> int:
    told = whole_or_none(circuit.get("qubits")) or whole_or_none(parent.get("qubits"))
    used = [qubit for gate in objects_in(circuit.get("circuit")) for qubit in _qubits_used(gate)]
    return told or max(used, default=0) + 1


def _gates_of(circuit: Mapping[str, Any]) -> tuple[int, int]:
    """One- and two-qubit gates of a circuit."""
    one = two = 0
    for gate in objects_in(circuit.get("circuit")):
        more_one, more_two = _weight(gate)
        one += more_one
        two += more_two
    return one, two


def _weight(gate: Mapping[str, Any]) -> tuple[int, int]:
    name = gate.get("gate")
    targets = _numbers(gate, "target", "targets")
    controls = _numbers(gate, "control", "controls")
    if name == "nop":
        return 0, 0
    if name == "pauliexp":
        return _pauliexp_weight(gate)
    if not controls and name not in _TWO_QUBIT:
        return max(len(targets), 1), 0
    # A controlled gate with several targets is one for each, unless the gate itself spans them.
    spans = [len(targets)] if name in _TWO_QUBIT else [1] * len(targets)
    return 0, sum(_entangling(span + len(controls)) for span in spans)


_TWO_QUBIT: Final = frozenset({"swap", "xx", "yy", "zz", "ms"})


def _entangling(qubits: int) -> int:
    return 1 if qubits <= 2 else 6 * (qubits - 2)


def _pauliexp_weight(gate: Mapping[str, Any]) -> tuple[int, int]:
    one = two = 0
    for term in texts_in(gate.get("terms")):
        weight = len(term) - term.count("I")
        if weight:
            one += 1 + 2 * (term.count("X") + term.count("Y"))
            two += 2 * (weight - 1)
    return one, two


def _numbers(gate: Mapping[str, Any], one: str, many: str) -> list[int]:
    several = gate.get(many)
    values = cast("list[object]", several) if isinstance(several, list) else [gate.get(one)]
    return [number for value in values if (number := whole_or_none(value)) is not None]


def _qubits_used(gate: Mapping[str, Any]) -> list[int]:
    return _numbers(gate, "target", "targets") + _numbers(gate, "control", "controls")
