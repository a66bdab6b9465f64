"""Circuits as SVG: wires with qubit 0 on top, time from left to right.

May import: the standard library, html and the simulation package's circuit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from ionq_emulator.page.html import NOTHING, Html, fragment, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ionq_emulator.simulation import Circuit, Operation

__all__ = ["Frame", "angle_text", "draw_circuit"]

_ROW = 36  # between wires; all lengths are in px
_BOX = 26  # height of a gate
_GAP = 12  # between columns
_MARGIN = 6
_NAME = 7.6  # width of a letter of a gate's name, and of its parameters
_NUMBER = 5.4

_LABELS = {
    "si": "S†", "ti": "T†", "vi": "V†", "phase": "P", "pauliexp": "exp", "nop": "nop",
}  # fmt: skip
# Below this, an angle is a fraction of pi.
_PI_TOLERANCE = 1e-9
_PI_DENOMINATOR = 64
_LETTERS = 4
_HIDDEN = "h: qubits as they were measured or reset in the middle"


@dataclass(frozen=True, slots=True)
class Frame:
    """How much of a circuit is drawn: so many wires from the top, so many columns from the left."""

    qubits: int
    columns: int


def draw_circuit(circuit: Circuit, frame: Frame, *, unread: int = 0) -> Html:
    """Draw as much of a circuit as the frame holds, and say what is left out.

    Args:
        circuit: What to draw.
        frame: The limits.
        unread: Gates of the program that `circuit` has none of.
    """
    qubits = circuit.qubits + circuit.hidden_qubits
    wires = min(qubits, frame.qubits)
    columns = _columns(circuit.operations, frame, wires)
    undrawn = len(circuit.operations) - sum(map(len, columns)) + unread
    left_out = [_left_out(qubits - wires, "qubit"), _left_out(undrawn, "gate")]
    noted = ", ".join(note for note in left_out if note)
    return tag(
        "div",
        tag("div", _svg(circuit, columns, wires), class_="circuit"),
        tag("p", _HIDDEN, class_="note") if circuit.hidden_qubits else None,
        tag("p", f"not drawn: {noted}", class_="note") if noted else None,
    )


def _left_out(count: int, what: str) -> str:
    return f"{count:,} more {what}{'s' if count > 1 else ''}" if count > 0 else ""


# -- layout -----------------------------------------------------------------------------------


def _columns(operations: Sequence[Operation], frame: Frame, wires: int) -> list[list[Operation]]:
    """Every gate as far left as its wires, and those it crosses, are free.

    Gates on undrawn wires alone are left out, and so is all that comes after the first gate for
    which there is no column.
    """
    columns: list[list[Operation]] = []
    used: dict[int, int] = {}
    for operation in operations:
        touched = (*operation.targets, *operation.controls)
        if not touched or min(touched) >= wires:
            continue
        crossed = range(min(touched), max(touched) + 1)
        place = max(used.get(qubit, 0) for qubit in crossed)
        if place >= frame.columns:
            break
        if place == len(columns):
            columns.append([])
        columns[place].append(operation)
        used.update(dict.fromkeys(crossed, place + 1))
    return columns


def _svg(circuit: Circuit, columns: list[list[Operation]], wires: int) -> Html:
    names = _Names(circuit.qubits)
    left = _MARGIN + 9.0 * len(f"q{wires - 1}") + _GAP
    middle = left
    gates: list[Html] = []
    for column in columns:
        pictures = [_Picture(operation, circuit.gateset, names) for operation in column]
        width = max(picture.width for picture in pictures)
        gates += [picture.draw(middle + width / 2, wires) for picture in pictures]
        middle += width + _GAP
    right = middle + _GAP
    size = {"width": f"{right:.0f}", "height": str(wires * _ROW)}
    return tag(
        "svg",
        *(_wire(qubit, names.one(qubit), left, right) for qubit in range(wires)),
        *gates,
        **size,
        viewBox=f"0 0 {size['width']} {size['height']}",
        role="img",
        aria_label=f"Circuit on {circuit.qubits} qubits, qubit 0 on top",
    )


def _y(qubit: int) -> float:
    return qubit * _ROW + _ROW / 2


@dataclass(frozen=True, slots=True)
class _Names:
    """What wires are called: q0, q1, ... for the circuit's own qubits, h0, ... for hidden ones."""

    own: int

    def one(self, qubit: int) -> str:
        return f"q{qubit}" if qubit < self.own else f"h{qubit - self.own}"

    def listed(self, qubits: Iterable[int]) -> str:
        return ", ".join(map(self.one, qubits))


def _wire(qubit: int, name: str, left: float, right: float) -> Html:
    y = _y(qubit)
    return fragment(
        tag("text", name, class_="name", x=_MARGIN, y=y + 4),
        _line(left - _GAP / 2, y, right, y, "wire"),
    )


# -- gates ------------------------------------------------------------------------------------


class _Picture:
    """One gate: a line through all it touches, and a sign on each of its qubits."""

    def __init__(self, operation: Operation, gateset: str, names: _Names) -> None:
        self._operation = operation
        self._names = names
        self._numbers = _numbers(operation, gateset)
        self._labels = [_label(operation, place) for place in range(len(operation.targets))]
        letters = max(map(len, self._labels))
        self.width = max(_BOX, letters * _NAME + 8, len(self._numbers) * _NUMBER + 8)

    def draw(self, x: float, wires: int) -> Html:
        """The gate around a column's middle; what lies below the last wire is cut off."""
        operation = self._operation
        touched = sorted({*operation.targets, *operation.controls})
        lines = [_line(x, _y(one), x, _y(other), "link") for one, other in pairwise(touched)]
        signs = [
            self._sign(x, _y(qubit), label)
            for qubit, label in zip(operation.targets, self._labels, strict=True)
            if qubit < wires
        ]
        dots = [
            tag("circle", class_="dot", cx=f"{x:.1f}", cy=_y(qubit), r=4)
            for qubit in operation.controls
            if qubit < wires
        ]
        return tag("g", tag("title", self._described()), *lines, *signs, *dots)

    def _described(self) -> str:
        """The gate in words, for whoever points at it."""
        operation, names = self._operation, self._names
        name = operation.gate + (f"({self._numbers})" if self._numbers else "")
        controls = f", controlled by {names.listed(operation.controls)}"
        return (
            f"{name} on {names.listed(operation.targets)}{controls if operation.controls else ''}"
        )

    def _sign(self, x: float, y: float, label: str) -> Html:
        gate = self._operation.gate
        if gate == "swap":
            return fragment(
                _line(x - 5, y - 5, x + 5, y + 5, "mark"), _line(x - 5, y + 5, x + 5, y - 5, "mark")
            )
        if gate in {"x", "copy"} and self._operation.controls:
            return fragment(
                tag("circle", class_="plus", cx=f"{x:.1f}", cy=y, r=9),
                _line(x - 9, y, x + 9, y, "mark"),
                _line(x, y - 9, x, y + 9, "mark"),
            )
        numbers = self._numbers
        return fragment(
            tag(
                "rect",
                class_="gate",
                x=f"{x - self.width / 2:.1f}",
                y=y - _BOX / 2,
                width=f"{self.width:.1f}",
                height=_BOX,
                rx=4,
            ),
            tag("text", label, class_="label", x=f"{x:.1f}", y=y + (-1 if numbers else 4)),
            tag("text", numbers, class_="number", x=f"{x:.1f}", y=y + 10) if numbers else NOTHING,
        )


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Html:
    return tag("line", class_=kind, x1=f"{x1:.1f}", y1=f"{y1:.1f}", x2=f"{x2:.1f}", y2=f"{y2:.1f}")


def _label(operation: Operation, place: int) -> str:
    if operation.gate != "pauliexp":
        return _LABELS.get(operation.gate, operation.gate.upper())
    # A word's last letter belongs to the first target.
    letters = "".join(word[-1 - place] for word in operation.terms[:_LETTERS])
    return letters + ("…" if len(operation.terms) > _LETTERS else "")


def _numbers(operation: Operation, gateset: str) -> str:
    if operation.gate == "pauliexp":
        return f"t={operation.parameters[-1]:.3g}"
    if gateset == "native":  # in turns; zz alone has been turned into radians
        turns = 2 * math.pi if operation.gate == "zz" else 1
        return ", ".join(f"{value / turns:.3g}" for value in operation.parameters)
    return ", ".join(map(angle_text, operation.parameters))


def angle_text(radians: float) -> str:
    """An angle in few letters: as a fraction of pi where it is one."""
    share = Fraction(radians / math.pi).limit_denominator(_PI_DENOMINATOR)
    if abs(share * math.pi - radians) > _PI_TOLERANCE:
        return f"{radians:.3g}"
    if share == 0:
        return "0"
    above = {1: "π", -1: "-π"}.get(share.numerator, f"{share.numerator}π")
    return above if share.denominator == 1 else f"{above}/{share.denominator}"
