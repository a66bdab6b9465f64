"""What completed jobs produced, without any I/O: one circuit's `Result`, several's `MultiResult`.

May import: errors and what reads and draws distributions; numpy, pandas and matplotlib when asked
for. Bitstrings are written with qubit 0 rightmost unless asked otherwise; in decimal outcomes qubit
0 is the least significant bit.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, cast, overload

from ionq_direct import _html
from ionq_direct._distribution import Distribution
from ionq_direct._extras import load
from ionq_direct._histogram import excerpt, histogram
from ionq_direct._json import loads
from ionq_direct._outcomes import checked_qubits, checked_whole
from ionq_direct._plot import bar_chart
from ionq_direct._shot_list import ShotList
from ionq_direct.counts import (
    BitOrder,
    CountsMethod,
    bitstring_counts,
    bitstrings,
    expectation_z,
    marginal,
)
from ionq_direct.errors import InvalidArgument, NoResults, ShotsUnknown

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd  # type: ignore[import-untyped]  # it has no types
    from matplotlib.axes import Axes

__all__ = ["MultiResult", "Result", "ShotList"]

_MOST_DENSE_QUBITS: Final = 26
"""2**26 doubles are 512 MiB; beyond, arrays of what is there are the better form."""

_EXACT: Final[CountsMethod] = "largest_remainder"
_HTML_ROWS: Final = 16
_HTML_RESULTS: Final = 8


class Result:
    """The outcome of one circuit.

    Attributes:
        job_id: The job, or part of a multi-circuit job, that produced it.
        qubits: Width of the bitstrings.
        shots: Number of shots; None where neither the server nor the submission told.
        name: The circuit's name; of a register's result, the register's.
        registers: Results by register (of qubits or classical bits), for jobs that name them
            (OpenQASM 3); in them, bit i of an outcome is bit i of the register. Others have none.
        shots_list: Outcomes in the order of the shots, where they were asked for
            (`job.result(memory=True)`); None otherwise.
        variant_id: The variant of a debiased job that it is of; None for whole jobs.
        qubit_map: The physical qubit of each qubit in that variant, where the server tells.
            (`distribution` is what the server sent for the variant, in its order.)
    """

    def __init__(
        self,
        distribution: Mapping[str, float] | None,
        *,
        job_id: str,
        qubits: int,
        shots: int | None,
        histogram: Mapping[str, float] | None = None,
        name: str | None = None,
        registers: Mapping[str, Result] | None = None,
        shots_list: ShotList | None = None,
        variant_id: str | None = None,
        qubit_map: Sequence[int] | None = None,
        raw: object = None,
    ) -> None:
        """Put a result together; `job.result()` does.

        Args:
            distribution: Decimal outcomes with probabilities; None: there is none.
            job_id: As the attribute.
            qubits: As the attribute.
            shots: As the attribute.
            histogram: Decimal outcomes with how often they were measured, where that is known.
            name: As the attribute.
            registers: As the attribute.
            shots_list: As the attribute.
            variant_id: As the attribute.
            qubit_map: As the attribute.
            raw: What the server sent, where that is more than the distribution: JSON text as
                bytes, or its value.
        """
        self._distribution = distribution
        self._histogram = histogram
        self._measured = None if histogram is None else _total(histogram)
        self._raw = raw
        self.job_id = job_id
        self.qubits = qubits
        self.shots = shots
        self.name = name
        self.registers: Mapping[str, Result] = dict(registers or {})
        self.shots_list = shots_list
        self.variant_id = variant_id
        self.qubit_map = None if qubit_map is None else tuple(qubit_map)

    # --- What was measured ------------------------------------------------------------------------

    @property
    def distribution(self) -> Mapping[str, float]:
        """Decimal outcomes with their probabilities, as the server sent them: `{"3": 0.5}`.

        Bit i of an outcome is qubit i. A large one is held in arrays and is no `dict`.

        Raises:
            NoResults: The job has none: it is of a kind that gives values (see `raw`), or it tells
                of registers only.
        """
        if self._distribution is None:
            named = ", ".join(map(repr, self.registers))
            raise NoResults(
                f"it tells of registers only: see result.registers ({named})"
                if named
                else "it produced no distribution: see result.raw for what it did produce",
                job_id=self.job_id,
            )
        return self._distribution

    @property
    def raw(self) -> Any:
        """What the server sent, as JSON values; for a flat distribution, `distribution` itself.

        Of quantum functions and QAOA jobs it is the job's `results`: `{"value": -1.1, ...}`.
        """
        if self._raw is None:
            return self._distribution
        return loads(self._raw) if isinstance(self._raw, bytes) else self._raw

    @cached_property
    def probabilities(self) -> dict[str, float]:
        """Probabilities by bitstring, qubit 0 rightmost: `{"00": 0.5, "11": 0.5}`.

        Raises:
            NoResults: As `distribution` raises it.
        """
        return bitstrings(self.distribution, self.qubits)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Counts by bitstring, qubit 0 rightmost; they sum to `shots` exactly.

        Where the job ran shots, these are the true counts: IonQ's probabilities are the counts
        divided by the shots, from which largest remainders give them back (for up to a million
        shots, which is IonQ's limit).

        Raises:
            ShotsUnknown: Neither the server nor the submission told the shots.
            NoResults: As `distribution` raises it.
        """
        return self.get_counts()

    def get_counts(
        self,
        shots: int | None = None,
        *,
        method: CountsMethod = "largest_remainder",
        seed: int | None = None,
        order: BitOrder = "q0_right",
    ) -> dict[str, int]:
        """Counts by bitstring.

        Args:
            shots: Number of shots; None: the job's.
            method: How to make whole numbers of probabilities: see `counts_from_probabilities`.
            seed: Seed for `method="sample"`.
            order: Where qubit 0 stands: `q0_right` or `q0_left`.

        Returns:
            Bitstrings with counts that sum to `shots` exactly.

        Raises:
            ShotsUnknown: No shots are given and the job's are not known.
            InvalidDistribution: The server sent probabilities that are none.
            NoResults: As `distribution` raises it.
            InvalidArgument: An argument is out of range.
        """
        number = shots if shots is not None else self.shots
        if number is None:
            raise ShotsUnknown(
                f"job {self.job_id}: its shots are not known (IonQ does not report them for the "
                "ideal simulator): give them, as in job.result(shots=1000)"
            )
        if self._histogram is not None and (method, number) == (_EXACT, self._measured):
            counted = bitstrings(self._histogram, self.qubits, order=order)
            return {outcome: int(count) for outcome, count in counted.items() if count}
        return bitstring_counts(
            self.distribution, number, self.qubits, order=order, method=method, seed=seed
        )

    def get_probabilities(self, *, order: BitOrder = "q0_right") -> dict[str, float]:
        """Probabilities by bitstring.

        Args:
            order: Where qubit 0 stands: `q0_right`, as Qiskit writes, or `q0_left`, as Cirq and
                PennyLane do.

        Raises:
            NoResults: As `distribution` raises it.
            InvalidArgument: `order` is neither.
        """
        return bitstrings(self.distribution, self.qubits, order=order)

    def marginal(self, qubits: Iterable[int]) -> Result:
        """The result of some qubits, summed over the others.

        Args:
            qubits: The qubits to keep; the i-th becomes qubit i of the new result.

        Returns:
            A result of its own. Its counts are the sums of the measured ones where the histogram
            is known, and else made of its own probabilities: nearer to these than sums of rounded
            counts are.

        Raises:
            NoResults: As `distribution` raises it.
            InvalidArgument: No qubit is given, one is none of this result's, or is listed twice.
        """
        kept = self._checked_qubits(qubits)
        if not kept:
            raise InvalidArgument(name="qubits", value=kept, rule="must name a qubit to keep")
        measured = self._histogram
        return Result(
            marginal(self.distribution, kept),
            job_id=self.job_id,
            qubits=len(kept),
            shots=self.shots,
            histogram=None if measured is None else marginal(measured, kept),
            name=self.name,
            variant_id=self.variant_id,
        )

    def expectation_z(self, qubits: Iterable[int]) -> float:
        """Expectation value of Z on each of the listed qubits, the identity on the others.

        Args:
            qubits: The qubits under Z.

        Returns:
            A number from -1 to 1.

        Raises:
            NoResults: As `distribution` raises it.
            InvalidArgument: A qubit is none of this result's, or is listed twice.
        """
        return expectation_z(self.distribution, self._checked_qubits(qubits))

    def _checked_qubits(self, qubits: Iterable[int]) -> list[int]:
        listed = checked_qubits(qubits)
        for qubit in listed:
            if qubit >= self.qubits:
                raise InvalidArgument(
                    name="qubits", value=qubit, rule=f"must be from 0 to {self.qubits - 1}"
                )
        return listed

    # --- Other forms ------------------------------------------------------------------------------

    def to_numpy(self) -> npt.NDArray[np.float64]:
        """All 2**qubits probabilities; the index is the outcome, so bit i of it is qubit i.

        Returns:
            Shape `(2**qubits,)`.

        Raises:
            MissingExtra: numpy is not installed.
            InvalidArgument: More than 26 qubits, 512 MiB: use `to_arrays`.
            NoResults: As `distribution` raises it.
        """
        if self.qubits > _MOST_DENSE_QUBITS:
            raise InvalidArgument(
                name="qubits",
                value=self.qubits,
                rule=f"must be at most {_MOST_DENSE_QUBITS} for to_numpy(); see to_arrays()",
            )
        numpy = load("numpy", "to_numpy()")
        outcomes, probabilities = self.to_arrays()
        vector = cast("npt.NDArray[np.float64]", numpy.zeros(1 << self.qubits))
        vector[outcomes] = probabilities
        return vector

    def to_arrays(self) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.float64]]:
        """The outcomes that the server sent, ascending, and their probabilities.

        Returns:
            Two arrays of one length, read-only; bit i of an outcome is qubit i.

        Raises:
            MissingExtra: numpy is not installed.
            InvalidArgument: An outcome is longer than 64 bits.
            NoResults: As `distribution` raises it.
        """
        load("numpy", "to_arrays()")
        try:
            arrays = Distribution.from_mapping(self.distribution)
        except OverflowError:
            rule = f"must be at most {Distribution.MAX_QUBITS} for arrays"
            raise InvalidArgument(name="qubits", value=self.qubits, rule=rule) from None
        return arrays.outcomes, arrays.probabilities

    def to_pandas(self, *, order: BitOrder = "q0_right") -> pd.DataFrame:
        """A table with a row per outcome.

        Args:
            order: Where qubit 0 stands in the bitstrings: `q0_right` or `q0_left`.

        Returns:
            A `pandas.DataFrame`, its index the bitstrings, its columns `outcome` (decimal),
            `probability` and, where the shots are known, `count`.

        Raises:
            MissingExtra: pandas is not installed.
            NoResults: As `distribution` raises it.
        """
        pandas = load("pandas", "to_pandas()")
        named = self.get_probabilities(order=order)
        columns: dict[str, list[Any]] = {
            "outcome": sorted(map(int, self.distribution)),
            "probability": list(named.values()),
        }
        if self.shots is not None:
            counts = self.get_counts(order=order)
            columns["count"] = [counts.get(name, 0) for name in named]
        return pandas.DataFrame(columns, index=pandas.Index(list(named), name="bitstring"))

    # --- Pictures ---------------------------------------------------------------------------------

    def draw(
        self,
        *,
        counts: bool = False,
        width: int = 60,
        rows: int = 16,
        order: BitOrder = "q0_right",
        ascii_only: bool = False,
    ) -> str:
        """A histogram in plain text, as in `print(result.draw())`.

        Args:
            counts: Draw counts rather than probabilities.
            width: Columns of the picture.
            rows: Most bars; the heaviest outcomes are drawn and the rest is summed up.
            order: Where qubit 0 stands: `q0_right` or `q0_left`.
            ascii_only: Draw with `#` instead of block characters.

        Raises:
            ShotsUnknown: Counts of a job whose shots are not known.
            NoResults: As `distribution` raises it.
            InvalidArgument: `width`, `rows` or `order` is out of range.
        """
        if counts:
            counted = self.get_counts(order=order)
            return histogram(counted, width=width, rows=rows, ascii_only=ascii_only)
        return histogram(
            self.distribution,
            qubits=self.qubits,
            width=width,
            rows=rows,
            order=order,
            ascii_only=ascii_only,
        )

    def plot(
        self,
        *,
        axes: Axes | None = None,
        counts: bool = False,
        bars: int = 32,
        order: BitOrder = "q0_right",
        title: str | None = None,
    ) -> Axes:
        """A bar chart by matplotlib.

        Args:
            axes: Where to draw; None makes a new figure (which notebooks show by themselves).
            counts: Draw counts rather than probabilities.
            bars: Most bars; the heaviest outcomes are drawn and the rest is summed up.
            order: Where qubit 0 stands: `q0_right` or `q0_left`.
            title: Text above; by default the result's name, if it has one.

        Returns:
            The `matplotlib.axes.Axes` drawn on.

        Raises:
            MissingExtra: matplotlib is not installed.
            ShotsUnknown: Counts of a job whose shots are not known.
            NoResults: As `distribution` raises it.
            InvalidArgument: `bars` or `order` is out of range.
        """
        checked_whole("bars", bars, least=1)
        shown = (
            excerpt(self.get_counts(order=order), bars)
            if counts
            else excerpt(self.distribution, bars, qubits=self.qubits, order=order)
        )
        return bar_chart(
            shown,
            axes=axes,
            title=self.name if title is None else title,
            label="outcome (qubit 0 rightmost)"
            if order == "q0_right"
            else "outcome (qubit 0 first)",
            unit="counts" if counts else "probability",
        )

    def to_html(self) -> str:
        """A small histogram as HTML, without script or style sheet; notebooks show it by itself.

        It shows the 16 most probable outcomes, qubit 0 rightmost.
        """
        if self._distribution is not None:
            shown = [_html.bars(excerpt(self._distribution, _HTML_ROWS, qubits=self.qubits))]
        elif self.registers:
            shown = [result.to_html() for result in self.registers.values()]
        else:
            shown = [_html.box(f"{self.raw!r:.500}")]
        return _html.box(self._title(), *shown)

    def _repr_html_(self) -> str:
        return self.to_html()

    def _title(self) -> str:
        told = [self.name] if self.name else []
        told.append(f"job {self.job_id}")
        if self.variant_id is not None:
            told.append(f"variant {self.variant_id}")
        told.append(f"{self.qubits} qubit" + ("s" if self.qubits != 1 else ""))
        if self.shots is not None:
            told.append(f"{self.shots} shots")
        return ", ".join(told)

    def __repr__(self) -> str:
        outcomes = "none" if self._distribution is None else len(self._distribution)
        name = f"name={self.name!r}, " if self.name else ""
        return (
            f"Result({name}job_id={self.job_id!r}, qubits={self.qubits}, shots={self.shots}, "
            f"outcomes={outcomes})"
        )


def _total(histogram: Mapping[str, float]) -> int:
    if isinstance(histogram, Distribution):
        return round(float(histogram.probabilities.sum()))
    return round(math.fsum(histogram.values()))


class MultiResult(Sequence[Result]):
    """The results of a multi-circuit job, in the order in which its circuits were submitted.

    Attributes:
        job_id: The job.
        child_ids: The ids of its parts, in order. Each is a job with results of its own.
        names: The circuits' names, in order; None for one that has no name or none that is known.
    """

    def __init__(self, results: Iterable[Result], *, job_id: str) -> None:
        self._results = tuple(results)
        self.job_id = job_id

    @property
    def child_ids(self) -> tuple[str, ...]:
        """The ids of the parts, in order."""
        return tuple(result.job_id for result in self._results)

    @property
    def names(self) -> tuple[str | None, ...]:
        """The circuits' names, in order; None for one that has no name or none that is known."""
        return tuple(result.name for result in self._results)

    @property
    def counts(self) -> list[dict[str, int]]:
        """Counts by bitstring of each circuit, qubit 0 rightmost.

        Raises:
            ShotsUnknown: Neither the server nor the submission told the shots.
        """
        return [result.counts for result in self._results]

    @property
    def probabilities(self) -> list[dict[str, float]]:
        """Probabilities by bitstring of each circuit, qubit 0 rightmost."""
        return [result.probabilities for result in self._results]

    def named(self, name: str) -> Result:
        """The result of the circuit with this name.

        Raises:
            KeyError: None or several have it.
        """
        found = [result for result in self._results if result.name == name]
        if len(found) != 1:
            raise KeyError(f"{len(found)} circuits of job {self.job_id} are named {name!r}")
        return found[0]

    def draw(self, *, width: int = 60, rows: int = 16, ascii_only: bool = False) -> str:
        """Histograms in plain text, one below the other.

        Args:
            width: Columns of the picture.
            rows: Most bars of each.
            ascii_only: Draw with `#` instead of block characters.
        """
        return "\n\n".join(
            f"{place}: {result.name or result.job_id}\n"
            + result.draw(width=width, rows=rows, ascii_only=ascii_only)
            for place, result in enumerate(self._results)
        )

    def __len__(self) -> int:
        return len(self._results)

    def __iter__(self) -> Iterator[Result]:
        return iter(self._results)

    @overload
    def __getitem__(self, index: int) -> Result: ...
    @overload
    def __getitem__(self, index: slice) -> MultiResult: ...
    def __getitem__(self, index: int | slice) -> Result | MultiResult:
        if isinstance(index, slice):
            return MultiResult(self._results[index], job_id=self.job_id)
        return self._results[index]

    def to_html(self) -> str:
        """Small histograms as HTML, of the first eight results; notebooks show it by itself."""
        parts = [result.to_html() for result in self._results[:_HTML_RESULTS]]
        more = len(self) - len(parts)
        if more:
            parts.append(_html.box(f"{more} more"))
        return _html.box(f"job {self.job_id}, {len(self)} circuits", *parts)

    def _repr_html_(self) -> str:
        return self.to_html()

    def __repr__(self) -> str:
        return f"MultiResult(job_id={self.job_id!r}, circuits={len(self)})"
