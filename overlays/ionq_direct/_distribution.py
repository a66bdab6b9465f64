"""Large distributions, held as arrays instead of a dict, and their way in from JSON.

May import: errors, _outcomes, _json; numpy and _arrays when there is a large distribution.
"""

from __future__ import annotations

from array import array
from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ClassVar, Literal, cast

from ionq_direct._json import loads
from ionq_direct._outcomes import (
    checked_total,
    checked_width,
    read_outcome,
    read_outcomes,
    read_weight,
)
from ionq_direct.errors import InvalidDistribution

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

__all__ = ["Distribution", "parse_distribution"]

_LARGE = 1 << 20
"""Bytes of JSON from which arrays pay, the time to import numpy included."""

_PIECE = 1 << 17
_IN_NUMBERS = b"0123456789+-.eE"
_OBJECT_TO_LIST = bytes.maketrans(b":", b",")


class Distribution(Mapping[str, float]):
    """A distribution as two arrays; as a mapping, decimal outcomes with their probabilities.

    Needs numpy.

    Attributes:
        outcomes: Outcomes, ascending, each once; bit i is qubit i. Read-only.
        probabilities: Their probabilities. Read-only.
    """

    MAX_QUBITS: ClassVar = 64
    """Outcomes are unsigned integers of 64 bits."""

    MAX_SHOTS: ClassVar = 1 << 50
    """Beyond, a quota estimated in floating point could be off by more than one."""

    __slots__ = ("outcomes", "probabilities")

    outcomes: npt.NDArray[np.uint64]
    probabilities: npt.NDArray[np.float64]

    def __init__(
        self, outcomes: npt.NDArray[np.uint64], probabilities: npt.NDArray[np.float64]
    ) -> None:
        """Take arrays that are in order; `from_arrays` checks and sorts."""
        for column in (outcomes, probabilities):
            column.setflags(write=False)
        self.outcomes = outcomes
        self.probabilities = probabilities

    @classmethod
    def from_arrays(
        cls, outcomes: npt.NDArray[np.uint64], probabilities: npt.NDArray[np.float64]
    ) -> Distribution:
        """Check and sort.

        Raises:
            InvalidDistribution: An outcome is given twice, or a probability is negative or not
                finite.
        """
        import numpy as np  # noqa: PLC0415 - optional and slow to import

        wrong = ~((probabilities >= 0) & (probabilities < np.inf))
        if wrong.any():
            at = int(wrong.argmax())
            key, value = str(outcomes[at]), float(probabilities[at])
            raise InvalidDistribution(
                f"outcome {key}: {value!r} must be finite and not negative", key=key, value=value
            )
        if not (outcomes[:-1] < outcomes[1:]).all():
            order = outcomes.argsort(kind="stable")
            outcomes, probabilities = outcomes[order], probabilities[order]
            twice = outcomes[:-1] == outcomes[1:]
            if twice.any():
                key = str(outcomes[twice.argmax()])
                raise InvalidDistribution(f"outcome {key} is given twice", key=key)
        return cls(outcomes, probabilities)

    @classmethod
    def from_mapping(cls, distribution: Mapping[str, float] | Mapping[int, float]) -> Distribution:
        """Read a mapping as `counts_from_probabilities` does.

        Raises:
            InvalidDistribution: A key or a weight is none.
            OverflowError: An outcome does not fit in 64 bits.
        """
        import numpy as np  # noqa: PLC0415 - optional and slow to import

        if isinstance(distribution, Distribution):
            return distribution
        read = read_outcomes(distribution)
        size = len(read)
        return cls(np.fromiter(read, np.uint64, size), np.fromiter(read.values(), np.float64, size))

    @classmethod
    def from_bitstrings(cls, weights: Mapping[str, float], qubits: int, step: int) -> Distribution:
        """Read a mapping whose keys are bitstrings.

        Args:
            weights: Bitstrings of `qubits` characters with their weights.
            qubits: At most `MAX_QUBITS`.
            step: 1 if qubit 0 is rightmost, -1 if it is leftmost.

        Raises:
            InvalidDistribution: A key or a weight is none.
        """
        import numpy as np  # noqa: PLC0415 - optional and slow to import

        from ionq_direct import _arrays  # noqa: PLC0415

        if not set(map(type, weights.values())) <= {float, int}:
            for key, value in weights.items():
                read_weight(key, value)
        outcomes = _arrays.outcomes_of_bits("".join(weights), qubits, step)
        return cls.from_arrays(
            outcomes, np.fromiter(weights.values(), np.float64, count=len(weights))
        )

    def __len__(self) -> int:
        return len(self.outcomes)

    def __iter__(self) -> Iterator[str]:
        return iter(self.decimal_names(self.outcomes))

    def __getitem__(self, key: str) -> float:
        try:
            outcome = read_outcome(key)
        except InvalidDistribution:
            raise KeyError(key) from None
        if not outcome >> self.MAX_QUBITS:
            at = int(self.outcomes.searchsorted(self.outcomes.dtype.type(outcome)))
            if at < len(self) and int(self.outcomes[at]) == outcome:
                return float(self.probabilities[at])
        raise KeyError(key)

    def __repr__(self) -> str:
        return f"Distribution({len(self)} outcomes)"

    def items(self) -> ItemsView[str, float]:
        """All outcomes with their probabilities, as a dict built for the purpose."""
        return self.to_dict().items()

    def values(self) -> ValuesView[float]:
        """All probabilities, as a dict built for the purpose."""
        return self.to_dict().values()

    @staticmethod
    def decimal_names(outcomes: npt.NDArray[np.uint64]) -> list[str]:
        """Outcomes as decimal text."""
        from ionq_direct import _arrays  # noqa: PLC0415 - numpy is optional and slow to import

        return _arrays.decimal_names(outcomes)

    @staticmethod
    def bit_names(outcomes: npt.NDArray[np.uint64], qubits: int, step: int) -> list[str]:
        """Outcomes, ascending, as bitstrings; `step` is 1 to write qubit 0 rightmost, else -1.

        Raises:
            InvalidDistribution: An outcome does not fit in `qubits` bits.
        """
        from ionq_direct import _arrays  # noqa: PLC0415 - numpy is optional and slow to import

        checked_width(int(outcomes[-1]) if len(outcomes) else 0, qubits)
        return _arrays.bit_names(outcomes, qubits, step)

    def to_dict(self) -> dict[str, float]:
        """The distribution as a dict; large."""
        return dict(zip(self, self.probabilities.tolist(), strict=True))

    def to_integers(self) -> dict[int, float]:
        """The distribution as a dict under integers; large."""
        return dict(zip(self.outcomes.tolist(), self.probabilities.tolist(), strict=True))

    def largest(self, number: int) -> Distribution:
        """The outcomes with the largest probabilities, at most `number` of them."""
        if number >= len(self):
            return self
        chosen = self.probabilities.argpartition(len(self) - number)[len(self) - number :]
        chosen.sort()
        return Distribution(self.outcomes[chosen], self.probabilities[chosen])

    def counts(
        self,
        shots: int,
        *,
        method: Literal["largest_remainder", "sample"],
        seed: int | None,
        tolerance: float,
    ) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
        """Counts as `counts_from_probabilities` defines them.

        Returns:
            The outcomes that were counted, ascending, and their counts.

        Raises:
            InvalidDistribution: The probabilities do not sum to 1.
        """
        from ionq_direct import _arrays  # noqa: PLC0415 - numpy is optional and slow to import

        checked_total(float(self.probabilities.sum()), tolerance)
        if method == "sample":
            counts = _arrays.sample(self.probabilities, shots, seed)
        else:
            counts = _arrays.largest_remainder(self.probabilities, shots)
        seen = counts > 0
        return self.outcomes[seen], counts[seen].astype("int64", copy=False)

    def marginal(self, qubits: Sequence[int]) -> Distribution:
        """The distribution of at most `MAX_QUBITS` qubits, summed over the others."""
        from ionq_direct import _arrays  # noqa: PLC0415 - numpy is optional and slow to import

        return Distribution(*_arrays.marginal(self.outcomes, self.probabilities, qubits))

    def odd_parity(self, mask: int) -> float:
        """Probability of an odd number of ones under the mask."""
        from ionq_direct import _arrays  # noqa: PLC0415 - numpy is optional and slow to import

        return _arrays.odd_parity(self.outcomes, self.probabilities, mask)


def parse_distribution(raw: bytes) -> Mapping[str, float]:
    """Read a flat JSON object of decimal outcomes with their probabilities.

    Args:
        raw: What `GET .../results/probabilities` answers.

    Returns:
        A `Distribution` when the text is large and numpy is installed, a dict otherwise.

    Raises:
        InvalidDistribution: The text is something else.
    """
    large = len(raw) >= _LARGE and find_spec("numpy") is not None
    if large:
        columns = _columns(raw)
        if columns is not None:
            return _from_columns(*columns)
    try:
        value: object = loads(raw)
    except ValueError as error:
        raise InvalidDistribution(f"the distribution is no JSON: {error}") from None
    if not isinstance(value, dict):
        raise InvalidDistribution("the distribution is no JSON object", value=value)
    read = read_outcomes(cast("dict[str, Any]", value))
    if large and next(reversed(read), 0) < 1 << Distribution.MAX_QUBITS:
        return Distribution.from_mapping(read)
    return {str(key): float(weight) for key, weight in read.items()}


def _from_columns(outcomes: array[int], probabilities: array[float]) -> Distribution:
    import numpy as np  # noqa: PLC0415 - optional and slow to import

    return Distribution.from_arrays(
        np.frombuffer(outcomes, np.uint64), np.frombuffer(probabilities, np.float64)
    )


def _columns(raw: bytes) -> tuple[array[int], array[float]] | None:
    """Read the usual form, `{"0":0.25,"3":0.75}`, piece by piece; None for any other form.

    A dict of a million entries costs ten times the memory of the two columns, and building it is
    most of a parser's time; so each piece is read as a list of numbers instead.
    """
    if b'": ' in raw:
        raw = raw.replace(b'": ', b'":').replace(b', "', b',"')
    end = len(raw) - 1
    if raw[:1] != b"{" or raw[end:] != b"}":
        return None
    # At their full size from the start: an array that grows takes up to an eighth more.
    size = raw.count(b'":')
    outcomes, probabilities = array("Q", [0]) * size, array("d", [0.0]) * size
    filled = 0
    start = 1
    while start < end:
        cut = raw.find(b',"', start + _PIECE)
        stop = end if cut < 0 else cut
        piece = raw[start:stop]
        if not _is_members(piece):
            return None
        try:
            numbers = loads(b"[" + piece.translate(_OBJECT_TO_LIST, b'"') + b"]")
            up_to = filled + len(numbers) // 2
            outcomes[filled:up_to] = array("Q", numbers[0::2])
            probabilities[filled:up_to] = array("d", numbers[1::2])
        except (ValueError, TypeError, OverflowError):  # an outcome or probability that is none
            return None
        filled = up_to
        start = stop + 1
    return outcomes, probabilities


def _is_members(piece: bytes) -> bool:
    """Whether the piece is `"number":number,...`, but for the spelling of the numbers.

    What remains without the letters of numbers must be `"":,"":,...`, and the marks that belong
    together must have been neighbours from the start. The JSON parser judges the numbers.
    """
    marks = piece.translate(None, _IN_NUMBERS)
    members = (len(marks) + 1) // 4
    return (
        marks == (b'"":,' * members)[:-1]
        and piece[:1] == b'"'
        and piece.count(b'":') == members
        and piece.count(b',"') == members - 1
        and b'"-' not in piece  # -0 is a number of JSON, and no outcome
    )
