"""One task from program to outcome. Imports this package and numpy."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from ._channel import noisy_probabilities
from ._counting import count_gates
from ._errors import draw_errors
from ._failures import SimulationCancelled, SimulationFailure
from ._kernels import choose_kernel
from ._noise_models import noise_model
from ._outcome import Outcome
from ._random import Stream
from ._reading import MAX_QUBITS, MAX_WIDTH, read_circuit
from ._sampling import distribution, sample, spread, tally
from ._statevector import StateVector
from ._steps import lower
from ._trajectories import run_trajectories
from ._variants import make_variants, vote

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ._circuit import Circuit, Operation
    from ._kernel import Pause
    from ._noise_models import NoiseModel
    from ._outcome import FloatArray, IntArray, Variant
    from ._task import Precision, Task

__all__ = ["MAX_SHOTS", "memory_needed", "simulate"]

MAX_SHOTS = 1_000_000
"""Shots of one job (the v0.4 document)."""

_EXACT_QUBITS = 11
"""Widest density matrix: 4**11 amplitudes are 64 MiB."""


def simulate(task: Task, *, cancelled: Callable[[], bool] | None = None) -> Outcome:
    """Run one circuit.

    Args:
        task: What to run. The same task has the same outcome on every machine; with another engine
            too, except in single precision (see `sample`).
        cancelled: Asked between gates and trajectories, at most every 10 ms.

    Raises:
        SimulationFailure: The program is faulty (see `read_circuit`), needs more than 29 active
            qubits or than the noise model takes (`NotEnoughQubits`), asks for too many shots
            (`TooManyShots`), names no known noise model or engine (`InvalidInput`), or does not
            fit into memory (`SimulationError`).
        SimulationCancelled: `cancelled` answered True.
    """
    model = noise_model(task.noise)
    _check_shots(task)
    circuit = read_circuit(task.program, max_qubits=MAX_WIDTH, controlled_swap=task.controlled_swap)
    active, operations = _compacted(circuit)
    limit = min(MAX_QUBITS, model.qubits)
    if len(active) > limit:
        raise SimulationFailure(
            "NotEnoughQubits",
            f"{len(active)} qubits have gates, the {model.name} simulation takes {limit}",
        )
    run = _Run(task, model, operations, len(active), _pause(cancelled))
    try:
        return _outcome(task, circuit, active, run)
    except MemoryError:
        raise SimulationFailure(
            "SimulationError", f"{len(active)} qubits do not fit into this machine's memory"
        ) from None


def memory_needed(qubits: int, precision: Precision = "double", *, noisy: bool = False) -> int:
    """Peak memory of a simulation, in bytes.

    Args:
        qubits: Qubits that have gates.
        precision: Of the state vector.
        noisy: Simulated with a noise model: one more state, or a density matrix.
    """
    amplitude = 16 if precision == "double" else 8
    # The state beside its probabilities; afterwards these beside the outcome's keys and weights.
    size = (1 << qubits) * max(amplitude * (2 if noisy else 1) + 8, 25)
    if noisy and qubits <= _EXACT_QUBITS:
        size += 2 * 16 << 2 * qubits
    # Blocks, the engine's own vector for one, and what the program itself takes.
    return size + (3 * amplitude << min(qubits, 18)) + (16 << 20)


def _check_shots(task: Task) -> None:
    if task.shots is None:
        if task.noise != "ideal":
            raise SimulationFailure("InvalidInput", f"shots: noise model {task.noise!r} needs them")
        if task.debiasing:
            raise SimulationFailure("InvalidInput", "shots: debiasing needs them")
    elif task.shots < 1:
        raise SimulationFailure("InvalidInput", f"shots: {task.shots} is less than 1")
    elif task.shots > MAX_SHOTS:
        raise SimulationFailure("TooManyShots", f"shots: {task.shots} is more than {MAX_SHOTS}")


def _compacted(circuit: Circuit) -> tuple[tuple[int, ...], list[Operation]]:
    """The qubits that have gates, ascending, and the gates on them renumbered from 0."""
    gates = [operation for operation in circuit.operations if operation.gate != "nop"]
    used = {qubit for operation in gates for qubit in (*operation.targets, *operation.controls)}
    active = tuple(sorted(used)) or (0,)
    if active == tuple(range(len(active))):
        return active, gates
    place = {qubit: number for number, qubit in enumerate(active)}
    return active, [
        operation._replace(
            targets=tuple(place[qubit] for qubit in operation.targets),
            controls=tuple(place[qubit] for qubit in operation.controls),
        )
        for operation in gates
    ]


def _outcome(task: Task, circuit: Circuit, active: Sequence[int], run: _Run) -> Outcome:
    shots: IntArray | None = None
    tallies: IntArray | None = None
    variants: tuple[Variant, ...] = ()
    if task.shots is None:
        states, weights = distribution(run.ideal(), task.precision)
        outcomes = spread(states, active)
    else:
        shots = spread(run.shots(task.shots), active)
        outcomes, tallies = tally(shots)
        weights = tallies / task.shots
        if task.debiasing:
            variants = make_variants(shots, circuit.qubits, Stream(task.seed, "variants"))
    return Outcome(
        qubits=circuit.qubits,
        outcomes=outcomes,
        weights=weights,
        gate_counts=count_gates(circuit),
        tallies=tallies,
        shot_outcomes=shots,
        variants=variants,
        voted=vote(variants) if variants else None,
        register_qubits=circuit.registers,
        engine=run.kernel.name,
    )


class _Run:
    """The numerical part of a task."""

    def __init__(
        self,
        task: Task,
        model: NoiseModel,
        operations: list[Operation],
        qubits: int,
        pause: Pause,
    ) -> None:
        self.kernel = choose_kernel(task.engine, task.precision)
        self._task = task
        self._model = model
        self._operations = operations
        self._qubits = qubits
        self._pause = pause

    def ideal(self) -> FloatArray:
        """Probabilities of all states, without noise."""
        state = StateVector(self._qubits, self.kernel, self._task.precision, self._pause)
        return state.measure(lower(self._operations))

    def shots(self, shots: int) -> IntArray:
        """One outcome per shot."""
        seed, precision = self._task.seed, self._task.precision
        uniform = Stream(seed, "shots").uniform(shots)
        if self._model.name == "ideal":
            return sample(*distribution(self.ideal(), precision), uniform)
        errors = draw_errors(
            self._operations,
            self._model,
            shots,
            Stream(seed, "errors"),
            self._pause,
            most_patterns=self._most_patterns(),
        )
        if errors is None:
            kernel = choose_kernel(self._task.engine, "double")
            probabilities = noisy_probabilities(
                self._operations, self._qubits, self._model, kernel, self._pause
            )
            return sample(*distribution(probabilities, "double"), uniform)
        return run_trajectories(
            self._operations,
            self._qubits,
            errors,
            uniform,
            kernel=self.kernel,
            precision=precision,
            pause=self._pause,
        )

    def _most_patterns(self) -> float:
        """From how many trajectories on a density matrix takes less time, by measured costs.

        It depends on the task alone, never on the engine or the clock: a seed has one result.
        """
        if self._qubits > _EXACT_QUBITS:
            return float("inf")
        size: int = 2**self._qubits
        gates = len(self._operations)
        exact = gates * (30e-6 + size * size * 5e-9)
        return exact / (20e-6 + gates * (0.12e-6 + size * 0.17e-9))


def _pause(cancelled: Callable[[], bool] | None) -> Pause:
    if cancelled is None:
        return _go_on
    last = float("-inf")

    def pause() -> None:
        nonlocal last
        now = monotonic()
        if now - last > 0.01:
            last = now
            if cancelled():
                raise SimulationCancelled

    return pause


def _go_on() -> None:
    """Nobody can cancel."""
