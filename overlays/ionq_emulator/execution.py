"""One circuit run and its results put into the form that is stored. Runs in a worker process.

May import: the simulation package, distributions and orjson.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

from ionq_emulator.distributions import LARGE, Arrays, Columns
from ionq_emulator.simulation import MAX_WIDTH, Outcome, Task, evaluate, read_energy, simulate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ionq_emulator.simulation import Variant

__all__ = ["Execution", "Run", "VariantResult", "execute"]


@dataclass(frozen=True, slots=True)
class Run:
    """What to run, and what to make of it.

    Attributes:
        task: The circuit.
        directory: Where distributions too large for JSON are put; None: they are sent back.
        registers: Also results by register name (OpenQASM circuits).
    """

    task: Task
    directory: str | None = None
    registers: bool = False


@dataclass(slots=True)
class VariantResult:
    """One variant of a debiased run: its qubit map, shots and result bodies by kind."""

    qubit_map: list[int]
    shots: int
    bodies: dict[str, bytes]


@dataclass(slots=True)
class Execution:
    """What running a circuit gave.

    Attributes:
        bodies: Kind (`probabilities`, `histogram`, `shots`, ...) to JSON text. Keys are decimal
            numbers with qubit 0 as the least significant bit.
        columns: The probabilities, when they are too large for JSON: in a file, or as they are.
        variants: Of a debiased run.
        values: Of a quantum function: `value` and `variance`.
    """

    bodies: dict[str, bytes] = field(default_factory=dict)
    columns: Columns | Arrays | None = None
    variants: list[VariantResult] = field(default_factory=list)
    values: dict[str, float] = field(default_factory=dict)


def execute(run: Run, cancelled: Callable[[], bool] | None = None) -> Execution:
    """Simulate and encode.

    Args:
        run: What to run.
        cancelled: Asked now and then whether to stop.

    Raises:
        SimulationFailure: The circuit cannot be run.
        SimulationCancelled: `cancelled` answered True.
    """
    function = run.task.program.get("function")
    if function is not None:
        energy = read_energy(function, max_qubits=MAX_WIDTH)
        return Execution(values=evaluate(run.task, energy, cancelled=cancelled)._asdict())
    outcome = simulate(run.task, cancelled=cancelled)
    variants = [_variant(variant) for variant in outcome.variants]
    if len(outcome.outcomes) >= LARGE:
        large = Arrays(outcome.outcomes, outcome.weights)
        columns = large if run.directory is None else large.write(run.directory)
        return Execution(_sampled(outcome), columns, variants)
    bodies = {"probabilities": orjson.dumps(outcome.probabilities), **_sampled(outcome)}
    if run.registers and outcome.register_qubits:
        bodies |= _registers(outcome)
    return Execution(bodies, None, variants)


def _sampled(outcome: Outcome) -> dict[str, bytes]:
    values = {
        "histogram": outcome.counts,
        "shots": outcome.shots,
        "sharpened": outcome.sharpened,
    }
    return {kind: orjson.dumps(value) for kind, value in values.items() if value is not None}


def _variant(variant: Variant) -> VariantResult:
    shots = [outcome for outcome, count in variant.counts.items() for _ in range(count)]
    values: dict[str, Any] = {
        "probabilities": variant.probabilities,
        "histogram": variant.counts,
        "shots": shots,
    }
    bodies = {kind: orjson.dumps(value) for kind, value in values.items()}
    return VariantResult(list(variant.qubit_map), variant.shots, bodies)


def _registers(outcome: Outcome) -> dict[str, bytes]:
    """Results by register (IonQ API, October 2026: the v2 formats).

    `output_all`, which the system adds, has every qubit as it is at the end. Bitstrings and lists
    of bits have bit 0 first: `x q[0]` on three qubits reads "100" (IonQ docs, v0.4, OpenQASM 3,
    "Reading results").
    """
    registers = {"output_all": outcome.every_qubit, **outcome.registers}
    bodies = {
        "probabilities-v2": _by_register(
            "probabilities", {name: one.probabilities for name, one in registers.items()}
        )
    }
    counts = {name: one.counts for name, one in registers.items() if one.counts is not None}
    shots = {name: _bits(one.shots) for name, one in registers.items() if one.shots is not None}
    if counts and shots:
        bodies["histogram-v2"] = _by_register("histogram", counts)
        by_shot = zip(*shots.values(), strict=True)
        values = [{"registers": dict(zip(shots, shot, strict=True))} for shot in by_shot]
        bodies["shots-v2"] = orjson.dumps({"shots": values})
    return bodies


def _by_register(
    kind: str, values: Mapping[str, dict[str, float]] | Mapping[str, dict[str, int]]
) -> bytes:
    registers = {
        name: {word[::-1]: value for word, value in of.items()} for name, of in values.items()
    }
    return orjson.dumps({kind: {"registers": registers}})


def _bits(words: list[str]) -> list[list[int]]:
    """Bit 0 first, the same list for the same word: there can be a million shots."""
    bits = {word: [int(bit) for bit in reversed(word)] for word in set(words)}
    return [bits[word] for word in words]
