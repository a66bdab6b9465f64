"""What a completed job produced, without any I/O.

May import: errors and what reads distributions. Bitstrings are written with qubit 0 rightmost; in
decimal outcomes qubit 0 is the least significant bit.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from ionq_direct.counts import BitOrder, CountsMethod, bitstrings, counts_from_probabilities
from ionq_direct.errors import ShotsUnknown

__all__ = ["Result"]


class Result:
    """The outcome of one circuit.

    Attributes:
        job_id: The job, or child job, that produced it.
        qubits: Width of the bitstrings.
        shots: Number of shots; None where neither the server nor the submission told.
        distribution: Decimal outcomes with their probabilities, as the server sent them.
    """

    def __init__(
        self,
        distribution: Mapping[str, float],
        *,
        job_id: str,
        qubits: int,
        shots: int | None,
    ) -> None:
        self.distribution = distribution
        self.job_id = job_id
        self.qubits = qubits
        self.shots = shots

    @cached_property
    def probabilities(self) -> dict[str, float]:
        """Probabilities by bitstring, qubit 0 rightmost: `{"00": 0.5, "11": 0.5}`."""
        return bitstrings(self.distribution, self.qubits)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Counts by bitstring, qubit 0 rightmost; they sum to `shots` exactly.

        Raises:
            ShotsUnknown: Neither the server nor the submission told the shots.
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
        """
        number = shots if shots is not None else self.shots
        if number is None:
            raise ShotsUnknown(
                f"job {self.job_id}: its shots are not known (IonQ does not report them for the "
                "ideal simulator): give them, as in job.result(shots=1000)"
            )
        counts = counts_from_probabilities(self.distribution, number, method=method, seed=seed)
        return bitstrings(counts, self.qubits, order=order)

    def __repr__(self) -> str:
        return (
            f"Result(job_id={self.job_id!r}, qubits={self.qubits}, shots={self.shots}, "
            f"outcomes={len(self.distribution)})"
        )
