"""Around the numbers: which engine runs, cancelling, memory, process boundaries, start-up."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
import tracemalloc
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import numpy as np
import pytest

from ionq_emulator.simulation import (
    Outcome,
    Precision,
    SimulationCancelled,
    SimulationFailure,
    Task,
    memory_needed,
    simulate,
)

Program = dict[str, Any]

BELL: Program = {
    "qubits": 2,
    "circuit": [{"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}],
}


def layers(qubits: int, depth: int) -> Program:
    """Rotations and entanglers on all qubits, again and again."""
    gates: list[Program] = []
    for layer in range(depth):
        gates += [
            {"gate": "ry", "target": qubit, "rotation": 0.1 + 0.3 * qubit + layer}
            for qubit in range(qubits)
        ]
        gates += [
            {"gate": "cnot", "control": qubit, "target": (qubit + 1 + layer) % qubits}
            for qubit in range(0, qubits - 1, 2)
            if (qubit + 1 + layer) % qubits != qubit
        ]
    return {"qubits": qubits, "circuit": gates}


def in_new_process(code: str) -> str:
    environment = {"PYTHONPATH": ":".join(sys.path)}
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    return found.stdout.strip()


# --- Engines ----------------------------------------------------------------------------------


def test_auto_takes_the_compiled_engine() -> None:
    assert simulate(Task(BELL, None)).engine == "lightning"
    assert simulate(Task(BELL, None, engine="numpy")).engine == "numpy"


WITHOUT = """
import sys
{prepare}
from ionq_emulator.simulation import SimulationFailure, Task, simulate
bell = {bell}
outcome = simulate(Task(bell, None))
assert outcome.probabilities == {{"0": 0.5, "3": 0.5}}
try:
    simulate(Task(bell, None, engine="lightning"))
except SimulationFailure as refused:
    print(outcome.engine, refused.code)
"""


OTHER = """
from pennylane_lightning import lightning_qubit_ops as ops
class Vector(ops.StateVectorC128):
    {change}
ops.StateVectorC128 = Vector
"""
PREPARATIONS = {
    "absent": "sys.modules['pennylane_lightning'] = None",
    "method gone": OTHER.format(change="applyMatrix = property()"),
    "other arguments": OTHER.format(change="def CNOT(self, wires): pass"),
    "other meaning": OTHER.format(change="def IsingXX(self, *a): return super().IsingYY(*a)"),
}


@pytest.mark.parametrize("prepare", PREPARATIONS.values(), ids=PREPARATIONS)
def test_numpy_takes_over_where_the_binding_is_not_what_is_known(prepare: str) -> None:
    assert in_new_process(WITHOUT.format(prepare=prepare, bell=BELL)) == "numpy InvalidInput"


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(SimulationFailure, match="engine: 'abacus' is not known"):
        simulate(Task(BELL, None, engine="abacus"))  # type: ignore[arg-type]  # what is tested


def test_importing_loads_no_large_library() -> None:
    code = """
import sys, ionq_emulator.simulation
heavy = {"scipy", "pennylane", "pennylane_lightning", "openqasm3", "antlr4"} & set(sys.modules)
print(sorted(heavy))
"""
    assert in_new_process(code) == "[]"


# --- Results ----------------------------------------------------------------------------------


@pytest.mark.parametrize("precision", ["double", "single"])
def test_probabilities_sum_to_one_and_zeros_are_dropped(precision: Precision) -> None:
    for program in (BELL, layers(6, 5), layers(11, 3)):
        outcome = simulate(Task(program, None, precision=precision))
        assert sum(outcome.probabilities.values()) == pytest.approx(1, abs=1e-12)
        assert min(outcome.probabilities.values()) > 0
    # Interference to nothing leaves rounding, which is no outcome.
    mirror = [*layers(6, 2)["circuit"][:6]]
    mirror += [{**gate, "rotation": -gate["rotation"]} for gate in mirror]
    outcome = simulate(Task({"qubits": 6, "circuit": mirror}, None, precision=precision))
    assert outcome.probabilities == {"0": 1.0}


def test_small_probabilities_are_kept() -> None:
    gate = {"gate": "ry", "target": 0, "rotation": 2e-7}
    found = simulate(Task({"circuit": [gate]}, None)).probabilities
    assert found["1"] == pytest.approx(1e-14)


def test_an_outcome_has_no_counts_without_shots() -> None:
    outcome = simulate(Task(BELL, None, debiasing=False))
    assert (outcome.counts, outcome.shots, outcome.sharpened) == (None, None, None)
    assert outcome.variants == ()
    assert outcome.registers == {}


def test_a_million_states_cross_to_another_process() -> None:
    program = {"qubits": 20, "circuit": [{"gate": "h", "targets": list(range(20))}]}
    outcome = simulate(Task(program, None))
    copy: Outcome = pickle.loads(pickle.dumps(outcome))
    probabilities = copy.probabilities
    assert len(probabilities) == 2**20
    assert probabilities["1048575"] == pytest.approx(2**-20)


def test_tasks_and_outcomes_cross_processes() -> None:
    tasks = [Task(BELL, None), Task(layers(5, 3), 100, noise="aria-1", seed=4, debiasing=True)]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        for task, outcome in zip(tasks, pool.map(simulate, tasks), strict=True):
            here = simulate(task)
            assert outcome.probabilities == here.probabilities
            assert outcome.shots == here.shots
            assert [v.counts for v in outcome.variants] == [v.counts for v in here.variants]
        unknown = pool.submit(simulate, Task({"circuit": [{"gate": "?"}]}, None))
        with pytest.raises(SimulationFailure, match="UnsupportedGate"):
            unknown.result()


# --- Cancelling and memory --------------------------------------------------------------------


LONG_EVOLUTION: Program = {
    "qubits": 12,
    "circuit": [
        {
            "gate": "pauliexp",
            "targets": list(range(12)),
            "terms": ["XYZ" * 4, "ZXX" * 3 + "XYI"],
            "coefficients": [1.0, 1.0],
            "time": 1e6,
        }
    ],
}


@pytest.mark.parametrize(
    "task",
    [
        Task(layers(19, 400), None),
        Task(layers(21, 400), None),
        Task(layers(12, 300), 100_000, noise="aria-1"),
        Task(layers(15, 300), 1000, noise="aria-1", engine="numpy"),
        Task(LONG_EVOLUTION, None),
    ],
    ids=["whole", "blocks", "prepared trajectories", "merged trajectories", "one long gate"],
)
def test_a_long_run_can_be_cancelled(task: Task) -> None:
    stop = threading.Event()
    timer = threading.Timer(0.3, stop.set)
    timer.start()
    try:
        with pytest.raises(SimulationCancelled):
            simulate(task, cancelled=stop.is_set)
        assert stop.is_set()
    finally:
        timer.cancel()


def test_a_run_that_nobody_cancels_ends() -> None:
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return False

    assert simulate(Task(BELL, 100, noise="aria-1"), cancelled=cancelled).counts
    assert asked > 0


@pytest.mark.parametrize("precision", ["double", "single"])
@pytest.mark.parametrize("noisy", [False, True])
def test_memory_stays_within_what_is_announced(precision: Precision, noisy: bool) -> None:
    """NumPy's arrays are traced; the compiled engine's own vector is no larger than a block."""
    qubits = 20
    program = layers(qubits, 2)
    task = Task(
        program,
        3 if noisy else None,
        noise="harmony-1" if qubits < 12 else "aria-1" if noisy else "ideal",
        precision=precision,
    )
    simulate(Task(BELL, None))  # imports
    tracemalloc.start()
    try:
        simulate(task)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    needed = memory_needed(qubits, precision, noisy=noisy)
    assert 0.3 * needed < peak < needed


def test_what_does_not_fit_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_memory(*_: Any, **__: Any) -> Any:
        raise MemoryError

    monkeypatch.setattr(np, "zeros", no_memory)  # a fault: no machine has room to spare to test it
    with pytest.raises(SimulationFailure, match="3 qubits do not fit") as caught:
        simulate(Task(layers(3, 1), None))
    assert caught.value.code == "SimulationError"


def test_29_qubits_fit_into_13_gib() -> None:
    state_and_probabilities = 2**29 * (16 + 8)
    assert state_and_probabilities < memory_needed(29) < 13 * 2**30
