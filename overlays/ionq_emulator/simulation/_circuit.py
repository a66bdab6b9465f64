"""The circuit as the simulator knows it: plain picklable records. Imports the standard library."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypedDict

__all__ = ["Circuit", "GateCounts", "Operation"]

GateCounts = TypedDict("GateCounts", {"1q": int, "2q": int})
"""Gates by arity as IonQ bills them; see `count_gates` for the rule."""


class Operation(NamedTuple):
    """One gate on given qubits, validated. A tuple because there can be 150,000 of them.

    Attributes:
        gate: The name in the gate table, lower case. `copy` is none of the API's: a noiseless
            CNOT onto a hidden qubit, which is what a measurement in the middle does.
        targets: The qubits the gate's matrix acts on; the first is the high bit of the matrix.
        controls: Qubits that must all be 1 for the gate to act.
        parameters: The gate's angles in the table's order: radians, and turns for gpi, gpi2 and
            ms. Native zz is read as QIS zz, in radians.
        terms: `pauliexp` only: Pauli words, last character on the first target;
            `parameters` then holds the coefficients and, last, the time.
        position: The gate's place in the source circuit, for messages.
    """

    gate: str
    targets: tuple[int, ...]
    controls: tuple[int, ...] = ()
    parameters: tuple[float, ...] = ()
    terms: tuple[str, ...] = ()
    position: int = 0


@dataclass(frozen=True, slots=True)
class Circuit:
    """A circuit that passed every check.

    Attributes:
        gateset: `qis` or `native`; OpenQASM circuits are `qis`.
        qubits: Width of the outcome's keys: the declared number, or else `required_qubits`.
        declared_qubits: The program's own `qubits`, None where it has none.
        required_qubits: Highest qubit used, plus one.
        operations: The gates in order.
        registers: Classical registers (OpenQASM): for each name the qubit that each bit was
            measured from, None for a bit that nothing was measured into; bit 0 first.
        hidden_qubits: Qubits after the circuit's own, numbered on from `qubits`: what stands for
            measurements and resets in the middle (see `_qasm_wires`). No outcome shows them;
            bits of registers may come from them.
    """

    gateset: Literal["qis", "native"]
    qubits: int
    operations: tuple[Operation, ...]
    declared_qubits: int | None = None
    required_qubits: int = 0
    registers: dict[str, tuple[int | None, ...]] = field(default_factory=dict)
    hidden_qubits: int = 0

    @property
    def active_qubits(self) -> tuple[int, ...]:
        """The qubits that have gates, hidden ones included, ascending."""
        used = {
            qubit
            for operation in self.operations
            if operation.gate != "nop"
            for qubit in (*operation.targets, *operation.controls)
        }
        return tuple(sorted(used))
