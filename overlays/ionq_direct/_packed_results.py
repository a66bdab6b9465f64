"""Results of packed circuits, handed back as if each had been a job. No I/O.

May import: errors, packing and results.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ionq_direct._shapes import object_or_none
from ionq_direct.errors import IonQError
from ionq_direct.packing import Pack
from ionq_direct.results import Result

__all__ = ["in_callers_order", "results_of_parts"]


def results_of_parts(
    job_id: str, pack: Pack, parts: Mapping[str, Any], shots: int | None
) -> list[Result]:
    """The results of a multi-circuit job, in the order of its circuits.

    Args:
        job_id: The job.
        pack: What it holds.
        parts: Id of each part to its distribution, in the order of the circuits (facts 1.7).
        shots: Number of shots of each circuit, if known.

    Raises:
        IonQError: There are more or fewer results than circuits; which is whose is not known.
    """
    circuits = pack.payload["input"]["circuits"]
    if len(parts) != len(circuits):
        raise IonQError(
            f"job {job_id}: IonQ sent {len(parts)} results for {len(circuits)} circuits"
        )
    return [
        Result(
            object_or_none(distribution) or {},
            job_id=part_id,
            qubits=_width(circuit, pack.payload["input"]),
            shots=shots,
        )
        for (part_id, distribution), circuit in zip(parts.items(), circuits, strict=True)
    ]


def in_callers_order(packs: Sequence[Pack], results: Iterable[Sequence[Result]]) -> list[Result]:
    """One result for each of the caller's circuits, in the caller's order.

    Args:
        packs: The packs.
        results: Of each pack, the results in the order of its circuits.
    """
    placed = {
        position: result
        for pack, outcomes in zip(packs, results, strict=True)
        for position, result in zip(pack.positions, outcomes, strict=True)
    }
    return [placed[position] for position in sorted(placed)]


def _width(circuit: Mapping[str, Any], program: Mapping[str, Any]) -> int:
    told = circuit.get("qubits", program.get("qubits"))
    return told if isinstance(told, int) else 1
