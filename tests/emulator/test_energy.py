"""Quantum functions: energies of a Hamiltonian, against the matrices worked out in NumPy."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.emulator.support import Api, Json

if TYPE_CHECKING:
    from collections.abc import Callable

    from ionq_emulator import Emulator
    from tests.emulator.reference_simulator import Array

    Emulate = Callable[..., tuple[Emulator, Api]]

PAULI: dict[str, Array] = {
    "I": np.eye(2, dtype=complex),
    "X": np.array([[0, 1], [1, 0]], complex),
    "Y": np.array([[0, -1j], [1j, 0]]),
    "Z": np.diag([1, -1]).astype(complex),
}
# Of hydrogen in two qubits, and words that do not commute.
HYDROGEN = [("IZ", 0.1714), ("ZI", 0.1714), ("ZZ", 0.1687)]
ISING = [("ZZ", -1.0), ("XI", -0.5), ("IX", -0.5), ("II", 0.25), ("YX", 0.3)]
ANSATZ = """OPENQASM 3.0;
include "stdgates.inc";
input float[64] a;
input float[64] b;
input angle c;
qubit[2] q;
ry(a) q[0];
rz(b) q[0];
ry(c / 2) q[1];
cx q[0], q[1];
"""
PARAMS = [0.4, 1.1, 2.3]


def function(
    terms: list[tuple[str, float]],
    params: list[float] | None = None,
    ansatz: str = ANSATZ,
    **data: Any,
) -> Json:
    """The input of a job that evaluates an energy."""
    hamiltonian = [{"pauli_string": word, "coefficient": factor} for word, factor in terms]
    energy = {"hamiltonian": hamiltonian, "ansatz": {"data": ansatz}, **data}
    return {
        "data": {"type": "hamiltonian-energy", "data": energy},
        "params": PARAMS if params is None else params,
    }


def job(source: Json, **fields: Any) -> Json:
    return {"type": "quantum-function", "backend": "simulator", "input": source, **fields}


def matrix(word: str) -> Array:
    """A word's matrix: its last letter on qubit 0, the low bit."""
    return reduce(np.kron, (PAULI[letter] for letter in word))


def prepared(a: float, b: float, c: float) -> Array:
    """The ansatz's state, gate by gate."""
    ry_a = np.cos(a / 2) * PAULI["I"] - 1j * np.sin(a / 2) * PAULI["Y"]
    rz_b = np.diag([np.exp(-0.5j * b), np.exp(0.5j * b)])
    ry_c = np.cos(c / 4) * PAULI["I"] - 1j * np.sin(c / 4) * PAULI["Y"]
    zero, one = np.diag([1, 0]), np.diag([0, 1])
    cx = np.kron(PAULI["I"], zero) + np.kron(PAULI["X"], one)
    start = np.array([1, 0, 0, 0], complex)
    state: Array = cx @ np.kron(ry_c, rz_b @ ry_a) @ start
    return state


def expected(terms: list[tuple[str, float]], state: Array) -> float:
    return sum(factor * np.vdot(state, matrix(word) @ state).real for word, factor in terms)


@pytest.mark.parametrize("terms", [HYDROGEN, ISING, [("YZ", 2.0)], [("II", -3.0)]])
def test_the_value_is_the_expectation_of_the_hamiltonian(
    api: Api, terms: list[tuple[str, float]]
) -> None:
    ended = api.completed(job(function(terms)))
    assert ended["results"]["value"] == pytest.approx(expected(terms, prepared(*PARAMS)), abs=1e-12)


def test_the_variance_is_that_of_one_shot(api: Api) -> None:
    """Words measured together: <H^2> - <H>^2. Words measured apart: the sum over the circuits."""
    state = prepared(*PARAMS)
    hydrogen = reduce(np.add, (factor * matrix(word) for word, factor in HYDROGEN))
    square = np.vdot(state, hydrogen @ hydrogen @ state).real
    ended = api.completed(job(function(HYDROGEN)))
    assert ended["results"]["variance"] == pytest.approx(
        square - expected(HYDROGEN, state) ** 2, abs=1e-12
    )
    apart = [("ZZ", -1.0), ("XI", 0.5)]
    ended = api.completed(job(function(apart)))
    variances = [f**2 * (1 - np.vdot(state, matrix(w) @ state).real ** 2) for w, f in apart]
    assert ended["results"]["variance"] == pytest.approx(sum(variances), abs=1e-12)
    assert ended["stats"]["circuits"] == 2


def test_words_read_qubit_0_last(api: Api) -> None:
    """As Qiskit's, which IonQ's own client of hybrid jobs sends as they are."""
    flipped = 'include "stdgates.inc"; qubit[3] q; x q[0];'
    for word, value in (("IIZ", -1), ("ZII", 1)):
        ended = api.completed(job(function([(word, 1.0)], [], flipped)))
        assert ended["results"] == {"value": value, "variance": 0}


def test_a_mixed_state(api: Api) -> None:
    """Measured in the middle, half a Bell pair, and the pair's correlation along X is gone."""
    bell = 'include "stdgates.inc"; qubit[2] q; h q[0]; cx q[0], q[1];'
    terms = [("XX", 1.0), ("ZZ", 1.0)]
    pure = api.completed(job(function(terms, [], bell)))
    assert pure["results"]["value"] == pytest.approx(2)
    middle = bell + "measure q[0]; z q[0];"
    mixed = api.completed(job(function(terms, [], middle)))
    assert mixed["results"]["value"] == pytest.approx(1)


def test_conditional_value_at_risk_averages_the_lowest(api: Api) -> None:
    """Energies -1 and 1 with 3/4 and 1/4: the lowest half is -1, the lowest 0.9 has 0.15 of 1."""
    tilted = 'include "stdgates.inc"; qubit q; ry(2 * arccos(sqrt(0.25))) q;'
    for alpha, value in ((0.5, -1.0), (0.9, (-0.75 + 0.15) / 0.9), (1.0, -0.5)):
        ended = api.completed(job(function([("Z", 1.0)], [], tilted, cvar_alpha=alpha)))
        assert ended["results"]["value"] == pytest.approx(value)


def test_shots_on_a_machine(api: Api) -> None:
    """An estimate from shots: near the expectation, the same again, and priced by circuit."""
    source = function(ISING)
    shots = 4000
    ended = api.completed(job(source, backend="qpu.forte-1", shots=shots))
    value = expected(ISING, prepared(*PARAMS))
    found = ended["results"]
    # Five standard errors, and some room for what the machine's noise takes away.
    assert found["value"] == pytest.approx(value, abs=5 * (found["variance"] / shots) ** 0.5 + 0.1)
    assert found["value"] != pytest.approx(value, abs=1e-9)
    assert ended["stats"]["circuits"] == 3  # ZZ; XI and IX; YX
    assert ended["stats"]["gate_counts"]["2q"] == 3
    cost = api.get(f"/jobs/{ended['id']}/cost")
    single = api.completed(job(function(HYDROGEN), backend="qpu.forte-1", shots=shots))
    assert cost["cost"]["value"] == pytest.approx(
        3 * api.get(f"/jobs/{single['id']}/cost")["cost"]["value"]
    )


def test_results_are_values_and_nothing_else(api: Api, shared: Emulator) -> None:
    ended = api.completed(job(function(HYDROGEN), shots=500, name="energy"))
    assert ended["results"].keys() == {"value", "variance"}
    assert "shots" not in ended  # the ideal simulator ignores them
    api.get(f"/jobs/{ended['id']}/results/probabilities", expect=404)
    api.get(f"/jobs/{ended['id']}/results/histogram", expect=404)
    listed = api.get("/jobs")["jobs"][0]
    assert listed["results"] == ended["results"]
    older = api.session.get(f"{shared.origin}/v0.3/jobs/{ended['id']}/results", timeout=30)
    assert older.json() == ended["results"]


def test_a_dry_run_prices_and_gives_nothing(api: Api) -> None:
    ended = api.completed(job(function(ISING), backend="qpu.forte-1", dry_run=True))
    assert ended["results"] is None
    assert api.get(f"/jobs/{ended['id']}/cost")["estimated_cost"]["value"] > 0


def test_a_wide_one_runs_beside_the_server(emulate: Emulate) -> None:
    """The chain of 18 qubits: each of its words has the same value on |+>^18."""
    chain = 'include "stdgates.inc"; qubit[18] q; h q;'
    words = ["I" * place + "XX" + "I" * (16 - place) for place in range(17)]
    _, api = emulate(workers=1)
    ended = api.wait(
        api.submit(job(function([(word, 0.5) for word in words], [], chain))), seconds=120
    )
    assert ended["results"]["value"] == pytest.approx(8.5)


@pytest.mark.parametrize(
    ("source", "code", "words"),
    [
        (function([("Z", 1.0)]), "InvalidInput", "'Z' has 1 letters, the ansatz 2 qubits"),
        (function([("ZA", 1.0)]), "InvalidInput", "hamiltonian[0].pauli_string: 'ZA' has letters"),
        (function([]), "InvalidInput", "at least one term"),
        (function(HYDROGEN, [0.1]), "InvalidInput", "1 values for the ansatz's 3 inputs"),
        (function(HYDROGEN, [0.1] * 4), "InvalidInput", "4 values for the ansatz's 3 inputs"),
        (function(HYDROGEN, cvar_alpha=0), "InvalidInput", "cvar_alpha: 0 is not above 0"),
        (function(ISING, cvar_alpha=0.5), "InvalidInput", "measured in 3 bases"),
        (
            function(HYDROGEN, penalty=2, linear_constraints=[{"coeffs": [1, 1], "rhs": 1}]),
            "InvalidInput",
            "linear_constraints with a penalty are not emulated",
        ),
        (function(HYDROGEN, ansatz="qubit[2] q; foo q;"), "CompilationError", "gate foo"),
        ({"type": "qcqp", "data": {}}, "InvalidInput", "'qcqp' is not emulated"),
    ],
)
def test_what_makes_no_sense_fails(api: Api, source: Json, code: str, words: str) -> None:
    ended = api.run(job(source))
    assert (ended["status"], ended["failure"]["code"]) == ("failed", code)
    assert words in ended["failure"]["message"]


def test_shots_must_be_some(api: Api) -> None:
    """The document sets no lower bound for these jobs."""
    ended = api.run(job(function(HYDROGEN), backend="qpu.forte-1", shots=0))
    assert ended["failure"]["message"] == "shots: 0 is less than 1"


def test_constraints_without_a_penalty_change_nothing(api: Api) -> None:
    source = function(HYDROGEN, penalty=0, linear_constraints=[{"coeffs": [1, 1], "rhs": 0}])
    plain = api.completed(job(function(HYDROGEN)))
    assert api.completed(job(source))["results"] == plain["results"]
