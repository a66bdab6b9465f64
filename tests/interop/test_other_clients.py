"""Other people's SDKs, unmodified, run against the emulator and get the right results.

Their versions are in requirements.lock. Each program runs as a process in an environment of its
own, against an emulator on loopback.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ionq_emulator import Emulator
from tests.interop import environment

PROGRAMS = Path(__file__).with_name("programs")
# rx(pi/3) turns |0> into |1> with probability sin(pi/6)**2.
TURNED = math.sin(math.pi / 6) ** 2
# Depolarizing strength of aria-1 (IonQ docs, simulation-with-noise-models): one two-qubit gate with
# strength r leaves each of the four outcomes r/4 of the weight, so r/2 falls on those a Bell pair
# lacks; the one-qubit gate before it adds next to nothing.
ARIA_WRONG = 0.0133 / 2
FORTE_WRONG = 0.004949333333333333 / 2


@pytest.fixture(scope="module")
def emulator():
    with Emulator(seed=7) as emulator:
        yield emulator


def results_of(program: str, emulator: Emulator) -> dict[str, Any]:
    """Run a program in the other environment and read what it printed last."""
    settings = {"IONQ_API_URL": emulator.url, "IONQ_API_KEY": emulator.api_key}
    command = [str(environment.python()), str(PROGRAMS / program), emulator.url, emulator.api_key]
    done = subprocess.run(
        command,
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **settings},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    read: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return read


def assert_mostly_a_bell_pair(weights: dict[str, float], right: set[str], wrong: float) -> None:
    """Two outcomes with half the weight each, but for a small part; within five sigma."""
    total = sum(weights.values())
    missed = sum(w for outcome, w in weights.items() if outcome not in right) / total
    shots = total if total > 1 else 4000
    assert abs(missed - wrong) < 5 * math.sqrt(wrong / shots)
    for outcome in right:
        assert weights[outcome] / total == pytest.approx(0.5, abs=5 * math.sqrt(0.25 / shots))


def test_qiskit_ionq(emulator: Emulator) -> None:
    got = results_of("qiskit_program.py", emulator)
    assert got["bell"] == got["retrieved"] == pytest.approx({"00": 0.5, "11": 0.5})
    assert got["status"] == "DONE"
    assert got["ghz"] == pytest.approx({"00000": 0.5, "11111": 0.5})
    assert got["turned"] == pytest.approx({"00": 1 - TURNED, "10": TURNED})
    assert got["controlled"] == pytest.approx({"111": 1.0})
    assert got["multi"][0] == pytest.approx({"00": 0.5, "11": 0.5})
    assert got["multi"][1] == pytest.approx({"00000": 0.5, "11111": 0.5})
    assert_mostly_a_bell_pair(got["noisy"], {"00", "11"}, ARIA_WRONG)
    assert_mostly_a_bell_pair(got["machine"], {"00", "11"}, FORTE_WRONG)
    # A coin in `mid`, on the right; then the same qubit, reset and flipped, in `final`.
    assert_mostly_a_bell_pair(got["reused"], {"1 0", "1 1"}, ARIA_WRONG)
    assert got["machine_qubits"] == 36


def test_cirq_ionq(emulator: Emulator) -> None:
    got = results_of("cirq_program.py", emulator)
    assert got["bell"] == got["retrieved"] == pytest.approx({"0": 0.5, "3": 0.5})
    assert got["status"] == "completed"
    assert got["ghz"] == pytest.approx({"0": 0.5, "31": 0.5})
    assert got["turned"] == pytest.approx({"0": 1 - TURNED, "1": TURNED})
    assert got["run"].keys() == {"0", "3"}
    assert sum(got["run"].values()) == 1000
    assert got["multi"][0] == pytest.approx({"0": 0.5, "3": 0.5})
    assert got["multi"][1] == pytest.approx({"0": 0.5, "31": 0.5})
    assert_mostly_a_bell_pair(got["noisy"], {"0", "3"}, ARIA_WRONG)
    assert_mostly_a_bell_pair(got["machine"], {"0", "3"}, FORTE_WRONG)


def test_pennylane_ionq(emulator: Emulator) -> None:
    got = results_of("pennylane_program.py", emulator)
    # The plugin samples on its own side; wire 0 is the left digit of PennyLane's order.
    assert got["bell"] == pytest.approx([0.5, 0, 0, 0.5], abs=0.08)
    assert got["turned"] == pytest.approx([1 - TURNED, TURNED, 0, 0], abs=0.07)


def test_ionq_core(emulator: Emulator) -> None:
    got = results_of("core_program.py", emulator)
    assert got == {
        "created": "submitted",
        "status": "completed",
        "bell": pytest.approx({"0": 0.5, "3": 0.5}),
        "listed": True,
    }
