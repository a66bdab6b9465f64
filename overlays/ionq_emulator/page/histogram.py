"""Distributions as bars: the heaviest outcomes, bitstrings with qubit 0 rightmost.

May import: orjson, distributions and html.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson

from ionq_emulator.distributions import Columns
from ionq_emulator.page.html import Html, tag

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Excerpt", "draw_histogram", "take_heaviest"]

Row = tuple[int, float]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What of a distribution is shown.

    Attributes:
        rows: Outcomes and probabilities: in the order of the outcomes when all are here, else the
            heaviest, heaviest first.
        left_over: How many outcomes are not among them.
        rest: Their probability.
    """

    rows: tuple[Row, ...]
    left_over: int = 0
    rest: float = 0.0

    def first(self, count: int) -> Excerpt:
        """Fewer rows: the heaviest of them."""
        if len(self.rows) <= count:
            return self
        rows = sorted(self.rows, key=_weight, reverse=True)
        dropped = sum(weight for _, weight in rows[count:])
        left_over = self.left_over + len(rows) - count
        return Excerpt(tuple(rows[:count]), left_over, self.rest + dropped)


def take_heaviest(content: bytes | Columns, count: int) -> Excerpt:
    """The outcomes worth a bar.

    Args:
        content: A stored distribution.
        count: How many to take at most.
    """
    if isinstance(content, Columns):
        return _of_columns(content, count)
    weights = {int(key): float(value) for key, value in orjson.loads(content).items()}
    if len(weights) <= count:
        return Excerpt(tuple(sorted(weights.items())))
    rows = heapq.nlargest(count, weights.items(), key=_weight)
    return _excerpt(rows, len(weights))


def _of_columns(columns: Columns, count: int) -> Excerpt:
    rows: list[Row] = []
    for outcomes, weights in columns.parts():
        # What a part has to offer can be among its own heaviest only.
        best = weights.argpartition(-count)[-count:] if len(weights) > count else slice(None)
        found = zip(outcomes[best].tolist(), weights[best].tolist(), strict=True)
        rows = heapq.nlargest(count, [*rows, *found], key=_weight)
    return _excerpt(rows, columns.entries)


def _excerpt(rows: Iterable[Row], entries: int) -> Excerpt:
    rows = tuple(rows)
    rest = max(0.0, 1 - sum(weight for _, weight in rows))
    return Excerpt(rows, entries - len(rows), rest)


def _weight(row: Row) -> float:
    return row[1]


def draw_histogram(excerpt: Excerpt, qubits: int, shots: int | None = None) -> Html:
    """A table with a bar for each outcome.

    Args:
        excerpt: What to draw.
        qubits: Number of bits; qubit 0 is the rightmost.
        shots: How often the circuit was run, where it was: counts are shown as well.
    """
    heaviest = max((weight for _, weight in excerpt.rows), default=0) or 1
    rows = [
        tag(
            "tr",
            tag("th", format(outcome, f"0{qubits}b"), scope="row"),
            tag("td", _bar(weight / heaviest), class_="bar"),
            *_amounts(weight, shots),
        )
        for outcome, weight in excerpt.rows
    ]
    if excerpt.left_over:
        note = tag("td", f"{excerpt.left_over:,} more outcomes", colspan=2, class_="note")
        rows.append(tag("tr", note, *_amounts(excerpt.rest, shots)))
    return tag("table", tag("tbody", *rows), class_="histogram")


def _bar(share: float) -> Html:
    bar = tag("rect", width=f"{100 * share:.2f}", height=10)
    return tag("svg", bar, viewBox="0 0 100 10", preserveAspectRatio="none", aria_hidden="true")


def _amounts(weight: float, shots: int | None) -> list[Html]:
    counts = [] if shots is None else [tag("td", f"{round(weight * shots):,}", class_="count")]
    return [*counts, tag("td", _percent(weight), class_="share")]


def _percent(probability: float) -> str:
    percent = 100 * probability
    if 0 < percent < 0.01:
        return f"{percent:.1e} %"
    return f"{percent:.2f} %"
