"""A distribution as a bar picture in plain text. May import: counts and the modules below it."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ionq_direct._distribution import Distribution
from ionq_direct._outcomes import checked_whole, read_weight
from ionq_direct.counts import BitOrder, bitstrings

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Excerpt", "excerpt", "histogram", "number_text"]

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_NARROWEST_BAR = 8


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The outcomes that are worth a bar.

    Attributes:
        weights: The heaviest outcomes, in the order of the distribution.
        left_over: How many outcomes are not among them.
        rest: Their weight.
    """

    weights: Mapping[str, float]
    left_over: int
    rest: float


def excerpt(
    distribution: Mapping[str, float],
    rows: int,
    *,
    qubits: int | None = None,
    order: BitOrder = "q0_right",
) -> Excerpt:
    """Take the heaviest outcomes.

    Args:
        distribution: Outcomes with probabilities or counts.
        rows: How many to take.
        qubits: As for `histogram`.
        order: As for `histogram`.

    Raises:
        InvalidDistribution: An outcome or a weight is none.
    """
    weights = _heaviest(distribution, rows)
    left_over = len(distribution) - len(weights)
    # Probabilities sum to 1 and counts to the shots, but only the caller knows; hence the sum.
    rest = _total(distribution) - sum(weights.values()) if left_over else 0
    if qubits is not None:
        weights = bitstrings(weights, qubits, order=order)
    return Excerpt(weights, left_over, max(rest, 0))


def histogram(
    distribution: Mapping[str, float],
    *,
    qubits: int | None = None,
    width: int = 60,
    rows: int = 16,
    order: BitOrder = "q0_right",
    ascii_only: bool = False,
) -> str:
    """Draw bars for a terminal.

    Args:
        distribution: Outcomes with probabilities or counts. With `qubits`, the outcomes are
            decimal; without, they are labels, bitstrings for example, and are shown as they are.
        qubits: Number of bits to name outcomes by.
        width: Columns of the picture, if the labels leave room for a bar.
        rows: Most bars to draw; when there are more outcomes, the heaviest are drawn and the rest
            is summed up in a last line.
        order: Which end of a bitstring qubit 0 is at, as for `bitstrings`.
        ascii_only: Draw with `#` instead of block characters.

    Returns:
        Lines without a final line break: `00 ████████ 507`.

    Raises:
        InvalidDistribution: An outcome or a weight is none.
        InvalidArgument: `qubits`, `order`, `width` or `rows` is out of range.
    """
    checked_whole("width", width, least=1)
    checked_whole("rows", rows, least=1)
    shown = excerpt(distribution, rows, qubits=qubits, order=order)
    lines = _bars(shown.weights, width, ascii_only=ascii_only)
    if shown.left_over:
        lines.append(f"({shown.left_over} more: {number_text(shown.rest)})")
    return "\n".join(lines) or "(no outcomes)"


def _heaviest(distribution: Mapping[str, float], rows: int) -> dict[str, float]:
    if isinstance(distribution, Distribution):
        return distribution.largest(rows).to_dict()
    weights = {key: read_weight(key, value) for key, value in distribution.items()}
    if len(weights) <= rows:
        return weights
    chosen = set(heapq.nlargest(rows, weights, key=weights.__getitem__))
    return {key: weight for key, weight in weights.items() if key in chosen}


def _total(distribution: Mapping[str, float]) -> float:
    if isinstance(distribution, Distribution):
        return float(distribution.probabilities.sum())
    return sum(distribution.values())


def _bars(weights: Mapping[str, float], width: int, *, ascii_only: bool) -> list[str]:
    numbers = [number_text(weight) for weight in weights.values()]
    label_width = max(map(len, map(str, weights)), default=0)
    number_width = max(map(len, numbers), default=0)
    bar_width = max(width - label_width - number_width - 2, _NARROWEST_BAR)
    heaviest = max(weights.values(), default=0) or 1
    return [
        f"{label:>{label_width}} {_bar(weight / heaviest, bar_width, ascii_only):<{bar_width}}"
        f" {number:>{number_width}}"
        for (label, weight), number in zip(weights.items(), numbers, strict=True)
    ]


def _bar(share: float, width: int, ascii_only: bool) -> str:
    """At least a sliver for what is not zero."""
    if ascii_only:
        return "#" * max(round(share * width), share > 0)
    eighths = max(round(share * width * 8), share > 0)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def number_text(weight: float) -> str:
    """A weight in few letters: a count in full, a probability to four digits."""
    return str(weight) if isinstance(weight, int) else f"{weight:.4g}"
