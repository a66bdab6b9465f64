"""Outcomes shot by shot, in the order of the shots. May import: errors and the standard library.

Outcomes are integers whose bit i is qubit i (of a register: classical bit i): bit 0 is the least
significant one, and stands rightmost in bitstrings.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, cast, overload

__all__ = ["ShotList"]

_WIDEST_IN_ARRAY = 64


class ShotList(Sequence[int]):
    """The outcome of each shot, in order, as integers: `[3, 0, 3]`.

    Attributes:
        width: Number of bits of an outcome.
        leaked: Shots, by their place, in which a qubit left the computational space, each with
            what the server told about it (`leakage_bits`). They are in the list, and are left out
            of counts (IonQ API, October 2026 document: histogram and probabilities exclude them).
    """

    __slots__ = ("_outcomes", "leaked", "width")

    def __init__(
        self, outcomes: Sequence[int], *, width: int, leaked: Mapping[int, Any] | None = None
    ) -> None:
        # Eight bytes a shot instead of a pointer and, often, an integer object.
        self._outcomes: Sequence[int] = (
            array("Q", outcomes) if width <= _WIDEST_IN_ARRAY else tuple(outcomes)
        )
        self.width = width
        self.leaked: Mapping[int, Any] = dict(leaked or {})

    def __len__(self) -> int:
        return len(self._outcomes)

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> ShotList: ...
    def __getitem__(self, index: int | slice) -> int | ShotList:
        if isinstance(index, int):
            return self._outcomes[index]
        places = range(len(self))[index]
        leaked = {new: self.leaked[old] for new, old in enumerate(places) if old in self.leaked}
        return ShotList(self._outcomes[index], width=self.width, leaked=leaked)

    def __eq__(self, other: object) -> bool:
        """Whether the other is a list of shots, or any sequence, with the same outcomes."""
        if isinstance(other, ShotList):
            return (self.width, self.leaked) == (other.width, other.leaked) and list(self) == list(
                other
            )
        return isinstance(other, list | tuple) and list(self) == list(cast("list[Any]", other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        shown = ", ".join(map(str, self._outcomes[:8])) + (", ..." if len(self) > 8 else "")
        leaked = f", leaked={len(self.leaked)}" if self.leaked else ""
        return f"ShotList([{shown}], shots={len(self)}, width={self.width}{leaked})"

    def bitstrings(self) -> list[str]:
        """The outcomes as bitstrings, bit 0 rightmost, in the order of the shots."""
        names = {outcome: f"{outcome:0{self.width}b}" for outcome in set(self._outcomes)}
        return [names[outcome] for outcome in self._outcomes]

    def histogram(self) -> dict[str, int]:
        """How often each outcome was seen, by ascending decimal outcome, without leaked shots."""
        seen = Counter(self._outcomes)
        seen.subtract(Counter(self._outcomes[place] for place in self.leaked))
        return {str(outcome): seen[outcome] for outcome in sorted(seen) if seen[outcome]}
