"""Noise is IonQ's published depolarizing model: exact where small, sampled right, seeded."""

from __future__ import annotations

import json
import subprocess
import sys
from math import erfc, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ionq_emulator.simulation import (
    NOISE_MODELS,
    EngineName,
    NoiseModel,
    Outcome,
    SimulationFailure,
    Task,
    count_gates,
    read_circuit,
    simulate,
)
from ionq_emulator.simulation._channel import noisy_probabilities
from ionq_emulator.simulation._errors import PauliError, draw_errors, noise_sites
from ionq_emulator.simulation._kernels import choose_kernel
from ionq_emulator.simulation._random import Stream
from ionq_emulator.simulation._trajectories import run_trajectories
from tests.emulator import reference_simulator as reference
from tests.emulator.reference_simulator import Array

Program = dict[str, Any]

BELL: Program = {
    "qubits": 2,
    "circuit": [{"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}],
}
GHZ3: Program = {
    "qubits": 3,
    "circuit": [*BELL["circuit"], {"gate": "cnot", "control": 1, "target": 2}],
}
MIXED: Program = {
    "qubits": 3,
    "circuit": [
        {"gate": "h", "targets": [0, 1, 2]},
        {"gate": "t", "target": 0},
        {"gate": "zz", "targets": [0, 1], "rotation": 0.4},
        {"gate": "x", "target": 2, "controls": [0, 1]},
        {"gate": "rx", "target": 1, "rotation": 1.1},
        {"gate": "s", "target": 2},
        {"gate": "cnot", "control": 1, "target": 0},
        {
            "gate": "pauliexp",
            "targets": [0, 1, 2],
            "terms": ["XYZ", "ZZI"],
            "coefficients": [0.3, 0.2],
            "time": 1.0,
        },
        {"gate": "xx", "targets": [2, 0], "rotation": 0.9},
        {"gate": "h", "targets": [0, 1]},
    ],
}
LOUD = NoiseModel("loud", 0.08, 0.2, 29, published=False, source="a test: much of everything")


# --- The published numbers --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "one", "two", "qubits"),
    [
        ("aria-1", 0.0005, 0.0133, 25),
        ("aria-2", 0.0006573333333333332, 0.01856, 25),
        ("forte-1", 0.0002666666666666667, 0.004949333333333333, 29),
        ("ideal", 0, 0, 29),
    ],
)
def test_strengths_are_the_published_ones(model: str, one: float, two: float, qubits: int) -> None:
    row = NOISE_MODELS[model]
    assert (row.one_qubit, row.two_qubit, row.qubits) == (one, two, qubits)
    assert row.published


def test_stand_ins_say_that_they_are() -> None:
    stand_ins = {name for name, model in NOISE_MODELS.items() if not model.published}
    assert stand_ins == {"forte-enterprise-1", "harmony", "harmony-1", "harmony-2"}
    assert all("no strengths published" in NOISE_MODELS[name].source for name in stand_ins)


# --- The exact channel against an independent density matrix ----------------------------------


def kraus(strength: float, qubits: int) -> list[Array]:
    """IonQ docs, simulation with noise models: K0 = sqrt(1-3r/4) I, Ki = sqrt(r/4) sigma_i, and
    K00 = sqrt(1-15r/16) I x I, Kij = sqrt(r/16) sigma_i x sigma_j.
    """
    sigma = [np.eye(2), np.array([[0, 1], [1, 0]]), np.array([[0, -1j], [1j, 0]]), np.diag([1, -1])]
    words = sigma if qubits == 1 else [np.kron(left, right) for left in sigma for right in sigma]
    count = len(words)
    weights = [1 - (count - 1) * strength / count, *[strength / count] * (count - 1)]
    return [np.sqrt(weight) * word for weight, word in zip(weights, words, strict=True)]


def on(qubits: tuple[int, ...], matrix: Array, width: int) -> Array:
    """A matrix on some qubits as one on all, bit by bit from its definition."""
    full = np.zeros((2**width, 2**width), complex)
    for column in range(2**width):
        inner = sum((column >> qubit & 1) << place for place, qubit in enumerate(qubits))
        for row_inner in range(2 ** len(qubits)):
            row = column
            for place, qubit in enumerate(qubits):
                row = row & ~(1 << qubit) | (row_inner >> place & 1) << qubit
            full[row, column] += matrix[row_inner, inner]
    return full


def exact(program: Program, model: NoiseModel) -> Array:
    """Probabilities from the dense density matrix, gates from PennyLane, channels from Kraus."""
    width = program["qubits"]
    state = np.zeros((2**width, 2**width), complex)
    state[0, 0] = 1
    for gate in program["circuit"]:
        for target in gate["targets"] if is_local(gate) else [None]:
            single = gate if target is None else {**gate, "targets": [target]}
            unitary = reference.unitary({"qubits": width, "circuit": [single]})
            state = unitary @ state @ unitary.conj().T
            for qubits in channels(single):
                strength = model.one_qubit if len(qubits) == 1 else model.two_qubit
                state = sum(
                    (full := on(qubits, operator, width)) @ state @ full.conj().T
                    for operator in kraus(strength, len(qubits))
                )
    return np.diag(state).real


def is_local(gate: Program) -> bool:
    return "targets" in gate and gate["gate"] in {"h", "x", "ry"}


def channels(gate: Program) -> list[tuple[int, ...]]:
    """The stated rule, by hand for the gates used here."""
    qubits = sorted(
        gate.get("targets", [gate.get("target")])
        + gate.get("controls", [gate["control"]] if "control" in gate else [])
    )
    if gate["gate"] == "pauliexp":  # XYZ: 4 two-qubit gates around a rotation, ZZ: 1 more
        return [(qubits[0],), (0, 1), (0, 2), (1, 2), (0, 1), (0, 2)]
    if len(qubits) == 3:  # 6 (3 - 2) two-qubit gates, on the pairs in turn
        return [(0, 1), (0, 2), (1, 2)] * 2
    return [tuple(qubits)]


@pytest.mark.parametrize("engine", ["lightning", "numpy"])
@pytest.mark.parametrize("program", [BELL, GHZ3, MIXED], ids=["bell", "ghz", "mixed"])
def test_density_matrix_is_exact(program: Program, engine: EngineName) -> None:
    kernel = choose_kernel(engine, "double")
    operations = read_circuit(program).operations
    for model in (LOUD, NOISE_MODELS["aria-1"]):
        found = noisy_probabilities(operations, program["qubits"], model, kernel, lambda: None)
        np.testing.assert_allclose(found, exact(program, model), atol=1e-13)


def test_one_gate_by_hand() -> None:
    # x then (1-r) rho + r I/2: the wrong outcome has probability r/2.
    operations = read_circuit({"qubits": 1, "circuit": [{"gate": "x", "target": 0}]}).operations
    found = noisy_probabilities(operations, 1, LOUD, choose_kernel("numpy", "double"), lambda: None)
    np.testing.assert_allclose(found, [0.04, 0.96], atol=1e-15)


def test_two_qubit_gate_by_hand() -> None:
    # h with r1, cnot with r2. Dephasing and flips of qubit 0 leave P(0) = P(1) = 1/2 in front of
    # the cnot, after it (1-r2) rho + r2 I/4: 00 and 11 get (1-r2)/2 + r2/4.
    found = noisy_probabilities(
        read_circuit(BELL).operations, 2, LOUD, choose_kernel("numpy", "double"), lambda: None
    )
    np.testing.assert_allclose(found, [0.45, 0.05, 0.05, 0.45], atol=1e-15)


def test_wide_gates_have_a_channel_for_each_gate_they_count_as() -> None:
    circuit = read_circuit(MIXED)
    sites = list(noise_sites(circuit.operations, LOUD))
    counts = count_gates(circuit)
    assert sum(len(site.qubits) == 1 for site in sites) == counts["1q"]
    assert sum(len(site.qubits) == 2 for site in sites) == counts["2q"]


# --- Trajectories against the exact channel ---------------------------------------------------


def chi_square_probability(counts: Array, probabilities: Array) -> float:
    """How often a sample of the distribution is at least this far off (Wilson-Hilferty)."""
    assert counts[probabilities < 1e-12].sum() == 0
    keep = probabilities >= 1e-12
    expected = probabilities[keep] * counts.sum()
    freedom = keep.sum() - 1
    statistic = ((counts[keep] - expected) ** 2 / expected).sum()
    cubic = (statistic / freedom) ** (1 / 3) - (1 - 2 / (9 * freedom))
    return 0.5 * erfc(cubic / sqrt(2 / (9 * freedom)) / sqrt(2))


def trajectories(program: Program, shots: int, seed: int, engine: EngineName) -> tuple[Any, int]:
    """Outcomes by trajectories, whatever would be cheaper, and the number of patterns."""
    operations = read_circuit(program).operations
    errors = draw_errors(operations, LOUD, shots, Stream(seed, "errors"), lambda: None)
    assert errors is not None
    outcomes = run_trajectories(
        operations,
        program["qubits"],
        errors,
        Stream(seed, "shots").uniform(shots),
        kernel=choose_kernel(engine, "double"),
        precision="double",
        pause=lambda: None,
    )
    return outcomes, len(errors.patterns)


@pytest.mark.parametrize("engine", ["lightning", "numpy"])
@pytest.mark.parametrize("program", [BELL, GHZ3, MIXED], ids=["bell", "ghz", "mixed"])
def test_trajectories_sample_the_exact_distribution(program: Program, engine: EngineName) -> None:
    for seed in range(2):
        outcomes, _ = trajectories(program, 8_000, seed, engine)
        counts = np.bincount(outcomes, minlength=2 ** program["qubits"])
        assert chi_square_probability(counts, exact(program, LOUD)) > 1e-4


def test_the_test_above_would_notice_a_slightly_weaker_noise() -> None:
    shots = 8_000
    weaker = NoiseModel("weaker", 0.06, 0.16, 29, published=False, source="a test")
    counts = np.random.default_rng(1).multinomial(shots, exact(MIXED, weaker))
    assert chi_square_probability(counts, exact(MIXED, LOUD)) < 1e-6


def test_large_states_branch_from_checkpoints() -> None:
    """14 qubits: merged steps and shared beginnings instead of prepared calls. The qubits are
    pairs that do not interact, so each pair's marginal is the Bell pair's exact distribution.
    """
    tilt = {"gate": "rx", "rotation": 0.8}
    gates: list[Program] = []
    for first in range(0, 14, 2):
        gates += [
            {**tilt, "target": first},
            {"gate": "cnot", "control": first, "target": first + 1},
        ]
        gates += [{**tilt, "target": first + 1}]
    pair: Program = {"qubits": 2, "circuit": gates[:3]}
    outcomes, patterns = trajectories({"qubits": 14, "circuit": gates}, 400, 3, "lightning")
    assert patterns > 50
    pairs = np.concatenate([outcomes >> first & 3 for first in range(0, 14, 2)])
    counts = np.bincount(pairs, minlength=4)
    assert chi_square_probability(counts, exact(pair, LOUD)) > 1e-4


def test_errors_in_clifford_circuits_need_one_simulation() -> None:
    gates = [{"gate": "h", "target": 0}]
    gates += [{"gate": "cnot", "control": q, "target": q + 1} for q in range(19)]
    operations = read_circuit({"qubits": 20, "circuit": gates}).operations
    errors = draw_errors(operations, LOUD, 1000, Stream(0, "errors"), lambda: None)
    assert errors is not None
    assert errors.patterns == ((),)
    assert np.count_nonzero(errors.flips) > 500


@pytest.mark.parametrize(("angle", "clifford"), [(np.pi / 2, True), (1e-4, False), (0.2, False)])
def test_only_clifford_gates_let_every_error_pass(angle: float, clifford: bool) -> None:
    gates = [{"gate": "h", "target": 0}, {"gate": "rz", "target": 0, "rotation": angle}]
    operations = read_circuit({"circuit": [*gates, gates[0]]}).operations
    errors = draw_errors(operations, LOUD, 1000, Stream(0, "errors"), lambda: None)
    assert errors is not None
    # An X or Y after the first h is stopped by rz; a Z never is.
    stopped = [(PauliError(1, 1, 0),), (PauliError(1, 1, 1),)]
    assert list(errors.patterns) == ([()] if clifford else [(), *stopped])


# --- Whole runs -------------------------------------------------------------------------------


def counts_of(program: Program, shots: int, **options: Any) -> Outcome:
    return simulate(Task(program, shots, **options))


@pytest.mark.parametrize("shots", [1, 100, 1001, 50_000])
@pytest.mark.parametrize("noise", ["ideal", "aria-1", "harmony"])
def test_counts_add_up_and_agree_with_the_shots(noise: str, shots: int) -> None:
    outcome = counts_of(MIXED, shots, noise=noise, seed=5)
    assert outcome.counts is not None
    assert outcome.shots is not None
    assert sum(outcome.counts.values()) == len(outcome.shots) == shots
    assert {key: outcome.shots.count(key) for key in outcome.counts} == outcome.counts
    assert outcome.probabilities == {key: n / shots for key, n in outcome.counts.items()}


@pytest.mark.parametrize("noise", ["aria-1", "aria-2", "forte-1", "forte-enterprise-1", "harmony"])
def test_many_shots_follow_the_model(noise: str) -> None:
    """Enough shots that the exact channel is taken; a thousand are trajectories."""
    for shots, seed in ((200_000, 1), (1000, 2)):
        outcome = counts_of(MIXED, shots, noise=noise, seed=seed)
        counts = np.zeros(8)
        counts[outcome.outcomes] = outcome.tallies
        assert chi_square_probability(counts, exact(MIXED, NOISE_MODELS[noise])) > 1e-4


def test_shots_are_in_random_order() -> None:
    outcome = counts_of(BELL, 2000, noise="aria-1", seed=1)
    assert outcome.shots is not None
    changes = sum(a != b for a, b in zip(outcome.shots, outcome.shots[1:], strict=False))
    assert 850 < changes < 1150  # 1000 expected, 22 is one deviation


def test_idle_qubits_stay_zero_under_noise() -> None:
    program = {"qubits": 36, "circuit": [{"gate": "x", "target": 35}]}
    counts = counts_of(program, 1000, noise="harmony", seed=1).counts
    assert counts is not None
    assert set(counts) == {"0", str(1 << 35)}


class TestSeeds:
    """One seed, one result: on either engine, in every process."""

    @pytest.mark.parametrize("program", [BELL, GHZ3, MIXED], ids=["bell", "ghz", "mixed"])
    @pytest.mark.parametrize("shots", [300, 30_000])
    def test_both_engines_give_the_same_shots(self, program: Program, shots: int) -> None:
        engines: tuple[EngineName, ...] = ("lightning", "numpy")
        one, other = (
            counts_of(program, shots, noise="aria-1", seed=11, engine=engine) for engine in engines
        )
        assert (one.engine, other.engine) == engines
        assert one.shots == other.shots

    def test_another_process_gives_the_same_shots(self) -> None:
        code = (
            "import json, sys; from ionq_emulator.simulation import Task, simulate;"
            "program = json.load(sys.stdin);"
            "print(json.dumps(simulate(Task(program, 200, noise='forte-1', seed=-7)).shots))"
        )
        found = subprocess.run(
            [sys.executable, "-c", code],
            input=json.dumps(MIXED),
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": "random"},
        )
        assert json.loads(found.stdout) == counts_of(MIXED, 200, noise="forte-1", seed=-7).shots

    def test_shots_are_read_off_a_frozen_stream(self) -> None:
        """RandomState never changes (NEP 19): the seed's two words, then the purpose."""
        uniform = np.random.RandomState([2026, 0, *b"shots"]).random_sample(50)
        expected = ["0" if number < 0.5 else "3" for number in uniform]
        assert counts_of(BELL, 50, seed=2026).shots == expected

    def test_recorded_shots_stay_what_they_were(self) -> None:
        """Own output on purpose: a change here changes every recorded result of every user."""
        found = counts_of(MIXED, 12, noise="harmony", seed=2026).shots
        assert found == ["2", "0", "4", "6", "5", "3", "3", "0", "0", "0", "3", "4"]

    def test_other_seeds_give_other_shots(self) -> None:
        results = {tuple(counts_of(MIXED, 50, seed=seed).shots or ()) for seed in range(20)}
        assert len(results) == 20

    @given(seed=st.integers(-(2**31), 2**31 - 1))
    @settings(max_examples=25, deadline=None)
    def test_any_seed_is_good(self, seed: int) -> None:
        assert counts_of(BELL, 20, noise="aria-1", seed=seed).shots == (
            counts_of(BELL, 20, noise="aria-1", seed=seed).shots
        )


# --- Debiasing --------------------------------------------------------------------------------


class TestVariants:
    @pytest.mark.parametrize(
        ("qubits", "shots", "count"),
        [
            (1, 500, 1),
            (2, 500, 2),
            (3, 500, 6),
            (5, 500, 25),
            (5, 999, 25),
            (5, 30, 1),
            (9, 100, 5),
        ],
    )
    def test_number_of_variants(self, qubits: int, shots: int, count: int) -> None:
        """At most 25, at least 20 shots in each, and no more than there are permutations."""
        program = {"qubits": qubits, "circuit": [{"gate": "h", "targets": list(range(qubits))}]}
        outcome = counts_of(program, shots, debiasing=True, seed=1)
        assert len(outcome.variants) == count
        maps = [variant.qubit_map for variant in outcome.variants]
        assert len(set(maps)) == count
        assert maps[0] == tuple(range(qubits))
        assert all(sorted(qubit_map) == list(range(qubits)) for qubit_map in maps)

    @given(shots=st.integers(1, 3000), seed=st.integers(0, 1000))
    @settings(max_examples=25, deadline=None)
    def test_average_of_the_variants_is_the_result(self, shots: int, seed: int) -> None:
        outcome = counts_of(MIXED, shots, noise="aria-1", debiasing=True, seed=seed)
        sizes = [variant.shots for variant in outcome.variants]
        assert sum(sizes) == shots
        assert max(sizes) - min(sizes) <= 1
        total: dict[str, int] = {}
        for variant in outcome.variants:
            assert sum(variant.counts.values()) == variant.shots == len(variant.shot_outcomes)
            for key, count in variant.counts.items():
                total[key] = total.get(key, 0) + count
        assert total == outcome.counts
        assert {key: count / shots for key, count in total.items()} == outcome.probabilities

    def test_each_variant_votes_for_what_it_saw_most(self) -> None:
        gates = [{"gate": "rx", "target": 0, "rotation": 1.2}, {"gate": "x", "targets": [1, 2, 3]}]
        outcome = counts_of({"qubits": 4, "circuit": gates}, 600, noise="harmony", debiasing=True)
        votes: dict[str, float] = {}
        for variant in outcome.variants:
            best = max(variant.counts.values())
            winners = [key for key, count in variant.counts.items() if count == best]
            for key in winners:
                votes[key] = votes.get(key, 0) + variant.shots / len(winners)
        expected = {key: votes[key] / 600 for key in sorted(votes, key=int)}
        assert outcome.sharpened == pytest.approx(expected)
        # Noise is voted away: only the two states of the circuit itself are left.
        assert set(outcome.sharpened or ()) <= {"14", "15"} < set(outcome.counts or ())

    def test_debiasing_does_not_change_the_shots(self) -> None:
        plain = counts_of(MIXED, 700, noise="aria-1", seed=3)
        debiased = counts_of(MIXED, 700, noise="aria-1", seed=3, debiasing=True)
        assert plain.shots == debiased.shots
        assert plain.variants == ()
        assert plain.sharpened is None


# --- What cannot be run -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ({"shots": None, "noise": "aria-1"}, "InvalidInput", "shots: noise model 'aria-1'"),
        ({"shots": None, "debiasing": True}, "InvalidInput", "shots: debiasing"),
        ({"shots": 0}, "InvalidInput", "shots: 0 is less than 1"),
        ({"shots": 1_000_001}, "TooManyShots", "1000001 is more than 1000000"),
        ({"shots": 10, "noise": "osprey"}, "InvalidInput", "noise.model: 'osprey'"),
    ],
)
def test_failures_name_the_field(options: dict[str, Any], code: str, words: str) -> None:
    with pytest.raises(SimulationFailure, match=words) as caught:
        simulate(Task(BELL, **options))
    assert caught.value.code == code


@pytest.mark.parametrize(("noise", "limit"), [("harmony", 11), ("aria-1", 25), ("ideal", 29)])
def test_models_have_a_widest_circuit(noise: str, limit: int) -> None:
    program = {"qubits": 36, "circuit": [{"gate": "x", "targets": list(range(limit + 1))}]}
    with pytest.raises(SimulationFailure, match=f"{limit + 1} qubits have gates") as caught:
        simulate(Task(program, 10, noise=noise))
    assert caught.value.code == "NotEnoughQubits"
