"""Measurements and resets in the middle of a circuit, against density matrices worked out by hand.

The reference keeps, for every record of classical bits, the part of the density matrix that goes
with it: a measurement splits it by projectors, a reset applies its two Kraus operators. It shares
nothing with the simulator, which puts everything off to the end.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ionq_emulator.simulation import (
    NOISE_MODELS,
    Outcome,
    SimulationFailure,
    Task,
    compile_circuit,
    count_gates,
    read_circuit,
    simulate,
)
from tests.emulator.reference_simulator import Array

HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'
Step = tuple[Any, ...]

GATES: dict[str, Array] = {
    "x": np.array([[0, 1], [1, 0]], complex),
    "y": np.array([[0, -1j], [1j, 0]]),
    "z": np.diag([1, -1]).astype(complex),
    "h": np.array([[1, 1], [1, -1]]) / np.sqrt(2),
    "s": np.diag([1, 1j]),
    "t": np.diag([1, np.exp(0.25j * np.pi)]),
    "sx": np.array([[1 + 1j, 1 - 1j], [1 - 1j, 1 + 1j]]) / 2,
}
ONE, LOWER = np.diag([0, 1]).astype(complex), np.array([[0, 1], [0, 0]], complex)
ZERO = np.diag([1, 0]).astype(complex)


def run(body: str, shots: int | None = None, **options: Any) -> Outcome:
    return simulate(Task({"qasm": HEAD + body}, shots, **options))


# --- The reference ----------------------------------------------------------------------------


def on(matrix: Array, qubit: int, qubits: int) -> Array:
    """A one-qubit matrix on all qubits, qubit 0 as the low bit."""
    return np.kron(np.kron(np.eye(2 ** (qubits - qubit - 1)), matrix), np.eye(2**qubit))


def ry(angle: float) -> Array:
    cosine, sine = np.cos(angle / 2), np.sin(angle / 2)
    return np.array([[cosine, -sine], [sine, cosine]], complex)


def controlled(matrix: Array, control: int, target: int, qubits: int) -> Array:
    return on(ZERO, control, qubits) + on(ONE, control, qubits) @ on(matrix, target, qubits)


def depolarized(state: Array, touched: tuple[int, ...], strength: float, qubits: int) -> Array:
    """(1 - r) rho + r tr(rho) I/d on the touched qubits, as a mixture of all Pauli words."""
    paulis = [np.eye(2), GATES["x"], GATES["y"], GATES["z"]]
    mixed = np.zeros_like(state)
    for word in np.ndindex(*(4,) * len(touched)):
        matrix = np.eye(2**qubits)
        for letter, qubit in zip(word, touched, strict=True):
            matrix = matrix @ on(paulis[letter], qubit, qubits)
        mixed = mixed + matrix @ state @ matrix.conj().T
    return (1 - strength) * state + strength * mixed / 4 ** len(touched)


def reference(steps: list[Step], qubits: int, bits: int, noise: str = "ideal") -> Array:
    """The joint probabilities of bits and final qubits, shape (2**bits, 2**qubits)."""
    model = NOISE_MODELS[noise]
    start = np.zeros((2**qubits, 2**qubits), complex)
    start[0, 0] = 1
    parts: dict[int, Array] = {0: start}
    for name, *places in steps:
        if name == "measure":
            qubit, bit = places
            split: dict[int, Array] = {}
            for record, state in parts.items():
                for value, projector in enumerate((ZERO, ONE)):
                    matrix = on(projector, qubit, qubits)
                    written = record & ~(1 << bit) | value << bit
                    split[written] = split.get(written, 0) + matrix @ state @ matrix
            parts = split
            continue
        if name == "reset":
            (qubit,) = places
            kraus = [on(ZERO, qubit, qubits), on(LOWER, qubit, qubits)]
            touched: tuple[int, ...] = ()
        elif name in {"cx", "cz"}:
            kraus = [controlled(GATES[name[1]], *places, qubits)]
            touched = tuple(places)
        elif name == "ry":
            angle, qubit = places
            kraus, touched = [on(ry(angle), qubit, qubits)], (qubit,)
        else:
            (qubit,) = places
            kraus, touched = [on(GATES[name], qubit, qubits)], (qubit,)
        strength = {0: 0.0, 1: model.one_qubit, 2: model.two_qubit}[len(touched)]
        for record, state in parts.items():
            after = sum(matrix @ state @ matrix.conj().T for matrix in kraus)
            parts[record] = depolarized(after, touched, strength, qubits) if strength else after
    table = np.zeros((2**bits, 2**qubits))
    for record, state in parts.items():
        table[record] = state.diagonal().real
    return table


def written(steps: list[Step], qubits: int, bits: int) -> str:
    lines = [f"qubit[{qubits}] q;", f"bit[{bits}] c;"]
    for name, *places in steps:
        if name == "measure":
            lines.append(f"c[{places[1]}] = measure q[{places[0]}];")
        elif name == "ry":
            lines.append(f"ry({places[0]!r}) q[{places[1]}];")
        else:
            lines.append(f"{name} {', '.join(f'q[{place}]' for place in places)};")
    return "\n".join(lines)


def compare(steps: list[Step], qubits: int, bits: int) -> None:
    """Final qubits and bits, each by itself, as the reference has them."""
    table = reference(steps, qubits, bits)
    outcome = run(written(steps, qubits, bits))
    assert outcome.qubits == qubits
    found = np.zeros(2**qubits)
    for key, weight in outcome.probabilities.items():
        found[int(key)] = weight
    assert np.allclose(found, table.sum(axis=0), atol=1e-12)
    found = np.zeros(2**bits)
    for word, weight in outcome.registers["c"].probabilities.items():
        found[int(word, 2)] = weight  # bit 0 rightmost
    assert np.allclose(found, table.sum(axis=1), atol=1e-12)


# --- Exact ------------------------------------------------------------------------------------


@pytest.mark.parametrize("angle", [0.0, 0.7, 2.1, np.pi])
def test_teleportation_without_feed_forward(angle: float) -> None:
    """The corrections are controlled by the measured qubits, which stay as they were measured."""
    steps: list[Step] = [
        ("ry", angle, 0),
        ("h", 1),
        ("cx", 1, 2),
        ("cx", 0, 1),
        ("h", 0),
        ("measure", 0, 0),
        ("measure", 1, 1),
        ("cx", 1, 2),
        ("cz", 0, 2),
    ]
    compare(steps, 3, 2)
    outcome = run(written(steps, 3, 2))
    one = sum(weight for key, weight in outcome.probabilities.items() if int(key) >> 2 & 1)
    assert one == pytest.approx(np.sin(angle / 2) ** 2, abs=1e-12)
    words = dict.fromkeys(("00", "01", "10", "11"), 0.25)
    assert outcome.registers["c"].probabilities == pytest.approx(words, abs=1e-12)


def test_a_measurement_destroys_what_would_interfere() -> None:
    assert run("qubit q; h q; h q;").probabilities == {"0": pytest.approx(1)}
    half = {"0": pytest.approx(0.5), "1": pytest.approx(0.5)}
    assert run("qubit q; h q; measure q; h q;").probabilities == half
    assert run("qubit q; bit c; h q; c = measure q; h q;").probabilities == half


def test_bits_keep_what_was_measured_whatever_comes_after() -> None:
    outcome = run("qubit q; bit[3] c; x q; c[0] = measure q; x q; c[1] = measure q; x q;")
    assert outcome.probabilities == {"1": 1.0}
    assert outcome.registers["c"].probabilities == {"001": 1.0}


def test_a_bit_has_its_last_measurement() -> None:
    outcome = run("qubit q; bit c; x q; c = measure q; reset q; c = measure q;")
    assert outcome.registers["c"].probabilities == {"0": 1.0}


def test_a_qubit_is_used_again_and_again() -> None:
    """Five coins from one qubit: each measured, then reset."""
    body = "qubit q; bit[5] c;"
    for place in range(5):
        body += f"ry({0.3 + 0.2 * place}) q; c[{place}] = measure q; reset q;"
    outcome = run(body)
    assert outcome.probabilities == {"0": pytest.approx(1)}
    chances = [np.sin((0.3 + 0.2 * place) / 2) ** 2 for place in range(5)]
    for word, weight in outcome.registers["c"].probabilities.items():
        bits = [int(bit) for bit in reversed(word)]
        pairs = zip(bits, chances, strict=True)
        assert weight == pytest.approx(np.prod([c if bit else 1 - c for bit, c in pairs]))


def test_a_reset_of_half_a_pair_leaves_the_other_half_mixed() -> None:
    outcome = run("qubit[2] q; h q[0]; cx q[0], q[1]; reset q[0]; h q[1];")
    assert outcome.probabilities == {"0": pytest.approx(0.5), "2": pytest.approx(0.5)}


def test_native_gates_are_known_in_turns() -> None:
    """As PennyLane sends them: no include, phases and angles in turns."""
    body = "qubit[2] q; bit[2] c; ms(0, 0.5, 0.25) q[0], q[1]; c[0] = measure q[0]; gpi(0.1) q[0];"
    outcome = simulate(Task({"qasm": f"OPENQASM 3.0; {body}"}, None))
    assert outcome.probabilities == {"1": pytest.approx(0.5), "2": pytest.approx(0.5)}
    assert set(outcome.registers["c"].probabilities) == {"00", "01"}


@pytest.mark.parametrize("seed", range(40))
def test_random_circuits(seed: int) -> None:
    random = np.random.default_rng(seed)
    qubits, bits = int(random.integers(1, 4)), 3
    steps: list[Step] = []
    for _ in range(int(random.integers(6, 16))):
        qubit = int(random.integers(qubits))
        kind = random.choice(
            ["measure", "reset", "pair", "ry", *GATES], p=[0.15, 0.1] + [0.75 / 9] * 9
        )
        if kind == "measure":
            steps.append(("measure", qubit, int(random.integers(bits))))
        elif kind == "pair" and qubits > 1:
            pair = random.permutation(qubits)[:2].tolist()
            steps.append((str(random.choice(["cx", "cz"])), *pair))
        elif kind in {"pair", "ry"}:
            steps.append(("ry", float(random.uniform(-3, 3)), qubit))
        else:
            steps.append((str(kind), qubit))
    compare(steps, qubits, bits)


# --- Noise and shots --------------------------------------------------------------------------

STEPS: list[Step] = [
    ("ry", 0.4, 0),
    *[("cx", 0, 1)] * 9,
    ("measure", 0, 0),
    *[("cx", 0, 1)] * 9,  # their errors come after the measurement and must not reach bit 0
    ("h", 0),
    ("measure", 0, 1),
    ("reset", 1),
    ("sx", 1),
    ("cx", 0, 1),
    ("measure", 1, 2),
]


@pytest.mark.parametrize("model", ["harmony-1", "aria-1"])
def test_noise_acts_between_measurements(model: str) -> None:
    """Depolarizing noise after gates, none on measurements and resets, which are none."""
    shots = 200_000
    table = reference(STEPS, 2, 3, model)
    outcome = run(written(STEPS, 2, 3), shots, noise=model, seed=5)
    found = np.zeros(8)
    for word, count in (outcome.registers["c"].counts or {}).items():
        found[int(word, 2)] = count
    assert agrees(found, table.sum(axis=1))
    assert not agrees(found, reference(STEPS, 2, 3).sum(axis=1))


def agrees(counts: Array, probabilities: Array) -> bool:
    """Whether every count is within five standard deviations of what is expected."""
    expected = counts.sum() * probabilities
    return bool(np.all(np.abs(counts - expected) < 5 * np.sqrt(expected) + 1))


def test_shots_of_bits_and_of_qubits_belong_together() -> None:
    body = "qubit q; bit c; h q; c = measure q; x q;"
    outcome = run(body, 300, noise="aria-1", seed=2)
    bits, qubits = outcome.registers["c"].shots, outcome.shots
    assert bits is not None
    assert qubits is not None
    same = sum(bit == qubit for bit, qubit in zip(bits, qubits, strict=True))
    assert same < 5  # but for errors, the qubit is flipped after its measurement
    assert outcome.tallies is not None
    assert outcome.tallies.sum() == 300
    assert 100 < bits.count("1") < 200


def test_measurements_and_resets_are_not_billed_as_gates() -> None:
    circuit = read_circuit({"qasm": HEAD + "qubit q; h q; measure q; h q; reset q; h q;"})
    assert count_gates(circuit) == {"1q": 3, "2q": 0}


# --- Limits -----------------------------------------------------------------------------------


def test_hidden_qubits_count_towards_the_limit() -> None:
    body = "qubit q;" + "h q; reset q;" * 29 + "h q;"
    with pytest.raises(SimulationFailure) as caught:
        run(body)
    assert caught.value.code == "NotEnoughQubits"
    assert "30 qubits have gates (29 of them hidden ones" in caught.value.message
    body = "qubit q;" + "h q; reset q;" * 70
    with pytest.raises(SimulationFailure, match="need 70 hidden qubits beside its 1") as caught:
        run(body)
    assert caught.value.code == "NotEnoughQubits"


def test_qubits_are_hidden_only_where_they_must_be() -> None:
    def hidden(body: str) -> int:
        return read_circuit({"qasm": HEAD + body}).hidden_qubits

    assert hidden("qubit q; bit c; h q; c = measure q;") == 0
    assert hidden("qubit q; bit c; h q; c = measure q; id q; barrier q; gphase(1);") == 0
    assert hidden("qubit q; reset q; h q;") == 0
    assert hidden("qubit q; bit c; h q; c = measure q; c = measure q; x q;") == 1
    assert hidden("qubit q; bit c; h q; c = measure q; reset q; x q;") == 1


def test_no_compiled_form_is_made_up() -> None:
    circuit = read_circuit({"qasm": HEAD + "qubit q; h q; measure q; h q;"})
    for language in ("native", "qasm3"):
        with pytest.raises(SimulationFailure, match="in the middle") as caught:
            compile_circuit(circuit, language)  # type: ignore[arg-type]  # both are languages
        assert caught.value.code == "CompilationError"
