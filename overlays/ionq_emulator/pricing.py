"""What a job costs and how long it runs, by stated formulas.

May import: backends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ionq_emulator.backends import Backend

__all__ = ["cost_usd", "execution_ms", "quantum_time_us"]

# What every reader of JSON takes as an integer.
_LARGEST = 2**53 - 1
_SIMULATOR_BASE_MS = 2
_SIMULATOR_GATE_NS_PER_AMPLITUDE = 4


def cost_usd(
    backend: Backend, *, one_qubit: int, two_qubit: int, shots: int, mitigated: bool
) -> float | None:
    """The price of a job in USD; None where nothing is priced (the simulator).

    The larger of the job's minimum and the sum over gates of rate x shots. Rates: Azure Quantum's
    published list for IonQ. (Its formula adds the minimum, its text calls it a minimum; IonQ's own
    rate card calls it `job_cost_minimum`, which is what this follows.)

    Args:
        backend: Where the job runs.
        one_qubit: Number of one-qubit gates.
        two_qubit: Number of two-qubit gates, multi-controlled ones as IonQ bills them.
        shots: Number of shots.
        mitigated: Whether error mitigation (debiasing) is on.
    """
    rates = backend.rates
    if rates is None:
        return None
    gates = one_qubit * rates.one_qubit_gate + two_qubit * rates.two_qubit_gate
    minimum = rates.minimum_mitigated if mitigated else rates.minimum
    return round(max(minimum, gates * shots), 4)


def quantum_time_us(backend: Backend, *, one_qubit: int, two_qubit: int, shots: int) -> int:
    """Time on the machine in µs: gates one after another, with reset and readout, per shot.

    Durations: the machine's published gate times (see `backends`). 0 for the simulator.
    """
    timing = backend.timing
    if timing is None:
        return 0
    seconds = (
        timing.reset + timing.readout + one_qubit * timing.one_qubit + two_qubit * timing.two_qubit
    )
    return min(_LARGEST, round(seconds * shots * 1_000_000))


def execution_ms(
    backend: Backend, *, qubits: int, one_qubit: int, two_qubit: int, shots: int
) -> int:
    """Predicted execution time in ms; for the simulator one memory sweep per gate (our model)."""
    if backend.is_qpu:
        time_us = quantum_time_us(backend, one_qubit=one_qubit, two_qubit=two_qubit, shots=shots)
        return max(1, round(time_us / 1000))
    sweeps_ns = (one_qubit + two_qubit) * (1 << qubits) * _SIMULATOR_GATE_NS_PER_AMPLITUDE
    return min(_LARGEST, _SIMULATOR_BASE_MS + round(sweeps_ns / 1_000_000))
