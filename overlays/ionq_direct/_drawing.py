"""Circuits as text for a terminal. May import: the standard library only."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["draw_gates"]

Column: TypeAlias = dict[int, str]
"""What stands on each wire, for some of the wires."""

_WIRE, _CROSSING, _CONTROL, _SWAP = "─", "┼", "●", "×"  # noqa: RUF001 - the sign for an exchange
_ASCII = str.maketrans({_WIRE: "-", _CROSSING: "+", _CONTROL: "@", _SWAP: "x"})
_SIGNS = {"cnot": "X", "not": "X", "swap": _SWAP}
_PARAMETERS = ("rotation", "phase", "phases", "angle", "time")


def draw_gates(
    gates: Sequence[Mapping[str, object]], qubits: int, *, width: int, ascii_only: bool
) -> str:
    """Draw gates on wires, qubit 0 on top; gates that share no wire may share a column.

    Args:
        gates: Valid gates as IonQ's JSON objects.
        qubits: Number of qubits.
        width: Columns of text to use, if a gate fits; a longer circuit continues below.
        ascii_only: Draw without box characters.
    """
    names = [f"q{qubit}: " for qubit in range(qubits)]
    margin = max(map(len, names))
    blocks = _blocks(_columns(gates), width - margin)
    drawn = "\n\n".join(
        "\n".join(f"{name:>{margin}}{_wire(block, qubit)}" for qubit, name in enumerate(names))
        for block in blocks
    )
    return drawn.translate(_ASCII) if ascii_only else drawn


def _columns(gates: Sequence[Mapping[str, object]]) -> list[Column]:
    """Every gate as far left as its wires, and those it crosses, are free."""
    columns = list[Column]()
    used = dict[int, int]()
    for gate in gates:
        placed = _cells(gate)
        if not placed:  # a nop on no qubit
            continue
        crossed = range(min(placed), max(placed) + 1)
        place = max(used.get(qubit, 0) for qubit in crossed)
        if place == len(columns):
            columns.append({})
        for qubit in crossed:
            used[qubit] = place + 1
            columns[place][qubit] = placed.get(qubit, _CROSSING)
    return columns


def _cells(gate: Mapping[str, object]) -> Column:
    name = str(gate["gate"])
    sign = _SIGNS.get(name, name.upper())
    numbers = [number for field in _PARAMETERS for number in _numbers(gate.get(field))]
    if numbers:
        sign += f"({','.join(f'{number:.4g}' for number in numbers)})"
    targets = dict.fromkeys(_qubits(gate, "target"), sign)
    return targets | dict.fromkeys(_qubits(gate, "control"), _CONTROL)


def _qubits(gate: Mapping[str, object], role: str) -> list[int]:
    found = [*_numbers(gate.get(role)), *_numbers(gate.get(f"{role}s"))]
    return cast("list[int]", found)


def _numbers(value: object) -> list[float]:
    if value is None:
        return []
    return cast("list[float]", value if isinstance(value, list) else [value])


def _blocks(columns: list[Column], width: int) -> list[list[Column]]:
    """As many columns in each block as fit."""
    blocks: list[list[Column]] = [[]]
    free = width - 1
    for column in columns:
        needed = _column_width(column) + 1
        if needed > free and blocks[-1]:
            blocks.append([])
            free = width - 1
        blocks[-1].append(column)
        free -= needed
    return blocks


def _column_width(column: Column) -> int:
    return max(map(len, column.values()))


def _wire(block: list[Column], qubit: int) -> str:
    cells = (f"{column.get(qubit, ''):{_WIRE}^{_column_width(column)}}" for column in block)
    return _WIRE.join(["", *cells, ""]) if block else _WIRE
