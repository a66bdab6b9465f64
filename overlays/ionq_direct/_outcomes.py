"""Reads what users and servers call a distribution: outcomes with their weights.

An outcome is a decimal integer, as text or as a number; its bit i is qubit i, so that qubit 0 is
the least significant bit. May import: errors and the standard library.
"""

from __future__ import annotations

import numbers
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

from ionq_direct.errors import InvalidDistribution

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "Outcomes",
    "checked_qubits",
    "checked_total",
    "checked_width",
    "read_outcome",
    "read_outcomes",
    "read_weight",
]

V = TypeVar("V", bound=float)
_MOST_DIGITS = 1000
_HEAVIEST = 1e300  # sums of weights must stay finite, too

Outcomes: TypeAlias = "Mapping[str, V] | Mapping[int, V]"


def read_outcomes(distribution: Outcomes[V]) -> dict[int, V]:
    """Check keys and weights; weights may be probabilities or counts.

    Args:
        distribution: Decimal outcomes with weights that are finite and not negative.

    Returns:
        The outcomes as integers, ascending.

    Raises:
        InvalidDistribution: A key is no outcome, two keys are the same one, or a weight is no
            number, negative, infinite or NaN.
    """
    read: dict[int, V] = {}
    for key, value in distribution.items():
        outcome = read_outcome(key)
        if outcome in read:
            raise InvalidDistribution(f"outcome {outcome} is given twice", key=key, value=value)
        read[outcome] = cast("V", read_weight(key, value))
    return {outcome: read[outcome] for outcome in sorted(read)}


def read_outcome(key: object) -> int:
    """Read one key.

    Raises:
        InvalidDistribution: It is neither an integer that is not negative nor its decimal text.
    """
    kind: type = type(key)
    if isinstance(key, str):
        # A leading zero is refused because it is the mark of a bitstring: "010" is not ten.
        plain = key.isascii() and key.isdigit() and (key[0] != "0" or key == "0")
        if plain and len(key) <= _MOST_DIGITS:
            return int(key)
    elif isinstance(key, numbers.Integral) and kind is not bool and int(key) >= 0:
        return int(key)
    raise InvalidDistribution(
        f"{key!r:.80} is no outcome: keys are decimal integers such as '3', not negative,"
        " without leading zeros",
        key=key,
    )


def read_weight(key: object, value: object) -> float:
    """Read one probability or count.

    Raises:
        InvalidDistribution: It is no number, negative or not finite.
    """
    kind = type(value)
    if kind is bool or not isinstance(value, float | int | numbers.Real):
        raise InvalidDistribution(
            f"outcome {key}: {value!r:.80} is no number", key=key, value=value
        )
    weight = int(value) if isinstance(value, numbers.Integral) else float(value)
    if not 0 <= weight < _HEAVIEST:
        raise InvalidDistribution(
            f"outcome {key}: {value!r:.80} must be finite and not negative", key=key, value=value
        )
    return weight


def checked_total(total: float, tolerance: float) -> None:
    """Check that probabilities sum to 1.

    Raises:
        InvalidDistribution: They do not, by more than `tolerance`.
        ValueError: `tolerance` is not from 0 to 0.5.
    """
    if not 0 <= tolerance <= 0.5:
        raise ValueError(f"tolerance must be from 0 to 0.5, not {tolerance!r:.80}")
    if not abs(total - 1) <= tolerance:
        raise InvalidDistribution(
            f"probabilities sum to {total:.12g}, which is not 1 to within {tolerance:g}",
            value=total,
        )


def checked_width(widest: int, qubits: int) -> None:
    """Check that the largest outcome fits.

    Raises:
        InvalidDistribution: It does not fit in `qubits` bits.
    """
    if widest >> qubits:
        raise InvalidDistribution(f"outcome {widest} does not fit in {qubits} qubits", key=widest)


def checked_qubits(qubits: Iterable[int]) -> list[int]:
    """Check a list of qubit indices.

    Raises:
        ValueError: One is no integer that is not negative, or is listed twice.
    """
    listed = list(qubits)
    for qubit in cast("list[object]", listed):
        if isinstance(qubit, bool) or not isinstance(qubit, int) or qubit < 0:
            raise ValueError(f"{qubit!r:.80} is no qubit: qubits are integers from 0")
    if len(set(listed)) < len(listed):
        raise ValueError(f"qubits {listed} name one twice")
    return listed
