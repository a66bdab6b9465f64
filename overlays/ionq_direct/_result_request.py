"""What is asked of a job's results, and how the answers become a `Result`. No I/O.

May import: errors, results and the other modules on results that have no I/O.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, TypeAlias, get_args

from ionq_direct._distribution import Distribution
from ionq_direct._outcomes import MAX_WIDTH, checked_whole
from ionq_direct._result_bodies import ReadShots, ReadWeights, Register, widest
from ionq_direct._result_places import Source, Variant
from ionq_direct._shapes import object_or_none, objects_in
from ionq_direct._shot_list import ShotList
from ionq_direct.errors import InvalidArgument, InvalidDistribution, NoResults
from ionq_direct.results import Result

__all__ = [
    "Aggregation",
    "Source",
    "Subject",
    "Wanted",
    "check_is_no_dry_run",
    "children_of",
    "new_result",
    "no_results",
    "shots_of_register",
    "subject_of_variant",
]

Aggregation: TypeAlias = Literal["average", "voting", "dnl"]
"""How a debiased job's variants become one distribution; the server may know further ways."""

_PART_OF_NONE: Final[Mapping[str, Any]] = {}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. The arguments of `job.result()` have the same names and meanings.

    Raises:
        InvalidArgument: A value is none that is known, or two exclude each other.
    """

    shots: int | None = None
    qubits: int | None = None
    sharpen: bool | None = None
    aggregation: str | None = None
    source: Source = "probabilities"
    memory: bool = False

    def __post_init__(self) -> None:
        if self.source not in get_args(Source):
            rule = f"must be one of {', '.join(get_args(Source))}"
            raise InvalidArgument(name="source", value=self.source, rule=rule)
        if self.aggregation == "":
            raise InvalidArgument(name="aggregation", value="", rule="must not be empty")
        if self.sharpen is not None and self.aggregation is not None:
            rule = "must not be given together with aggregation, which it is the older form of"
            raise InvalidArgument(name="sharpen", value=self.sharpen, rule=rule)
        if self.params and self.source != "probabilities":
            rule = "must be 'probabilities' with sharpen or aggregation, which combine these"
            raise InvalidArgument(name="source", value=self.source, rule=rule)
        if self.shots is not None:
            checked_whole("shots", self.shots, least=0)
        if self.qubits is not None:
            checked_whole("qubits", self.qubits, least=1, most=MAX_WIDTH)

    @property
    def params(self) -> dict[str, Any]:
        """Query parameters that combine the variants of a debiased job."""
        told = {"sharpen": self.sharpen, "aggregation": self.aggregation}
        return {name: value for name, value in told.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Subject:
    """The job, or part of one, whose results are read, and what the submission told of it.

    Attributes:
        data: Its JSON; `id` at least.
        qubits: Number of qubits; None where nobody told.
        shots: Number of shots; None where nobody told.
        name: Its name.
        circuits: The submission's circuits, of a multi-circuit job; empty where it is not known.
        variant: The variant that is read instead of the whole job.
    """

    data: Mapping[str, Any]
    qubits: int | None = None
    shots: int | None = None
    name: str | None = None
    circuits: tuple[Mapping[str, Any], ...] = field(default=())
    variant: Variant | None = None

    @property
    def id(self) -> str:
        """The job's id."""
        return str(self.data["id"])

    @classmethod
    def of_job(
        cls,
        data: Mapping[str, Any],
        *,
        qubits: int | None,
        shots: int | None,
        payload: Mapping[str, Any] | None,
    ) -> Subject:
        """A job, and the payload that made it if that is known."""
        told = object_or_none((payload or {}).get("input")) or {}
        shared = {"qubits": told["qubits"]} if "qubits" in told else {}
        circuits = tuple({**shared, **circuit} for circuit in objects_in(told.get("circuits")))
        name = data.get("name") or (payload or {}).get("name")
        return cls(data, qubits, shots, name if isinstance(name, str) else None, circuits)


# --- Parts of a job -------------------------------------------------------------------------------


def children_of(
    parent: Subject, ids: list[str], records: Mapping[str, Mapping[str, Any]]
) -> list[Subject]:
    """The parts of a multi-circuit job, in the order of the ids.

    Args:
        parent: The job.
        ids: The ids of its parts, in the order of its circuits.
        records: JSON of the parts, by id, where it was read.
    """
    # Without a circuit per part nobody knows which belongs to which.
    circuits = parent.circuits if len(parent.circuits) == len(ids) else [_PART_OF_NONE] * len(ids)
    children: list[Subject] = []
    for child, circuit in zip(ids, circuits, strict=True):
        record = records.get(child, {"id": child})
        stats = object_or_none(record.get("stats")) or {}
        name = circuit.get("name") or record.get("name")
        children.append(
            Subject(
                record,
                qubits=_integer(circuit.get("qubits")) or _integer(stats.get("qubits")),
                shots=_integer(record.get("shots")) or parent.shots,
                name=name if isinstance(name, str) else None,
            )
        )
    return children


def subject_of_variant(subject: Subject, variant: Variant) -> Subject:
    """One variant of a debiased job."""
    return replace(subject, variant=variant, shots=variant.shots)


def _integer(value: object) -> int | None:
    return value if type(value) is int else None


# --- Answers into results -------------------------------------------------------------------------


def check_is_no_dry_run(job: Mapping[str, Any]) -> None:
    """Refuse to ask for results that cannot be.

    Raises:
        NoResults: The job is a dry run.
    """
    if job.get("dry_run") is True:
        raise NoResults("it is a dry run: compiled, and never run", job_id=str(job["id"]))


def no_results(job: Mapping[str, Any], kind: str) -> NoResults:
    """The error for a job that has completed and does not have this kind of result."""
    listed = ", ".join(object_or_none(job.get("results")) or {}) or "none"
    why = " (the ideal simulator runs no shots)" if kind in ("histogram", "shots") else ""
    return NoResults(f"it has no {kind}{why}; it lists {listed}", job_id=str(job["id"]))


def shots_of_register(job_id: str, read: ReadShots, register: str | None) -> ShotList:
    """The shots of one register, or of all qubits.

    Raises:
        NoResults: There are none of that.
    """
    found = read.shots if register is None else read.registers.get(register)
    if found is None:
        named = ", ".join(map(repr, read.registers)) or "none"
        what = "shots of all qubits" if register is None else f"register {register!r}"
        raise NoResults(f"it has no {what}; its registers are {named}", job_id=job_id)
    return found


def new_result(
    subject: Subject,
    wanted: Wanted,
    read: ReadWeights,
    *,
    registers: Mapping[str, Register] | None = None,
    by_shot: ReadShots | None = None,
) -> Result:
    """Put a result together.

    Args:
        subject: What it is of.
        wanted: What was asked for.
        read: Its probabilities or its histogram, as `wanted.source` says.
        registers: The same by register, where that had to be read elsewhere.
        by_shot: Its outcomes shot by shot, where these were asked for.

    Raises:
        InvalidDistribution: A histogram is empty.
    """
    variant = subject.variant
    told = wanted.shots if wanted.shots is not None else subject.shots
    measured = wanted.source == "histogram"
    by_shot = by_shot or ReadShots(None)
    named = by_shot.registers
    by_name = {
        name: _weighed(
            register.weights,
            measured=measured,
            job_id=subject.id,
            qubits=register.width,
            shots=told,
            name=name,
            shots_list=named.get(name),
        )
        for name, register in (registers or read.registers).items()
    }
    for name, listed in named.items():
        if name not in by_name:
            by_name[name] = _weighed(
                listed.histogram(),
                measured=True,
                job_id=subject.id,
                qubits=listed.width,
                shots=told,
                name=name,
                shots_list=listed,
            )
    return _weighed(
        read.weights,
        measured=measured,
        job_id=subject.id,
        qubits=wanted.qubits or _width(subject, read),
        shots=told,
        keep_shots=wanted.shots is not None,
        name=subject.name,
        registers=by_name,
        shots_list=by_shot.shots,
        variant_id=variant.id if variant else None,
        qubit_map=variant.qubit_map if variant else None,
        raw=read.raw,
    )


def _width(subject: Subject, read: ReadWeights) -> int:
    """Bits of the outcome: what is told, if that makes sense and holds every outcome."""
    told = subject.qubits if 0 < (subject.qubits or 0) <= MAX_WIDTH else None
    if read.weights is None:
        return told or max((each.width for each in read.registers.values()), default=1)
    return max(told or read.width or 1, widest(read.weights))


def _weighed(
    weights: Mapping[str, float] | None,
    *,
    measured: bool,
    shots: int | None,
    keep_shots: bool = False,
    **others: Any,
) -> Result:
    """A result of probabilities or, if they were measured, of counts."""
    if weights is None or not measured:
        return Result(weights, shots=shots, **others)
    total = _total(weights)
    return Result(
        _divided(weights, total),
        shots=shots if keep_shots else round(total),
        histogram=weights,
        **others,
    )


def _total(weights: Mapping[str, float]) -> float:
    total = float(
        weights.probabilities.sum()
        if isinstance(weights, Distribution)
        else math.fsum(weights.values())
    )
    if not total > 0 or not total.is_integer():
        raise InvalidDistribution("the histogram holds no counts, or no whole ones", value=total)
    return total


def _divided(weights: Mapping[str, float], total: float) -> Mapping[str, float]:
    if isinstance(weights, Distribution):
        return Distribution(weights.outcomes, weights.probabilities / total)
    return {outcome: weight / total for outcome, weight in weights.items()}
