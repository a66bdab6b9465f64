"""Results of real jobs, from the submission to the counts, by both halves of the library.

What is expected is worked out by hand: a rotation by θ about x leaves a qubit in 1 with probability
sin²(θ/2), and qubits that never meet are independent.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from ionq_direct import MultiResult, NoResults
from ionq_emulator import Emulator
from tests.emulator.support import BELL, bell, multi
from tests.routes import AsyncHalf, SyncHalf

ANGLES = (0.4, 1.1, 2.0)
ONES = [math.sin(angle / 2) ** 2 for angle in ANGLES]

Half = SyncHalf | AsyncHalf


@pytest.fixture(params=[SyncHalf, AsyncHalf], ids=["sync", "async"])
def half(shared: Emulator, request: pytest.FixtureRequest) -> Iterator[Half]:
    made: Half = request.param(shared.url)
    yield made
    made.end()


def submit(half: Half, payload: dict[str, Any]) -> Any:
    return half.call(half.ionq, "submit", payload)


def result_of(half: Half, payload: dict[str, Any], **asked: Any) -> Any:
    return half.call(submit(half, payload), "result", 30, **asked)


def rotations(*qubits: int) -> list[dict[str, Any]]:
    return [{"gate": "rx", "target": qubit, "rotation": ANGLES[qubit]} for qubit in qubits]


def tilted(**fields: Any) -> dict[str, Any]:
    """Three qubits, each turned by its own angle."""
    circuit = {"gateset": "qis", "qubits": 3, "circuit": rotations(0, 1, 2)}
    return bell(**{"input": circuit, **fields})


def expected() -> np.ndarray[Any, np.dtype[np.float64]]:
    """Index bit i is qubit i, hence the highest qubit is the leftmost factor."""
    vector = np.ones(1)
    for one in reversed(ONES):
        vector = np.kron(vector, [1 - one, one])
    return vector


# --- One circuit ----------------------------------------------------------------------------------


def test_every_form_of_an_ideal_result_agrees_with_the_product_state(half: Half) -> None:
    result = result_of(half, tilted(shots=1000))
    assert result.to_numpy() == pytest.approx(expected(), abs=1e-6)
    for qubit, one in enumerate(ONES):
        assert result.expectation_z([qubit]) == pytest.approx(1 - 2 * one, abs=1e-6)
        assert result.marginal([qubit]).probabilities["1"] == pytest.approx(one, abs=1e-6)
    parity = math.prod(1 - 2 * one for one in ONES)
    assert result.expectation_z([0, 1, 2]) == pytest.approx(parity, abs=1e-6)
    assert sum(result.counts.values()) == 1000
    for outcome, share in enumerate(expected()):
        assert abs(result.counts.get(f"{outcome:03b}", 0) - 1000 * share) < 1


def test_qubit_0_is_the_rightmost_and_width_is_the_circuits(half: Half) -> None:
    flip = {"gateset": "qis", "qubits": 3, "circuit": [{"gate": "x", "target": 0}]}
    result = result_of(half, bell(input=flip, shots=10))
    assert result.counts == {"001": 10}
    assert result.get_counts(order="q0_left") == {"100": 10}


@pytest.mark.parametrize("backend", ["simulator", "qpu.forte-1"])
def test_what_ran_in_shots_gives_the_measured_counts(half: Half, backend: str) -> None:
    noise = {"noise": {"model": "aria-1", "seed": 5}} if backend == "simulator" else {}
    off = {"error_mitigation": {"debiasing": False}}
    job = submit(half, tilted(backend=backend, shots=777, settings=off, **noise))
    result = half.call(job, "result", 30, memory=True)
    measured = half.call(job, "result", source="histogram")
    listed = half.call(job, "shots_list")
    counted = Counter(listed.bitstrings())
    # Three answers of the server, one truth.
    assert result.counts == measured.counts == dict(sorted(counted.items()))
    assert result.shots == measured.shots == len(listed) == 777
    assert result.shots_list == listed
    for qubit, one in enumerate(ONES):
        # Within five standard deviations and what the noise moves.
        bound = 5 * math.sqrt(one * (1 - one) / 777) + 0.05
        assert abs(result.marginal([qubit]).probabilities.get("1", 0) - one) < bound


def test_the_ideal_simulator_has_neither_histogram_nor_shots(half: Half) -> None:
    job = submit(half, tilted(shots=100))
    for name, asked in (("shots_list", {}), ("result", {"source": "histogram"})):
        with pytest.raises(NoResults, match="runs no shots"):
            half.call(job, name, 30, **asked)


def test_a_dry_run_has_no_results(half: Half) -> None:
    with pytest.raises(NoResults, match="dry run"):
        result_of(half, tilted(backend="qpu.forte-1", dry_run=True))


def test_a_job_loaded_by_its_id_has_the_same_result(half: Half) -> None:
    job = submit(half, tilted(shots=321))
    first = half.call(job, "result", 30)
    again = half.call(half.job(job.id), "result", 30)
    assert (again.counts, again.qubits, again.shots) == (first.counts, 3, 321)


# --- Debiasing ------------------------------------------------------------------------------------


def test_variants_make_up_the_whole(half: Half) -> None:
    job = submit(half, tilted(backend="qpu.aria-1", shots=600))
    whole = half.call(job, "result", 30)
    variants = half.call(job, "variants", source="histogram", memory=True)
    assert len(variants) > 1
    assert sum(variant.shots for variant in variants) == 600
    assert len({variant.variant_id for variant in variants}) == len(variants)
    for variant in variants:
        assert sum(variant.counts.values()) == variant.shots == len(variant.shots_list)
        assert variant.counts == dict(sorted(Counter(variant.shots_list.bitstrings()).items()))
        assert sorted(variant.qubit_map) == sorted(set(variant.qubit_map))
    # The default is the average, by shots.
    mean = sum(variant.shots * variant.to_numpy() for variant in variants) / 600
    assert whole.to_numpy() == pytest.approx(mean, abs=1e-9)
    assert [each.counts for each in half.call(job, "variants")] == [v.counts for v in variants]


def test_ways_to_combine_variants_are_asked_for(half: Half) -> None:
    job = submit(half, bell(backend="qpu.aria-1", shots=500))
    plain = half.call(job, "result", 30)
    voted = half.call(job, "result", aggregation="voting")
    assert half.call(job, "result", sharpen=True).distribution == voted.distribution
    assert half.call(job, "result", aggregation="average").distribution == plain.distribution
    assert set(voted.counts) <= {"00", "11"}
    assert sum(voted.counts.values()) == 500


# --- Several circuits -----------------------------------------------------------------------------


def flips(*qubits: int) -> list[dict[str, Any]]:
    return [{"gate": "x", "target": qubit} for qubit in qubits]


def test_circuits_of_a_job_in_the_order_of_the_caller(half: Half) -> None:
    job = submit(half, multi(flips(1), flips(0), flips(0, 1), BELL, shots=200))
    results = half.call(job, "result", 30)
    assert isinstance(results, MultiResult)
    assert results.counts == [{"10": 200}, {"01": 200}, {"11": 200}, {"00": 100, "11": 100}]
    assert half.call(job, "results").counts == results.counts
    loaded = half.call(half.job(job.id), "results", 30)
    assert loaded.child_ids == results.child_ids
    assert [each.probabilities for each in loaded] == results.probabilities


def test_circuits_of_a_job_have_histograms_and_shots_of_their_own(half: Half) -> None:
    job = submit(half, multi(flips(1), BELL, shots=50, noise={"model": "aria-1", "seed": 3}))
    results = half.call(job, "results", 30, source="histogram", memory=True)
    for each in results:
        assert each.counts == dict(sorted(Counter(each.shots_list.bitstrings()).items()))
        assert sum(each.counts.values()) == 50
    assert half.call(job, "results").counts == results.counts


def test_a_part_is_a_job_with_a_result(half: Half) -> None:
    job = submit(half, multi(flips(1), flips(0), shots=5))
    whole = half.call(job, "results", 30)
    for place, child in enumerate(whole.child_ids):
        part = half.call(half.job(child), "result", 30, shots=5)
        assert part.counts == whole[place].counts


# --- OpenQASM 3 -----------------------------------------------------------------------------------

QASM = """
OPENQASM 3.0;
include "stdgates.inc";
qubit[3] q;
bit[2] high;
bit[1] low;
x q[0];
rx(1.1) q[1];
low[0] = measure q[0];
high[0] = measure q[1];
high[1] = measure q[2];
"""


def qasm(**fields: Any) -> dict[str, Any]:
    return {
        "type": "ionq.qasm3.v1",
        "backend": "simulator",
        "settings": {"compilation": {"service_version": "v0.4"}},
        "input": {"data": QASM},
        **fields,
    }


def test_registers_of_an_openqasm_job(half: Half) -> None:
    job = submit(half, qasm(shots=400, noise={"model": "aria-1", "seed": 11}))
    result = half.call(job, "result", 30, memory=True)
    assert {"low", "high"} <= set(result.registers)
    low, high = result.registers["low"], result.registers["high"]
    assert (low.qubits, high.qubits) == (1, 2)
    # x q[0] reads 1, but for the noise; the second bit of `high` reads 0.
    assert low.probabilities["1"] > 0.95
    assert high.marginal([1]).probabilities["0"] > 0.95
    bound = 5 * math.sqrt(ONES[1] * (1 - ONES[1]) / 400) + 0.02
    assert abs(high.marginal([0]).probabilities["1"] - ONES[1]) < bound
    # The flat form and the registers tell of the same shots.
    assert low.counts == result.marginal([0]).counts
    assert high.counts == result.marginal([1, 2]).counts
    assert list(low.shots_list) == [outcome & 1 for outcome in result.shots_list]
    assert list(high.shots_list) == [outcome >> 1 for outcome in result.shots_list]
    assert list(half.call(job, "shots_list", register="high")) == list(high.shots_list)


def test_registers_without_shots(half: Half) -> None:
    result = result_of(half, qasm(), shots=100)
    assert result.registers["low"].counts == {"1": 100}
    assert result.registers["high"].marginal([0]).expectation_z([0]) == pytest.approx(
        1 - 2 * ONES[1], abs=1e-6
    )
