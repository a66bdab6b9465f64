"""Before a job runs: its circuit read and measured, its simulation planned, its times predicted.

May import: records, store, backends, pricing and the simulation package.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from ionq_emulator.distributions import LARGE
from ionq_emulator.execution import Run
from ionq_emulator.ids import seed31
from ionq_emulator.pricing import cost_usd, execution_ms, quantum_time_us
from ionq_emulator.records import FUNCTION, QASM3
from ionq_emulator.simulation import (
    Circuit,
    GateCounts,
    SimulationFailure,
    Task,
    check_width,
    count_gates,
    memory_needed,
    read_circuit,
    read_energy,
)

if TYPE_CHECKING:
    from ionq_emulator.backends import Backend, Catalogue
    from ionq_emulator.distributions import Spool
    from ionq_emulator.records import Job
    from ionq_emulator.store import Store

__all__ = ["Preparation", "Prepared"]

# What runs in the server's own process: about this much work, in µs. More goes to a worker.
_QUICK_US = 5_000.0
# A rough model of the engines: per gate and per amplitude, in µs; and how many error patterns a
# noisy run draws, per gate and shot. Only decides where a simulation runs.
_GATE_US = 4.0
_AMPLITUDE_US = 0.004
_SHOT_US = 0.3
_ERRORS_PER_GATE = 0.02
_QUICK_QUBITS = 16
_INT32_MAX = 2**31 - 1


@dataclass(slots=True)
class Prepared:
    """A circuit ready to be simulated.

    Attributes:
        run: What to simulate.
        memory: Peak memory it needs, in bytes.
        quick: Whether it is too little work to send to another process.
    """

    run: Run
    memory: int
    quick: bool


class Preparation:
    """Reads, checks and measures circuits.

    Args:
        store: Where programs are.
        catalogue: Machines.
        memory_bytes: The largest simulation that may run.
        spool: Where runs put large distributions; None: runs are elsewhere and cannot.
    """

    def __init__(
        self, store: Store, catalogue: Catalogue, memory_bytes: int, spool: Spool | None
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._memory_bytes = memory_bytes
        self._spool = spool

    def prepare(self, job: Job) -> Prepared:
        """Read a job's circuit; note gate counts, predicted times and the estimated cost on it.

        Raises:
            SimulationFailure: The circuit cannot run there, with IonQ's code.
        """
        text = self._store.program(job.id)
        if text is None:
            raise SimulationFailure("InternalError", "the job has no program")
        program: dict[str, Any] = orjson.loads(text)
        backend = self._backend(job)
        _check_program(job, program)
        circuits = _circuits(program, backend)
        self._measure(job, circuits, backend)
        return self._plan(job, program, circuits, backend)

    def queue_ms(self, job: Job) -> int:
        """How long the job waits behind other people's, in ms."""
        return self._backend(job).queue_ms

    def accepts(self, job: Job) -> bool:
        """Whether the machine takes jobs out of its queue now."""
        return self._backend(job).status == "available"

    def execution_ms(self, job: Job) -> int:
        """How long the job takes, in ms: as predicted, on a QPU give or take 3 percent."""
        predicted = job.predicted_execution_ms or 1
        if job.simulated:
            return predicted
        spread = seed31(job.seed, "duration") / 2**31 * 0.06 - 0.03
        return max(1, round(predicted * (1 + spread)))

    def _backend(self, job: Job) -> Backend:
        backend = self._catalogue.find(job.backend)
        if backend is None:
            raise SimulationFailure("PreflightError", f"there is no backend {job.backend}")
        return backend

    def _measure(self, job: Job, circuits: list[Circuit], backend: Backend) -> None:
        """Note what the job's circuits add up to."""
        qubits = circuits[0].qubits
        counts: GateCounts = {"1q": 0, "2q": 0}
        duration, time_us, cost = 0, 0, 0.0
        for circuit in circuits:
            gates = count_gates(circuit)
            one, two = gates["1q"], gates["2q"]
            counts = {"1q": counts["1q"] + one, "2q": counts["2q"] + two}
            duration += execution_ms(
                backend, qubits=qubits, one_qubit=one, two_qubit=two, shots=job.shots
            )
            time_us += quantum_time_us(backend, one_qubit=one, two_qubit=two, shots=job.shots)
            cost += (
                cost_usd(
                    backend,
                    one_qubit=one,
                    two_qubit=two,
                    shots=job.shots,
                    mitigated=debiased(job),
                )
                or 0.0
            )
        job.stats = {"qubits": qubits, "circuits": len(circuits), "gate_counts": dict(counts)}
        job.mid_circuit = any(circuit.hidden_qubits for circuit in circuits)
        job.predicted_execution_ms = min(_INT32_MAX, duration)
        if backend.is_qpu:
            job.stats["predicted_quantum_compute_time_us"] = min(_INT32_MAX, time_us)
            job.estimated_cost = round(cost, 4)

    def _plan(
        self, job: Job, program: dict[str, Any], circuits: list[Circuit], backend: Backend
    ) -> Prepared:
        noise = backend.noise_model if backend.is_qpu else job.noise_model
        shots = job.shots if job.counts_shots else None
        task = Task(
            program=program,
            shots=shots,
            noise=noise,
            seed=int((job.noise or {}).get("seed", job.seed)),
            debiasing=debiased(job) and job.type != FUNCTION,
        )
        widest = max(circuits, key=lambda circuit: len(circuit.active_qubits))
        check_width(widest, noise)
        active = len(widest.active_qubits)
        memory = max(memory_needed(circuit, noisy=noise != "ideal") for circuit in circuits)
        if memory > self._memory_bytes:
            raise SimulationFailure(
                "SimulationError",
                f"{active} qubits in use need {memory / 2**30:.1f} GiB to simulate; "
                f"the emulator may use {self._memory_bytes / 2**30:.1f} GiB",
            )
        large = 1 << active >= LARGE
        run = Run(
            task,
            directory=self._spool.directory if large and self._spool is not None else None,
            registers=job.type == QASM3,
        )
        return Prepared(run, memory, _is_quick(task, circuits, active))


def _circuits(program: dict[str, Any], backend: Backend) -> list[Circuit]:
    """The circuits of a program: one, or of a function those it is measured with."""
    function = program.get("function")
    if function is None:
        circuit = read_circuit(program, max_qubits=backend.qubits)
        _check_native(circuit, backend)
        return [circuit]
    energy = read_energy(function, max_qubits=backend.qubits)
    return energy.circuits() or [energy.ansatz]


def _check_native(circuit: Circuit, backend: Backend) -> None:
    """A machine runs its own two-qubit gate only (IonQ docs, native gates API)."""
    if circuit.gateset != "native":
        return
    for operation in circuit.operations:
        if operation.gate not in {*backend.native_gates, "nop"}:
            raise SimulationFailure(
                "UnsupportedGate",
                f"circuit[{operation.position}].gate: {backend.name} has no {operation.gate},"
                f" its native gates are {', '.join(backend.native_gates)}",
            )


def _check_program(job: Job, program: dict[str, Any]) -> None:
    """What fails before the circuit is looked at."""
    if not program.keys() & {"circuit", "qasm", "function"}:
        raise SimulationFailure("InvalidInput", f"{job.type} jobs are not emulated")
    if program.get("gateset") == "qis" and program.get("qubits") is None:
        raise SimulationFailure("UnexpectedCompilationError", "input.qubits is missing")


def debiased(job: Job) -> bool:
    """Whether debiasing is on for this job."""
    mitigation = job.settings.get("error_mitigation", {})
    return not job.simulated and mitigation.get("debiasing") is True


def _is_quick(task: Task, circuits: list[Circuit], active: int) -> bool:
    if active > _QUICK_QUBITS:
        return False
    return sum(_work_us(task, circuit, active) for circuit in circuits) < _QUICK_US


def _work_us(task: Task, circuit: Circuit, active: int) -> float:
    gates = len(circuit.operations) + 1
    runs = 1.0
    if task.noise != "ideal" and task.shots is not None:
        runs = min(task.shots, 1 + task.shots * gates * _ERRORS_PER_GATE)
    per_gate = _GATE_US + (1 << active) * _AMPLITUDE_US
    return runs * gates * per_gate + (task.shots or 0) * _SHOT_US
