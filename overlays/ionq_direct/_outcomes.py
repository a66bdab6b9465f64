"""Reads what users and servers call a distribution: outcomes with their weights.

An outcome is a decimal integer, as text or as a number; its bit i is qubit i, so that qubit 0 is
the least significant bit. May import: errors and the standard library.
"""

from __future__ import annotations

import numbers
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias, TypeVar, cast

from ionq_direct.errors import InvalidArgument, InvalidDistribution

__all__ = [
    "MAX_WIDTH",
    "Outcomes",
    "checked_qubits",
    "checked_total",
    "checked_whole",
    "checked_width",
    "read_outcome",
    "read_outcomes",
    "read_weight",
]

V = TypeVar("V", bound=float)

MAX_WIDTH: Final = 4096
"""Most qubits of a bitstring: more than outcomes can have bits, and no reason to fill memory."""

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
        InvalidDistribution: It is no mapping, a key is no outcome, two keys are the same one, or a
            weight is no number, negative, infinite or NaN.
    """
    if not isinstance(cast("object", distribution), Mapping):
        told = f"a distribution maps outcomes to weights; this is a {type(distribution).__name__}"
        raise InvalidDistribution(told)
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
        InvalidArgument: `tolerance` is not from 0 to 0.5.
    """
    if not 0 <= tolerance <= 0.5:
        raise InvalidArgument(name="tolerance", value=tolerance, rule="must be from 0 to 0.5")
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
        InvalidArgument: It is no list; or one is no integer from 0, or is listed twice.
    """
    if isinstance(cast("object", qubits), str) or not isinstance(cast("object", qubits), Iterable):
        raise InvalidArgument(name="qubits", value=qubits, rule="must be a list of integers")
    listed = [checked_whole("qubits", qubit, least=0, most=MAX_WIDTH) for qubit in qubits]
    if len(set(listed)) < len(listed):
        raise InvalidArgument(name="qubits", value=listed, rule="must not name one twice")
    return listed


def checked_whole(name: str, value: object, *, least: int, most: int | None = None) -> int:
    """Check an argument that is a whole number, of Python or of numpy.

    Raises:
        InvalidArgument: It is something else, or out of range.
    """
    number = None
    if not isinstance(value, bool) and isinstance(value, numbers.Integral):
        number = int(cast("int", value))
    if number is None or number < least or (most is not None and number > most):
        bounds = f"of {least} or more" if most is None else f"from {least} to {most}"
        raise InvalidArgument(name=name, value=value, rule=f"must be an integer {bounds}")
    return number
