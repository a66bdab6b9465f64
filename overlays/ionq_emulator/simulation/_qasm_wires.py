"""Measurements and resets in the middle of a circuit, put off to its end. Imports this package.

A qubit is on a wire. After a reset it is on a fresh one, in |0>; a gate behind its measurement
finds it on a fresh one that a CNOT has made equal to the wire it leaves. Nothing touches the wire
left behind any more: measured at the end it has what was measured in the middle, and what nobody
asks for is traced out (the principle of deferred measurement).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._circuit import Operation

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Wires"]


class Wires:
    """Which wire each qubit is on, and what has happened to the wires."""

    def __init__(self) -> None:
        self._wire: list[int] = []  # by qubit
        self._count = 0
        self._gated: set[int] = set()
        self._measured: set[int] = set()

    @property
    def qubits(self) -> int:
        """How many qubits there are."""
        return len(self._wire)

    @property
    def hidden(self) -> int:
        """How many wires were left behind."""
        return self._count - len(self._wire)

    def declare(self, count: int) -> range:
        """So many new qubits; their numbers."""
        first = self.qubits
        self._wire += [self._fresh() for _ in range(count)]
        return range(first, self.qubits)

    def gate(self, qubits: tuple[int, ...]) -> tuple[list[Operation], tuple[int, ...]]:
        """What a gate on the qubits needs done before it, and the wires it then acts on."""
        copies: list[Operation] = []
        for qubit in qubits:
            wire = self._wire[qubit]
            if wire in self._measured:
                self._wire[qubit] = self._fresh()
                copies.append(Operation("copy", (self._wire[qubit],), (wire,)))
        wires = tuple(self._wire[qubit] for qubit in qubits)
        self._gated.update(wires)
        return copies, wires

    def measure(self, qubits: Iterable[int]) -> list[int]:
        """The wires that have the outcomes at the end."""
        wires = [self._wire[qubit] for qubit in qubits]
        self._measured.update(wires)
        return wires

    def reset(self, qubits: Iterable[int]) -> None:
        """Put qubits into |0>; those that are still there stay on their wires."""
        for qubit in qubits:
            if self._wire[qubit] in self._gated | self._measured:
                self._wire[qubit] = self._fresh()

    def numbers(self) -> list[int]:
        """The final number of every wire: the qubits' own first, then those left behind."""
        left_behind = sorted(set(range(self._count)) - set(self._wire))
        number = {wire: place for place, wire in enumerate((*self._wire, *left_behind))}
        return [number[wire] for wire in range(self._count)]

    def _fresh(self) -> int:
        self._count += 1
        return self._count - 1
