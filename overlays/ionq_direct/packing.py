"""Put many circuits into few jobs, and know where each went. No I/O.

May import: errors, circuits and _language. Source of the limits: IonQ's v0.4 document, POST /jobs
(400 and 413).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar, Unpack, cast

from ionq_direct._language import (
    MAX_CIRCUITS,
    MAX_MEGABYTES,
    MAX_MULTI_CIRCUIT_GATES,
    MULTI_CIRCUIT,
    SINGLE_CIRCUIT,
)
from ionq_direct._shapes import object_or_none
from ionq_direct.circuits import JobOptions, as_payload
from ionq_direct.errors import ConfigurationError, InvalidJob, IonQError

__all__ = ["Pack", "PackLimits", "in_callers_order", "pack_circuits", "pack_payloads"]

T = TypeVar("T")

_OF_THE_CIRCUIT: Final = ("name", "qubits", "gateset", "registers", "circuit")
_DEFAULT_GATESET: Final = "qis"
_ROOM_FOR_A_TAG: Final = 400  # bytes: the metadata key, and a tag of 200 characters


@dataclass(frozen=True, slots=True)
class PackLimits:
    """What fits into one job; by default what IonQ takes.

    Attributes:
        circuits: Number of circuits.
        gates: Number of gates, all circuits together.
        body_bytes: Size of the request's body, in bytes.

    Raises:
        ConfigurationError: A limit is not positive.
    """

    circuits: int = MAX_CIRCUITS
    gates: int = MAX_MULTI_CIRCUIT_GATES
    body_bytes: int = MAX_MEGABYTES * 1_000_000

    def __post_init__(self) -> None:
        if min(self.circuits, self.gates, self.body_bytes) < 1:
            raise ConfigurationError(f"limits: must be 1 or more (got {self!r})")


@dataclass(frozen=True, slots=True)
class Pack:
    """One job for several of the caller's circuits, or for a single one.

    Attributes:
        payload: The job as JSON.
        positions: Which of the caller's jobs it holds, in the order of its circuits.
        is_multi: Whether it is a multi-circuit job; a pack of one is sent as it came.
    """

    payload: dict[str, Any]
    positions: tuple[int, ...]
    is_multi: bool


def pack_circuits(
    jobs: Iterable[object],
    limits: PackLimits | None = None,
    *,
    extra: Mapping[str, object] | None = None,
    **options: Unpack[JobOptions],
) -> list[Pack]:
    """Put circuits into as few `ionq.multi-circuit.v1` jobs as their order allows.

    Circuits share a job when all else about their jobs is equal: backend, shots, noise, settings,
    metadata, session and so on. A job's name becomes its circuit's name. The gateset may differ
    from circuit to circuit. Jobs of another type than `ionq.circuit.v1` stay alone.

    Args:
        jobs: Circuits, mappings or models, one circuit each.
        limits: What fits into one job; by default what IonQ takes.
        extra: Fields of each job that the API document does not have.
        **options: Backend, shots and so on of each job: see `JobOptions`.

    Returns:
        The packs, in the order of their first circuits. The same payloads give the same packs.

    Raises:
        InvalidJob: A job is larger than a request may be, is a multi-circuit job already, or has
            no list of gates.
    """
    bodies = [as_payload(job, extra=extra, **options) for job in jobs]
    return pack_payloads(bodies, limits or PackLimits())


def pack_payloads(payloads: Iterable[Mapping[str, Any]], limits: PackLimits) -> list[Pack]:
    """Pack jobs that are JSON already: see `pack_circuits`."""
    packs: list[_Growing] = []
    last_of: dict[str, _Growing] = {}
    for position, payload in enumerate(payloads):
        part = _Part.of(position, payload, limits)
        pack = last_of.get(part.kind)
        if pack is None or not pack.has_room_for(part):
            pack = last_of[part.kind] = _Growing(part, limits)
            packs.append(pack)
        else:
            pack.add(part)
    return [pack.packed() for pack in packs]


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the caller's jobs, taken apart.

    Attributes:
        kind: Equal for jobs that may share one; unique for a job that stays alone.
        circuit: Its entry among the circuits of a multi-circuit job.
    """

    position: int
    payload: Mapping[str, Any]
    kind: str
    circuit: dict[str, Any]
    gates: int
    bytes: int

    @classmethod
    def of(cls, position: int, payload: Mapping[str, Any], limits: PackLimits) -> _Part:
        size = _size(payload)
        if size + _ROOM_FOR_A_TAG > limits.body_bytes:
            raise InvalidJob(
                path=f"payloads[{position}]",
                value=f"{size} bytes",
                rule=f"must be smaller than {limits.body_bytes} bytes, its tag included",
            )
        if payload.get("type") == MULTI_CIRCUIT:
            raise InvalidJob(
                path=f"payloads[{position}].type",
                value=MULTI_CIRCUIT,
                rule="is a pack already: submit it without packing",
            )
        if payload.get("type", SINGLE_CIRCUIT) != SINGLE_CIRCUIT:
            return cls(position, payload, f"#{position}", {}, 0, size)
        program = object_or_none(payload.get("input")) or {}
        gates = program.get("circuit")
        if not isinstance(gates, list):
            raise InvalidJob(
                path=f"payloads[{position}].input.circuit",
                value=gates,
                rule="must be a list of gates",
            )
        number_of_gates = len(cast("list[object]", gates))
        circuit = {name: program[name] for name in _OF_THE_CIRCUIT if name in program}
        circuit.setdefault("gateset", _DEFAULT_GATESET)
        if payload.get("name") is not None:
            circuit["name"] = payload["name"]
        kind = json.dumps([_shared(payload), _shared_input(program)], sort_keys=True)
        return cls(position, payload, kind, circuit, number_of_gates, _size(circuit))


class _Growing:
    """A pack that is being filled."""

    def __init__(self, first: _Part, limits: PackLimits) -> None:
        self._limits = limits
        self._parts = [first]
        self._gates = first.gates
        envelope = _size(_shared(first.payload)) + _size(_shared_input(_input(first)))
        self._bytes = envelope + _ROOM_FOR_A_TAG + _ROOM_FOR_NAMES + first.bytes

    def has_room_for(self, part: _Part) -> bool:
        return (
            len(self._parts) < self._limits.circuits
            and self._gates + part.gates <= self._limits.gates
            and self._bytes + part.bytes + len(", ") <= self._limits.body_bytes
        )

    def add(self, part: _Part) -> None:
        self._parts.append(part)
        self._gates += part.gates
        self._bytes += part.bytes + len(", ")

    def packed(self) -> Pack:
        first = self._parts[0]
        if len(self._parts) == 1:
            return Pack(dict(first.payload), (first.position,), is_multi=False)
        circuits = [part.circuit for part in self._parts]
        program = _shared_input(_input(first)) | {"gateset": circuits[0]["gateset"]}
        widths = [width for circuit in circuits if isinstance(width := circuit.get("qubits"), int)]
        if widths:
            program["qubits"] = max(widths)
        return Pack(
            {
                **_shared(first.payload),
                "type": MULTI_CIRCUIT,
                "input": {**program, "circuits": circuits},
            },
            tuple(part.position for part in self._parts),
            is_multi=True,
        )


# Bytes for `"type": "ionq.multi-circuit.v1", "input": {"gateset": "native", "qubits": 36,
# "circuits": [...]}` around what is counted singly.
_ROOM_FOR_NAMES: Final = 200


def _shared(payload: Mapping[str, Any]) -> dict[str, Any]:
    """What the circuits of one job have in common."""
    return {key: value for key, value in payload.items() if key not in ("type", "name", "input")}


def _shared_input(program: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in program.items() if key not in _OF_THE_CIRCUIT}


def _input(part: _Part) -> Mapping[str, Any]:
    return object_or_none(part.payload.get("input")) or {}


def _size(value: object) -> int:
    # With blanks and escapes, as the wordiest writer of JSON has it: never less than what is sent.
    return len(json.dumps(value))


def in_callers_order(packs: Sequence[Pack], results: Iterable[Sequence[T]]) -> list[T]:
    """One result for each of the caller's circuits, in the caller's order.

    Args:
        packs: The packs.
        results: Of each pack, the results in the order of its circuits.

    Raises:
        IonQError: There are more or fewer than circuits; which is whose is not known.
    """
    placed: dict[int, T] = {}
    for pack, outcomes in zip(packs, results, strict=True):
        if len(outcomes) != len(pack.positions):
            raise IonQError(
                f"{len(outcomes)} results for the {len(pack.positions)} circuits of a job"
            )
        placed.update(zip(pack.positions, outcomes, strict=True))
    return [placed[position] for position in sorted(placed)]
