"""How many one- and two-qubit gates a circuit is billed as. Imports this package only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._pauli import evolution

if TYPE_CHECKING:
    from ._circuit import Circuit, GateCounts, Operation

__all__ = ["count_gates", "gate_cost"]


def count_gates(circuit: Circuit) -> GateCounts:
    """Gates by arity as IonQ bills them: `{"1q": n, "2q": m}`.

    - A gate on one qubit counts as a 1q gate (for several targets: one for each), on two qubits as
      a 2q gate.
    - A gate on N > 2 qubits, controls included, counts as 6 (N - 2) 2q gates (Azure's published
      price list for IonQ).
    - `pauliexp` counts as the rotations exp(-i a P) of its terms one after another: a word of one
      letter is a 1q gate, of two letters a 2q gate, of w > 2 letters a ladder of 2 (w - 1) 2q
      gates around a 1q gate. Where it is controlled, the rotation inside the ladder is.
    - `nop` counts as nothing, and neither do measurements and resets (`copy`).
    """
    costs = [gate_cost(operation) for operation in circuit.operations]
    return {"1q": sum(one for one, _ in costs), "2q": sum(two for _, two in costs)}


def gate_cost(operation: Operation) -> tuple[int, int]:
    """How many 1q and 2q gates one operation counts as."""
    controls = len(operation.controls)
    if operation.gate in {"nop", "copy"}:
        return (0, 0)
    if operation.gate != "pauliexp":
        return _by_width(len(operation.targets) + controls)
    one = two = 0
    for word, _ in evolution(operation):
        letters = len(word)
        if letters > 2 or (letters == 2 and controls):
            two += 2 * (letters - 1)
            letters = 1
        inner = _by_width(letters + controls)
        one, two = one + inner[0], two + inner[1]
    return (one, two)


def _by_width(width: int) -> tuple[int, int]:
    if width > 2:
        return (0, 6 * (width - 2))
    return ((0, 0), (1, 0), (0, 1))[width]
