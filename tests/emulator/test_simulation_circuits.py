"""Random circuits over all gates and controls agree with an independent simulator."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import numpy as np
import pytest

from ionq_emulator.simulation import EngineName, Precision, Task, read_circuit, simulate
from ionq_emulator.simulation._gates import MAX_CONTROLS, NATIVE_GATES, QIS_GATES
from ionq_emulator.simulation._kernels import choose_kernel
from ionq_emulator.simulation._statevector import StateVector
from ionq_emulator.simulation._steps import lower
from tests.emulator import reference_simulator as reference
from tests.emulator.reference_simulator import Array

Program = dict[str, Any]

CIRCUITS = 200
TOLERANCE: dict[Precision, float] = {"double": 1e-9, "single": 1e-5}
ANGLES = {"rx", "ry", "rz", "xx", "yy", "zz"}
PAIRS = {"swap", "xx", "yy", "zz", "ms"}


def random_gate(random: np.random.Generator, name: str, qubits: int, native: bool) -> Program:
    """Any gate with any fields it may have, on any qubits, with 0 to 7 controls."""
    gate: Program = {"gate": name}
    places = random.permutation(qubits).tolist()
    count = 2 if name in PAIRS else int(random.integers(1, 4)) if name == "pauliexp" else 1
    targets, others = places[:count], places[count:]
    if count == 1 and name != "pauliexp" and random.random() < 0.2:
        targets = places[: int(random.integers(1, 4))]  # a list: the gate on each
        others = places[len(targets) :]
    if len(targets) == 1 and random.random() < 0.5 and name != "pauliexp":
        gate["target"] = targets[0]
    else:
        gate["targets"] = targets
    needed = 1 if name == "cnot" else 0
    if name != "nop" and (needed or random.random() < 0.4):
        number = int(random.integers(max(needed, 1), min(len(others), MAX_CONTROLS) + 1))
        if number == 1 and random.random() < 0.5:
            gate["control"] = others[0]
        else:
            gate["controls"] = others[:number]
    turns = random.uniform(-1, 1, 3)
    if name in {"gpi", "gpi2"}:
        gate["phase"] = turns[0]
    elif name == "ms":
        gate["phases"] = turns[:2].tolist()
        if random.random() < 0.7:
            gate["angle"] = abs(turns[2]) / 4
    elif native and name == "zz":
        gate["angle"] = turns[0]
    elif name in ANGLES or (name == "z" and random.random() < 0.5):
        gate["rotation"] = turns[0] * 7
    elif name == "pauliexp":
        words = int(random.integers(1, 4))
        letters = random.choice(list("IXYZ"), (words, len(targets)))
        gate["terms"] = ["".join(word) for word in letters]
        gate["coefficients"] = random.normal(size=words).tolist()
        gate["time"] = abs(turns[1]) * 2
    return gate


@cache
def circuit(seed: int) -> Program:
    """Every fourth is native. Gates are taken in turn, so that each is in many circuits."""
    random = np.random.default_rng(seed)
    native = seed % 4 == 3
    table = list(NATIVE_GATES if native else QIS_GATES)
    qubits = int(random.integers(5, 10))
    names = ["gpi2"] * qubits if native else ["ry"] * qubits  # out of the computational basis
    gates = [random_gate(random, name, qubits, native) for name in names]
    names = [table[(seed * 12 + place) % len(table)] for place in range(12)]
    gates += [random_gate(random, name, qubits, native) for name in names]
    return {"gateset": "native" if native else "qis", "qubits": qubits, "circuit": gates}


@cache
def expected(seed: int) -> Array:
    return reference.probabilities(circuit(seed))


def simulated(program: Program, engine: EngineName, precision: Precision) -> Array:
    outcome = simulate(Task(program, None, engine=engine, precision=precision))
    dense = np.zeros(2 ** program["qubits"])
    dense[outcome.outcomes] = outcome.weights
    return dense


@pytest.mark.parametrize("first", range(0, CIRCUITS, 20))
def test_random_circuits_agree(first: int) -> None:
    for seed in range(first, first + 20):
        for precision, tolerance in TOLERANCE.items():
            for engine in ("lightning", "numpy"):
                difference = simulated(circuit(seed), engine, precision) - expected(seed)
                assert np.abs(difference).max() < tolerance, (seed, engine, precision)


def test_the_random_circuits_contain_everything() -> None:
    gates = [gate for seed in range(CIRCUITS) for gate in circuit(seed)["circuit"]]
    qis = Counter(
        gate["gate"]
        for seed in range(CIRCUITS)
        if seed % 4 != 3
        for gate in circuit(seed)["circuit"]
    )
    assert set(qis) == set(QIS_GATES)
    assert min(qis.values()) > 20
    assert {gate["gate"] for gate in gates} == {*QIS_GATES, *NATIVE_GATES}
    controls = Counter(len(gate.get("controls", [0] * ("control" in gate))) for gate in gates)
    assert set(controls) == set(range(MAX_CONTROLS + 1))
    assert any(len(gate.get("targets", [])) > 1 and gate["gate"] == "h" for gate in gates)


@pytest.mark.parametrize("engine", ["lightning", "numpy"])
def test_wide_non_commuting_sums_agree(engine: EngineName) -> None:
    """Too wide for a matrix (more than 8 qubits), so a series on the state is used."""
    random = np.random.default_rng(5)
    words = ["".join(random.choice(list("IXYZ"), 9)) for _ in range(6)]
    gates: list[Program] = [
        {"gate": "ry", "target": qubit, "rotation": 0.3 + 0.2 * qubit} for qubit in range(10)
    ]
    evolution = {"gate": "pauliexp", "terms": words, "time": 1.5}
    coefficients = random.normal(size=6).tolist()
    gates.append({**evolution, "coefficients": coefficients, "targets": list(range(1, 10))})
    controlled = {"targets": [0, 1, 2, 3, 5, 6, 7, 8, 9], "controls": [4]}
    gates.append({**evolution, "coefficients": coefficients, **controlled})
    program = {"qubits": 10, "circuit": gates}
    difference = simulated(program, engine, "double") - reference.probabilities(program)
    assert np.abs(difference).max() < 1e-12


@pytest.mark.parametrize("engine", ["lightning", "numpy"])
@pytest.mark.parametrize("block", [4, 6])
def test_states_larger_than_a_block_agree(engine: EngineName, block: int) -> None:
    """The cache-blocked run, at sizes a test can afford."""
    wide = [seed for seed in range(CIRCUITS) if circuit(seed)["qubits"] >= 8]
    assert len(wide) > 50
    kernel = choose_kernel(engine, "double")
    for seed in wide:
        operations = read_circuit(circuit(seed)).operations
        state = StateVector(
            circuit(seed)["qubits"], kernel, "double", pause=lambda: None, block=block
        )
        half = len(operations) // 2
        state.run(lower(operations[:half]))
        difference = state.measure(lower(operations[half:])) - expected(seed)
        assert np.abs(difference).max() < 1e-12, seed


def test_a_state_of_21_qubits_is_the_same_in_blocks_of_18() -> None:
    """A product state run through entangling gates and back is what it was."""
    random = np.random.default_rng(1)
    angles = random.uniform(0, np.pi, 21)
    start = [{"gate": "ry", "target": q, "rotation": angle} for q, angle in enumerate(angles)]
    pairs = [random.permutation(21)[:2].tolist() for _ in range(60)]
    kinds = random.choice(["xx", "yy", "zz"], 60)
    middle = [
        {"gate": kind, "targets": pair, "rotation": 0.7 + 0.1 * place}
        for place, (kind, pair) in enumerate(zip(kinds.tolist(), pairs, strict=True))
    ]
    back = [{**gate, "rotation": -gate["rotation"]} for gate in reversed(middle)]
    outcome = simulate(Task({"qubits": 21, "circuit": [*start, *middle, *back]}, None))
    for qubit in (0, 7, 17, 18, 20):
        one = outcome.weights[outcome.outcomes >> qubit & 1 == 1].sum()
        assert one == pytest.approx(np.sin(angles[qubit] / 2) ** 2, abs=1e-9)
    heaviest = outcome.outcomes[np.argmax(outcome.weights)]
    assert heaviest == sum(1 << q for q, angle in enumerate(angles) if angle > np.pi / 2)
