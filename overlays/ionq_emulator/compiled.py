"""Compiled circuits: what the machine would have run, as native gates or OpenQASM 3.

May import: records, backends and the simulation package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import orjson

from ionq_emulator.simulation import compile_circuit, read_circuit

if TYPE_CHECKING:
    from ionq_emulator.backends import Backend
    from ionq_emulator.records import Job

__all__ = ["Language", "compiled_text"]

Language = Literal["native", "qasm3"]


def compiled_text(job: Job, program: dict[str, Any], backend: Backend, language: Language) -> str:
    """A job's circuit compiled for its machine: JSON text, or OpenQASM 3.

    Args:
        job: Whose noise model decides the gates on the simulator.
        program: The circuit as submitted.
        backend: Where it runs.
        language: What to compile to.

    Raises:
        SimulationFailure: The circuit cannot be compiled.
    """
    circuit = read_circuit(program, max_qubits=backend.qubits)
    model = backend.noise_model if backend.is_qpu else job.noise_model
    compiled = compile_circuit(circuit, language, "forte" if model.startswith("forte") else "aria")
    return compiled if isinstance(compiled, str) else orjson.dumps(compiled).decode()
