"""Compiled circuits: IonQ's native gates as JSON, or OpenQASM 3 text. Imports this package only."""

from __future__ import annotations

from cmath import phase
from math import atan2, pi
from typing import TYPE_CHECKING, Any, Literal

from ._elementary import cnot, elementary, into_z
from ._failures import SimulationFailure
from ._fusion import fuse
from ._gates import TURN
from ._steps import Rotation, Single, entries_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ._circuit import Circuit
    from ._steps import Entries, Step

__all__ = ["compile_circuit"]

Family = Literal["aria", "forte"]

_EXACTLY = 1e-12
"""Angles this close to a special one are taken to be it (radians)."""

_FAMILY_GATES = {"aria": {"gpi", "gpi2", "ms", "nop"}, "forte": {"gpi", "gpi2", "zz", "nop"}}


def compile_circuit(
    circuit: Circuit, to: Literal["native", "qasm3"] = "native", family: Family = "aria"
) -> dict[str, Any] | str:
    """Express a circuit in a machine's own gates, or in OpenQASM 3.

    The unitary stays the same up to its global phase, and with it the distribution.

    Args:
        circuit: What `read_circuit` returned.
        to: `native` for the JSON input `{"gateset": "native", "qubits": n, "circuit": [...]}`,
            `qasm3` for OpenQASM 3 text with `U`, `rz` and `cx`.
        family: Which machines' two-qubit gate: `ms` on Aria, `zz` on Forte (IonQ docs, native
            gates API). A native circuit in the family's gates stays as it is.

    Raises:
        SimulationFailure: `CompilationError`, see `elementary`; also for measurements and resets
            in the middle, which neither form of ours has.
    """
    if circuit.hidden_qubits:
        raise SimulationFailure(
            "CompilationError", "measurements and resets in the middle are not written out"
        )
    if to == "qasm3":
        return _qasm(circuit)
    if circuit.gateset == "native" and all(
        operation.gate in _FAMILY_GATES[family] and not operation.controls
        for operation in circuit.operations
    ):
        gates = _as_written(circuit)
    else:
        gates = _native(circuit, family)
    # A circuit needs a gate, even where nothing is left of it.
    nothing: list[dict[str, Any]] = [{"gate": "nop", "targets": [0]}]
    return {"gateset": "native", "qubits": circuit.qubits, "circuit": gates or nothing}


def _as_written(circuit: Circuit) -> list[dict[str, Any]]:
    gates: list[dict[str, Any]] = []
    for operation in circuit.operations:
        targets, parameters = list(operation.targets), operation.parameters
        if operation.gate == "ms":
            gates.append(_ms(targets, parameters[:2], parameters[2]))
        elif operation.gate == "zz":
            gates.append(_zz(targets, parameters[0] / TURN))
        elif operation.gate == "nop":
            gates.append({"gate": "nop", "targets": targets})
        else:
            gates.append(_pulse(operation.gate, targets[0], parameters[0]))
    return gates


def _pulse(gate: str, qubit: int, turns: float) -> dict[str, Any]:
    return {"gate": gate, "target": qubit, "phase": _wrapped(turns)}


def _ms(qubits: list[int], turns: tuple[float, ...], angle: float) -> dict[str, Any]:
    phases = [_wrapped(turn) for turn in turns]
    return {"gate": "ms", "targets": qubits, "phases": phases, "angle": angle}


def _zz(qubits: list[int], angle: float) -> dict[str, Any]:
    return {"gate": "zz", "targets": qubits, "angle": angle}


def _wrapped(turns: float) -> float:
    """The same phase between -1/2 and 1/2 turn."""
    return turns - round(turns)


# --- Native gates -----------------------------------------------------------------------------


def _native(circuit: Circuit, family: Family) -> list[dict[str, Any]]:
    axis = "X" if family == "aria" else "Z"
    steps = (part for step in elementary(circuit.operations) for part in _to_axis(step, axis))
    gates: list[dict[str, Any]] = []
    frames = [0.0] * circuit.qubits  # rotations about Z that are yet to come, in radians
    for step in fuse(steps):
        if isinstance(step, Single):
            gates += _pulses(step.qubit, step.entries, frames)
        elif isinstance(step, Rotation):
            first, second = step.qubits
            if axis == "Z":  # commutes with the frames
                gates.append(_zz([first, second], step.angle / TURN))
            else:
                turns = (-frames[first] / TURN, -frames[second] / TURN)
                gates.append(_ms([first, second], turns, step.angle / TURN))
    for qubit, angle in enumerate(frames):
        if not _is_zero(angle):
            gates += [_pulse("gpi", qubit, 0.0), _pulse("gpi", qubit, angle / TURN / 2)]
    return gates


def _to_axis(step: Step, axis: str) -> Iterator[Step]:
    """A step with two-qubit rotations about one axis only, by 0 to a quarter turn."""
    if isinstance(step, Single) and step.controls:
        # CNOT is CZ between Hadamards, and CZ a ZZ rotation by -pi/2 with phases.
        (control,), target = step.controls, step.qubit
        yield Single(target, entries_of("h"))
        yield from _to_axis(Rotation("Z", (control, target), -pi / 2), axis)
        yield Single(control, entries_of("s"))
        yield Single(target, entries_of("s"))
        yield Single(target, entries_of("h"))
    elif isinstance(step, Rotation):
        before, after = _between(step.letter, axis)
        yield from (Single(qubit, entries_of(gate)) for gate in before for qubit in step.qubits)
        yield from _small_rotation(step, axis)
        yield from (Single(qubit, entries_of(gate)) for gate in after for qubit in step.qubits)
    else:
        yield step


def _between(letter: str, axis: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Gates on both qubits around a rotation about `axis` that make it one about `letter`."""
    if letter == axis:
        return (), ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    if letter != "Z":
        before, after = (into_z(letter)[0],), (into_z(letter)[1],)
    if axis != "Z":  # h takes Z to X and back
        before, after = (*before, "h"), ("h", *after)
    return before, after


def _small_rotation(step: Rotation, axis: str) -> Iterator[Step]:
    """A rotation by any angle with one by 0 to pi/2 and one-qubit gates.

    Half a turn of the angle is P x P itself, and flipping one qubit turns the sign around.
    """
    angle = step.angle - TURN * round(step.angle / TURN)
    if abs(angle) > pi / 2 + _EXACTLY:
        angle -= pi if angle > 0 else -pi
        yield from (Single(qubit, entries_of(axis.lower())) for qubit in step.qubits)
    flip = Single(step.qubits[0], entries_of("z" if axis == "X" else "x"))
    if _is_zero(angle):
        return
    if angle < 0:
        yield flip
    yield Rotation(axis, step.qubits, min(abs(angle), pi / 2))
    if angle < 0:
        yield flip


def _pulses(qubit: int, entries: Entries, frames: list[float]) -> Iterator[dict[str, Any]]:
    """A matrix as at most two pulses; rotations about Z only turn the phases that follow.

    u(theta, phi, lam) = Rz(phi + pi) RX(pi/2) Rz(theta + pi) RX(pi/2) Rz(lam), and a pulse with
    phase p is RX(pi/2) between Rz(-2 pi p) and Rz(2 pi p).
    """
    theta, phi, lam = _euler(entries)
    lam += frames[qubit]
    if _is_zero(theta):
        frames[qubit] = lam + phi
    elif _is_zero(theta - pi):
        yield _pulse("gpi", qubit, (phi - lam - pi) / 2 / TURN)
        frames[qubit] = 0.0
    elif _is_zero(theta - pi / 2):
        yield _pulse("gpi2", qubit, (pi / 2 - lam) / TURN)
        frames[qubit] = lam + phi
    else:
        yield _pulse("gpi2", qubit, -lam / TURN)
        yield _pulse("gpi2", qubit, -(lam + theta + pi) / TURN)
        frames[qubit] = lam + theta + phi + TURN


def _euler(entries: Entries) -> tuple[float, float, float]:
    """Theta in [0, pi], phi and lam of the `u` gate that equals a matrix up to its phase."""
    a, b, c, d = (complex(entry) for entry in entries)
    theta = 2 * atan2(abs(c), abs(a))
    if abs(c) <= _EXACTLY:
        return 0.0, 0.0, phase(d / a)
    if abs(a) <= _EXACTLY:
        return pi, phase(c / -b), 0.0
    phi = phase(c / a)
    if abs(a) < abs(c):
        return theta, phi, phase(-b / a)
    # Where c is small its phase is rough, but phi + lam is not: errors then cancel.
    return theta, phi, phase(d / a) - phi


def _is_zero(angle: float) -> bool:
    """Whether a rotation by so many radians is none, up to a phase."""
    return abs(angle - TURN * round(angle / TURN)) < _EXACTLY


# --- OpenQASM 3 -------------------------------------------------------------------------------


def _qasm(circuit: Circuit) -> str:
    registers = circuit.registers or {"c": tuple(range(circuit.qubits))}
    lines = ["OPENQASM 3.0;", 'include "stdgates.inc";', f"qubit[{circuit.qubits}] q;"]
    lines += [f"bit[{len(bits)}] {name};" for name, bits in registers.items()]
    steps = (part for step in elementary(circuit.operations) for part in _to_cnots(step))
    lines += [_statement(step) for step in fuse(steps)]
    lines += [
        f"{name}[{place}] = measure q[{qubit}];"
        for name, bits in registers.items()
        for place, qubit in enumerate(bits)
        if qubit is not None
    ]
    return "\n".join(lines) + "\n"


def _to_cnots(step: Step) -> Iterable[Step]:
    if not isinstance(step, Rotation):
        return [step]
    first, second = step.qubits
    before, after = _between(step.letter, "Z")
    return [
        *(Single(qubit, entries_of(gate)) for gate in before for qubit in step.qubits),
        cnot(first, second),
        Single(second, entries_of("rz", (step.angle,))),
        cnot(first, second),
        *(Single(qubit, entries_of(gate)) for gate in after for qubit in step.qubits),
    ]


def _statement(step: Step) -> str:
    assert isinstance(step, Single)  # nothing else is left
    if step.controls:
        return f"cx q[{step.controls[0]}], q[{step.qubit}];"
    theta, phi, lam = _euler(step.entries)
    if theta == 0:
        return f"rz({lam!r}) q[{step.qubit}];"
    return f"U({theta!r}, {phi!r}, {lam!r}) q[{step.qubit}];"
