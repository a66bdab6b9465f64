"""Every gate is the published matrix, on the right qubits, in the right bit order."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ionq_emulator.simulation import Task, simulate
from ionq_emulator.simulation._circuit import Operation
from ionq_emulator.simulation._gates import matrix_of
from ionq_emulator.simulation._matrices import operation_matrix

R = np.sqrt(0.5)
I8 = np.exp(0.25j * np.pi)
A = 0.7  # an angle in radians
C, S = np.cos(A / 2), np.sin(A / 2)
TURN = 2j * np.pi

# Typed in from the published definitions: IonQ docs (native gates API, writing quantum programs),
# and the definitions IonQ's own SDKs translate to.
PUBLISHED: dict[tuple[str, tuple[float, ...]], list[list[complex]]] = {
    ("x", ()): [[0, 1], [1, 0]],
    ("y", ()): [[0, -1j], [1j, 0]],
    ("z", ()): [[1, 0], [0, -1]],
    ("h", ()): [[R, R], [R, -R]],
    ("s", ()): [[1, 0], [0, 1j]],
    ("si", ()): [[1, 0], [0, -1j]],
    ("t", ()): [[1, 0], [0, I8]],
    ("ti", ()): [[1, 0], [0, 1 / I8]],
    ("v", ()): [[(1 + 1j) / 2, (1 - 1j) / 2], [(1 - 1j) / 2, (1 + 1j) / 2]],
    ("vi", ()): [[(1 - 1j) / 2, (1 + 1j) / 2], [(1 + 1j) / 2, (1 - 1j) / 2]],
    ("rx", (A,)): [[C, -1j * S], [-1j * S, C]],
    ("ry", (A,)): [[C, -S], [S, C]],
    ("rz", (A,)): [[np.exp(-0.35j), 0], [0, np.exp(0.35j)]],
    ("phase", (A,)): [[1, 0], [0, np.exp(0.7j)]],
    ("swap", ()): [[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]],
    ("xx", (A,)): [[C, 0, 0, -1j * S], [0, C, -1j * S, 0], [0, -1j * S, C, 0], [-1j * S, 0, 0, C]],
    ("yy", (A,)): [[C, 0, 0, 1j * S], [0, C, -1j * S, 0], [0, -1j * S, C, 0], [1j * S, 0, 0, C]],
    ("zz", (A,)): np.diag(np.exp([-0.35j, 0.35j, 0.35j, -0.35j])).tolist(),
    ("gpi", (0.1,)): [[0, np.exp(-TURN * 0.1)], [np.exp(TURN * 0.1), 0]],
    ("gpi2", (0.1,)): [[R, -1j * R * np.exp(-TURN * 0.1)], [-1j * R * np.exp(TURN * 0.1), R]],
    ("ms", (0.1, 0.3, 0.15)): [
        [np.cos(np.pi * 0.15), 0, 0, -1j * np.exp(-TURN * 0.4) * np.sin(np.pi * 0.15)],
        [0, np.cos(np.pi * 0.15), -1j * np.exp(TURN * 0.2) * np.sin(np.pi * 0.15), 0],
        [0, -1j * np.exp(-TURN * 0.2) * np.sin(np.pi * 0.15), np.cos(np.pi * 0.15), 0],
        [-1j * np.exp(TURN * 0.4) * np.sin(np.pi * 0.15), 0, 0, np.cos(np.pi * 0.15)],
    ],
}


@pytest.mark.parametrize(("gate", "parameters"), PUBLISHED, ids=str)
def test_matrix_is_the_published_one(gate: str, parameters: tuple[float, ...]) -> None:
    published = np.array(PUBLISHED[gate, parameters])
    np.testing.assert_allclose(matrix_of(gate, parameters), published, atol=1e-15)


def test_fully_entangling_ms_is_an_xx_rotation_by_a_quarter_turn() -> None:
    np.testing.assert_allclose(
        matrix_of("ms", (0.0, 0.0, 0.25)), matrix_of("xx", (np.pi / 2,)), atol=1e-15
    )


def test_last_letter_of_a_pauli_word_is_on_the_first_target() -> None:
    operation = Operation("pauliexp", (0, 1), (), (1.0, 0.35), ("XZ",))  # Z on 0, X on 1
    z_then_x = np.kron([[1, 0], [0, -1]], [[0, 1], [1, 0]])
    expected = np.cos(0.35) * np.eye(4) - 1j * np.sin(0.35) * z_then_x
    np.testing.assert_allclose(operation_matrix(operation), expected, atol=1e-15)


def run(gates: list[dict[str, Any]], qubits: int | None = None, gateset: str = "qis") -> Any:
    program = {"gateset": gateset, "qubits": qubits, "circuit": gates}
    return simulate(Task(program, None)).probabilities


class TestBitOrder:
    """Qubit 0 is the least significant bit of the decimal key."""

    @pytest.mark.parametrize("qubit", range(5))
    def test_x_on_one_qubit_sets_its_bit(self, qubit: int) -> None:
        assert run([{"gate": "x", "target": qubit}], 5) == {str(1 << qubit): 1.0}

    def test_bell_state(self) -> None:
        bell = [{"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}]
        assert run(bell, 2) == {"0": 0.5, "3": 0.5}

    def test_idle_qubits_keep_their_places(self) -> None:
        gates = [{"gate": "x", "target": 35}, {"gate": "cnot", "control": 35, "target": 3}]
        assert run(gates, 36) == {str((1 << 35) + (1 << 3)): 1.0}

    def test_ghz_on_a_36_qubit_machine(self) -> None:
        gates = [{"gate": "h", "target": 0}]
        gates += [{"gate": "cnot", "control": q, "target": q + 1} for q in range(3)]
        assert run(gates, 36) == {"0": 0.5, "15": 0.5}

    def test_first_target_of_ms_takes_the_first_phase(self) -> None:
        # On |01> (qubit 0 is 1) half an MS leaves -i e^{i2pi(p0-p1)} on |10>; interfere it with
        # |01> through the same gate again to see the sign of the phase difference.
        gates: list[dict[str, Any]] = [
            {"gate": "gpi", "target": 0, "phase": 0},
            {"gate": "ms", "targets": [0, 1], "phases": [0.125, 0], "angle": 0.125},
            {"gate": "ms", "targets": [1, 0], "phases": [0, 0.375], "angle": 0.125},
        ]
        # The rotations are about axes a quarter turn apart in the {01, 10} plane: no interference
        # of first order, so cos^2 sin^2 sums: P(01) = c^4 + s^4 with c^2 = cos(pi/8)^2.
        c2 = np.cos(np.pi / 8) ** 2
        result = run(gates, 2, "native")
        assert result == pytest.approx({"1": c2**2 + (1 - c2) ** 2, "2": 2 * c2 * (1 - c2)})


class TestTargetsAndControls:
    def test_a_list_of_targets_applies_a_one_qubit_gate_to_each(self) -> None:
        assert run([{"gate": "x", "targets": [0, 2]}], 3) == {"5": 1.0}

    @pytest.mark.parametrize("controls", range(1, 8))
    def test_all_controls_must_be_one(self, controls: int) -> None:
        ones = [{"gate": "x", "target": qubit} for qubit in range(1, controls + 1)]
        act = {"gate": "cnot", "target": 0, "controls": list(range(1, controls + 1))}
        all_ones = (1 << (controls + 1)) - 2
        assert run([*ones, act], 8) == {str(all_ones + 1): 1.0}
        assert run([*ones[1:], act], 8) == {str(all_ones - 2): 1.0}

    def test_controlled_swap(self) -> None:
        gates: list[dict[str, Any]] = [{"gate": "x", "targets": [0, 2]}]
        gates.append({"gate": "swap", "targets": [0, 1], "controls": [2]})
        assert run(gates, 3) == {"6": 1.0}

    def test_z_with_a_rotation_is_a_phase_gate(self) -> None:
        # Controlled, a phase differs from rz: it comes back on the control (phase kickback).
        gates = [
            {"gate": "h", "target": 0},
            {"gate": "x", "target": 1},
            {"gate": "z", "target": 1, "control": 0, "rotation": 0.7},
            {"gate": "h", "target": 0},
        ]
        assert run(gates, 2)["2"] == pytest.approx(np.cos(0.35) ** 2)

    def test_nop_does_nothing(self) -> None:
        gates = [{"gate": "gpi", "target": 1, "phase": 0}, {"gate": "nop", "target": 0}]
        assert run(gates, 2, "native") == {"2": 1.0}

    def test_cirq_sends_the_angle_of_zz_as_phase(self) -> None:
        def ramsey(zz: dict[str, Any]) -> Any:
            pulses = [{"gate": "gpi2", "target": qubit, "phase": 0} for qubit in (0, 1)]
            return run([*pulses, {"gate": "zz", "targets": [0, 1], **zz}, *pulses], 2, "native")

        assert ramsey({"phase": 0.1}) == ramsey({"angle": 0.1})
        assert ramsey({"angle": 0.1}) != pytest.approx(ramsey({"angle": 0.2}))


class TestPauliExponentials:
    def test_time_and_coefficients_multiply(self) -> None:
        def rabi(coefficient: float, time: float) -> Any:
            gate = {"gate": "pauliexp", "targets": [0], "terms": ["X"], "time": time}
            return run([{**gate, "coefficients": [coefficient]}], 1)

        assert rabi(0.3, 2.0) == pytest.approx({"0": np.cos(0.6) ** 2, "1": np.sin(0.6) ** 2})
        assert rabi(-0.6, 1.0) == pytest.approx(rabi(0.3, 2.0))

    def test_non_commuting_terms_are_exponentiated_together(self) -> None:
        # exp(-i (a X + b Z)) turns about the tilted axis: P(1) = sin^2(n) a^2/n^2.
        a, b = 0.8, 0.6
        gate = {"gate": "pauliexp", "targets": [0], "terms": ["X", "Z"], "time": 1.0}
        result = run([{**gate, "coefficients": [a, b]}], 1)
        assert result["1"] == pytest.approx(np.sin(1.0) ** 2 * a**2)

    def test_identity_term_is_a_phase_that_a_control_sees(self) -> None:
        gate = {"gate": "pauliexp", "targets": [1], "terms": ["I"], "coefficients": [0.35]}
        gates: list[dict[str, Any]] = [{"gate": "h", "target": 0}]
        gates += [{**gate, "time": 1.0, "control": 0}, {"gate": "h", "target": 0}]
        assert run(gates, 2)["0"] == pytest.approx(np.cos(0.175) ** 2)
