"""Counts, bitstrings, marginals and expectation values of measured distributions.

Outcomes are decimal integers whose bit i is qubit i: qubit 0 is the least significant bit.
May import: errors, the private modules on outcomes, and the standard library.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar, cast

from ionq_direct import _apportion
from ionq_direct._distribution import Distribution
from ionq_direct._outcomes import (
    MAX_WIDTH,
    Outcomes,
    checked_qubits,
    checked_total,
    checked_whole,
    checked_width,
    read_outcomes,
)
from ionq_direct.errors import InvalidArgument, InvalidDistribution

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "BitOrder",
    "CountsMethod",
    "bitstring_counts",
    "bitstrings",
    "counts_from_probabilities",
    "expectation_z",
    "marginal",
    "total_variation",
]

V = TypeVar("V", bound=float)
BitOrder: TypeAlias = Literal["q0_right", "q0_left"]
CountsMethod: TypeAlias = Literal["largest_remainder", "sample"]

TOLERANCE = 1e-5
"""How far from 1 probabilities may sum: results of `pauliexp` circuits are not more exact."""

# Where numpy begins to win over Python, the time to import it included.
_MANY_OUTCOMES = 1 << 16
_MANY_SHOTS = 1 << 18


def counts_from_probabilities(
    probabilities: Outcomes[float],
    shots: int,
    *,
    method: CountsMethod = "largest_remainder",
    seed: int | None = None,
    tolerance: float = TOLERANCE,
) -> dict[str, int]:
    """Turn probabilities into counts that sum to `shots` exactly.

    With `largest_remainder`, each outcome gets its share of the shots rounded down, and the shots
    left over go to the largest remainders; of equal remainders, to the smaller outcome. No count
    is 1 or more away from its share. Probabilities are read to fifteen decimals and divided by
    their sum, so that `{"0": 0.29, "3": 0.71}` at 100 shots is `{"0": 29, "3": 71}`.

    With `sample`, each shot is drawn. A seed gives the same counts on every platform and in every
    version: the stream is Python's `random.Random(seed).random()`, one number per shot, over the
    outcomes in ascending order.

    Args:
        probabilities: Decimal outcomes with their probabilities.
        shots: Number of shots, 0 or more.
        method: `largest_remainder` or `sample`.
        seed: Seed for `sample`; None draws differently each time.
        tolerance: How far from 1 the probabilities may sum.

    Returns:
        Decimal outcomes, ascending, with their counts; outcomes without a count are left out.

    Raises:
        InvalidDistribution: A key is no decimal outcome; a probability is no number, negative or
            not finite; or the probabilities do not sum to 1.
        InvalidArgument: `shots`, `method`, `seed` or `tolerance` is out of range.
    """
    shots = _checked_counts_arguments(shots, method, seed)
    dense = _dense(probabilities, shots, method)
    if dense is not None:
        outcomes, numbers = dense.counts(shots, method=method, seed=seed, tolerance=tolerance)
        return dict(zip(Distribution.decimal_names(outcomes), numbers.tolist(), strict=True))
    counts = _counted(_read(probabilities), shots, method, seed, tolerance)
    return {str(key): count for key, count in counts.items()}


def bitstring_counts(
    probabilities: Outcomes[float],
    shots: int,
    qubits: int,
    *,
    order: BitOrder = "q0_right",
    method: CountsMethod = "largest_remainder",
    seed: int | None = None,
    tolerance: float = TOLERANCE,
) -> dict[str, int]:
    """`bitstrings(counts_from_probabilities(...), qubits)` in one step, faster where it is large.

    Args:
        probabilities: As for `counts_from_probabilities`.
        shots: As for `counts_from_probabilities`.
        qubits: As for `bitstrings`.
        order: As for `bitstrings`.
        method: As for `counts_from_probabilities`.
        seed: As for `counts_from_probabilities`.
        tolerance: As for `counts_from_probabilities`.

    Returns:
        Bitstrings with their counts, by ascending outcome.

    Raises:
        InvalidDistribution: As the two functions raise it.
        InvalidArgument: As the two functions raise it.
    """
    shots = _checked_counts_arguments(shots, method, seed)
    qubits, step = _checked_order(qubits, order)
    dense = _dense(probabilities, shots, method)
    if dense is not None and qubits <= Distribution.MAX_QUBITS:
        outcomes, numbers = dense.counts(shots, method=method, seed=seed, tolerance=tolerance)
        names = Distribution.bit_names(outcomes, qubits, step)
        return dict(zip(names, numbers.tolist(), strict=True))
    counts = _counted(_read(probabilities), shots, method, seed, tolerance)
    return _named_by_bits(counts, qubits, step)


def bitstrings(
    distribution: Outcomes[V], qubits: int, *, order: BitOrder = "q0_right"
) -> dict[str, V]:
    """Name outcomes by their bits.

    Args:
        distribution: Decimal outcomes with probabilities or counts.
        qubits: Width of the bitstrings.
        order: `q0_right` writes qubit 0 rightmost (`"01"`: qubit 0 is 1), as numbers are written
            and as Qiskit does; `q0_left` writes it leftmost, as Cirq and PennyLane do.

    Returns:
        The same weights under zero-padded bitstrings, by ascending outcome.

    Raises:
        InvalidDistribution: A key is no decimal outcome, or does not fit in `qubits` bits.
        InvalidArgument: `qubits` or `order` is out of range.
    """
    qubits, step = _checked_order(qubits, order)
    dense = _as_arrays(distribution)
    if dense is not None and qubits <= Distribution.MAX_QUBITS:
        names = Distribution.bit_names(dense.outcomes, qubits, step)
        values = cast("list[V]", dense.probabilities.tolist())
        return dict(zip(names, values, strict=True))
    return _named_by_bits(_read(distribution), qubits, step)


def marginal(distribution: Outcomes[V], qubits: Iterable[int]) -> dict[str, V]:
    """Keep some qubits and sum over the others.

    Args:
        distribution: Decimal outcomes with probabilities or counts.
        qubits: The qubits to keep; the i-th becomes bit i of the new outcomes. With none, the
            whole weight falls on outcome 0.

    Returns:
        Decimal outcomes of the kept qubits, ascending, with summed weights: `marginal({"2": 1.0},
        [1])` is `{"1": 1.0}`.

    Raises:
        InvalidDistribution: A key or a weight is none.
        InvalidArgument: A qubit is no integer from 0, or is listed twice.
    """
    kept = checked_qubits(qubits)
    dense = _as_arrays(distribution)
    if dense is not None and len(kept) <= Distribution.MAX_QUBITS:
        return cast("dict[str, V]", dense.marginal(kept).to_dict())
    sums: dict[int, list[V]] = {}
    for key, value in _read(distribution).items():
        reduced = sum((key >> qubit & 1) << i for i, qubit in enumerate(kept))
        sums.setdefault(reduced, []).append(value)
    return {str(key): _sum(sums[key]) for key in sorted(sums)}


def expectation_z(distribution: Outcomes[V], qubits: Iterable[int]) -> float:
    """Expectation value of Z on each of the listed qubits, the identity on the others.

    Args:
        distribution: Decimal outcomes with probabilities or counts; divided by their sum.
        qubits: The qubits under Z. With none, the value is 1.

    Returns:
        A number from -1 to 1: +1 for an even number of ones among the listed qubits.

    Raises:
        InvalidDistribution: A key or a weight is none, or all weights are zero.
        InvalidArgument: A qubit is no integer from 0, or is listed twice.
    """
    mask = sum(1 << qubit for qubit in checked_qubits(qubits))
    dense = _as_arrays(distribution)
    if dense is not None:
        total = _positive_total(float(dense.probabilities.sum()))
        odd = dense.odd_parity(mask)
    else:
        read = read_outcomes(distribution)
        total = _positive_total(math.fsum(read.values()))
        odd = math.fsum(value for key, value in read.items() if (key & mask).bit_count() & 1)
    return 1 - 2 * odd / total


def total_variation(left: Outcomes[V], right: Outcomes[V]) -> float:
    """Total variation distance: half the sum of the differences of probabilities.

    Args:
        left: Decimal outcomes with probabilities or counts; divided by their sum.
        right: The same; one may hold counts and the other probabilities.

    Returns:
        A number from 0 (equal) to 1 (no outcome in common).

    Raises:
        InvalidDistribution: A key or a weight is none, or all weights of a side are zero.
    """
    ours, theirs = _read(left), _read(right)
    our_total = _positive_total(math.fsum(ours.values()))
    their_total = _positive_total(math.fsum(theirs.values()))
    return 0.5 * math.fsum(
        abs(ours.get(key, 0) / our_total - theirs.get(key, 0) / their_total)
        for key in ours.keys() | theirs.keys()
    )


def _counted(
    read: dict[int, float], shots: int, method: str, seed: int | None, tolerance: float
) -> dict[int, int]:
    checked_total(math.fsum(read.values()), tolerance)
    weights = _apportion.weights(read.values())
    if method == "sample":
        counts = _apportion.sample(weights, shots, seed)
    else:
        counts = _apportion.largest_remainder(weights, shots)
    return {key: count for key, count in zip(read, counts, strict=True) if count}


def _named_by_bits(read: dict[int, V], qubits: int, step: int) -> dict[str, V]:
    checked_width(next(reversed(read), 0), qubits)
    return {f"{key:0{qubits}b}"[::step]: value for key, value in read.items()}


def _read(distribution: Outcomes[V]) -> dict[int, V]:
    dense = _as_arrays(distribution)
    if dense is not None:
        return cast("dict[int, V]", dense.to_integers())
    return read_outcomes(distribution)


def _as_arrays(distribution: object) -> Distribution | None:
    return distribution if isinstance(distribution, Distribution) else None


def _dense(probabilities: Outcomes[float], shots: int, method: str) -> Distribution | None:
    """The probabilities as arrays: when they are, or when that pays and numpy is installed."""
    if shots >= Distribution.MAX_SHOTS:
        return None
    if isinstance(probabilities, Distribution):
        return probabilities
    if not isinstance(cast("object", probabilities), Mapping):
        return None  # as the other way says
    many_draws = method == "sample" and shots >= _MANY_SHOTS
    if not (many_draws or len(probabilities) >= _MANY_OUTCOMES) or find_spec("numpy") is None:
        return None
    try:
        return Distribution.from_mapping(probabilities)
    except OverflowError:  # an outcome of more than 64 bits
        return None


def _sum(values: list[V]) -> V:
    """Exact for counts, correctly rounded for probabilities, whatever the order."""
    exact = all(isinstance(value, int) for value in values)
    return cast("V", sum(values) if exact else math.fsum(values))


def _positive_total(total: float) -> float:
    if not total > 0:
        raise InvalidDistribution("the distribution is empty: its weights sum to 0", value=total)
    return total


def _checked_counts_arguments(shots: object, method: str, seed: object) -> int:
    """The shots, as Python's own integer."""
    if method not in ("largest_remainder", "sample"):
        rule = "must be 'largest_remainder' or 'sample'"
        raise InvalidArgument(name="method", value=method, rule=rule)
    if seed is not None:
        checked_whole("seed", seed, least=0)
    return checked_whole("shots", shots, least=0)


def _checked_order(qubits: object, order: str) -> tuple[int, int]:
    """The width, and the step with which to read a number's bits, highest first."""
    if order not in ("q0_right", "q0_left"):
        raise InvalidArgument(name="order", value=order, rule="must be 'q0_right' or 'q0_left'")
    return checked_whole(
        "qubits", qubits, least=1, most=MAX_WIDTH
    ), 1 if order == "q0_right" else -1
