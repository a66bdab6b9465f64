"""One task from program to outcome. Imports this package and numpy."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any

import numpy as np

from ._channel import noisy_probabilities
from ._counting import count_gates
from ._errors import draw_errors
from ._failures import SimulationCancelled, SimulationFailure
from ._kernels import choose_kernel
from ._noise_models import noise_model
from ._outcome import Joint, Outcome
from ._pauli import has_wide_evolution
from ._random import Stream
from ._reading import MAX_QUBITS, MAX_WIDTH, read_circuit
from ._sampling import DUST, distribution, sample, spread, tally
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

__all__ = [
    "MAX_OUTCOMES",
    "MAX_SHOTS",
    "check_width",
    "memory_needed",
    "simulate",
    "simulate_circuit",
]

MAX_SHOTS = 1_000_000
"""Shots of one job (the v0.4 document)."""

MAX_OUTCOMES = 1 << 28
"""Outcomes of one exact distribution: as JSON these are 9 GB. Beyond, it is a failure."""

_MOST_JOINT = 1 << 17
"""Outcomes of an exact distribution up to which registers are kept beside it."""

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
    _check_shots(task)  # before the circuit, which may take its time
    circuit = read_circuit(task.program, max_qubits=MAX_WIDTH, controlled_swap=task.controlled_swap)
    return simulate_circuit(task, circuit, cancelled=cancelled)


def simulate_circuit(
    task: Task, circuit: Circuit, *, cancelled: Callable[[], bool] | None = None
) -> Outcome:
    """Run a circuit that has been read; `task.program` does not count. As `simulate` otherwise."""
    _check_shots(task)
    check_width(circuit, task.noise)
    active, operations = _compacted(circuit)
    run = _Run(task, noise_model(task.noise), operations, len(active), _pause(cancelled))
    try:
        return _outcome(task, circuit, active, run)
    except MemoryError:
        raise SimulationFailure(
            "SimulationError", f"{len(active)} qubits do not fit into this machine's memory"
        ) from None


def check_width(circuit: Circuit, noise: str = "ideal") -> None:
    """Check that a noise model takes so many qubits.

    Raises:
        SimulationFailure: `NotEnoughQubits`, or `InvalidInput` for an unknown noise model.
    """
    model = noise_model(noise)
    limit = min(MAX_QUBITS, model.qubits)
    active = circuit.active_qubits
    if len(active) <= limit:
        return
    hidden = sum(qubit >= circuit.qubits for qubit in active)
    and_hidden = (
        f" ({hidden} of them hidden ones, for measurements and resets in the middle)"
        if hidden
        else ""
    )
    raise SimulationFailure(
        "NotEnoughQubits",
        f"{len(active)} qubits have gates{and_hidden}, the {model.name} simulation takes {limit}",
    )


def memory_needed(
    circuit: Circuit | int, precision: Precision = "double", *, noisy: bool = False
) -> int:
    """Peak memory of a simulation, in bytes.

    Args:
        circuit: The circuit, or how many qubits have gates.
        precision: Of the state vector.
        noisy: Simulated with a noise model: one more state, or a density matrix.
    """
    amplitude = 16 if precision == "double" else 8
    qubits, vectors = circuit, 2 if noisy else 1
    if not isinstance(circuit, int):
        qubits = len(circuit.active_qubits)
        if has_wide_evolution(circuit.operations):
            vectors += 4  # its series
    assert isinstance(qubits, int)
    states = 1 << qubits
    # The state beside its probabilities and the mask of those that are not dust; afterwards these
    # beside the outcome's keys and weights.
    size = max(states * (amplitude * vectors + 9), states * 9 + min(states, MAX_OUTCOMES) * 16)
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
    active = circuit.active_qubits or (0,)
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
    return Outcome(
        qubits=circuit.qubits,
        gate_counts=count_gates(circuit),
        register_qubits=circuit.registers,
        engine=run.kernel.name,
        **(
            _exact(task, circuit, active, run)
            if task.shots is None
            else _sampled(task, task.shots, circuit, active, run)
        ),
    )


def _exact(task: Task, circuit: Circuit, active: Sequence[int], run: _Run) -> dict[str, Any]:
    """The exact distribution of the circuit's own qubits, and with the hidden ones if not large."""
    probabilities = run.ideal()
    joint: Joint | None = None
    if circuit.hidden_qubits:
        own = [qubit for qubit in active if qubit < circuit.qubits]
        if _count_outcomes(probabilities, task.precision) < _MOST_JOINT:
            states, weights = distribution(probabilities, task.precision)
            joint = Joint(spread(states, active), weights)
        # The hidden qubits are the highest ones: adding up over them traces them out.
        probabilities = probabilities.reshape(-1, 1 << len(own)).sum(axis=0)
        active = own
    _check_outcomes(probabilities, task.precision)
    states, weights = distribution(probabilities, task.precision)
    return {"outcomes": spread(states, active), "weights": weights, "joint": joint}


def _check_outcomes(probabilities: FloatArray, precision: Precision) -> None:
    if len(probabilities) <= MAX_OUTCOMES:
        return
    count = _count_outcomes(probabilities, precision)
    if count > MAX_OUTCOMES:
        raise SimulationFailure(
            "SimulationError",
            f"{count} outcomes have a probability that is not zero,"
            f" at most {MAX_OUTCOMES} are kept",
        )


def _count_outcomes(probabilities: FloatArray, precision: Precision) -> int:
    return int(np.count_nonzero(probabilities > DUST[precision]))


def _sampled(
    task: Task, count: int, circuit: Circuit, active: Sequence[int], run: _Run
) -> dict[str, Any]:
    """Counts, and shot by shot."""
    shots = spread(run.shots(count), active)
    joint: Joint | None = None
    if circuit.hidden_qubits:
        outcomes, tallies = tally(shots)
        joint = Joint(outcomes, tallies / count, tallies, shots)
        shots = shots & ((1 << circuit.qubits) - 1)
    outcomes, tallies = tally(shots)
    variants: tuple[Variant, ...] = ()
    if task.debiasing:
        variants = make_variants(shots, circuit.qubits, Stream(task.seed, "variants"))
    return {
        "outcomes": outcomes,
        "weights": tallies / count,
        "tallies": tallies,
        "shot_outcomes": shots,
        "variants": variants,
        "voted": vote(variants) if variants else None,
        "joint": joint,
    }


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
            return sample(self.ideal(), precision, uniform)
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
            return sample(probabilities, "double", uniform)
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
