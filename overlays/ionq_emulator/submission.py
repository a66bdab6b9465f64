"""A job as a caller wants it, whichever version of the API it came through.

May import: records only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ionq_emulator.records import Json

__all__ = ["CircuitProgram", "Submission"]

DEFAULT_SHOTS = 100  # IonQ API reference, POST /jobs


@dataclass(slots=True)
class CircuitProgram:
    """One circuit.

    Attributes:
        program: `{"gateset", "qubits", "circuit"}` or `{"qasm": text}`, as the simulator reads it.
        name: Its name in a multi-circuit job.
        registers: Named lists of qubit indices, repeated to v0.3's callers.
    """

    program: Json
    name: str | None = None
    registers: Json | None = None


@dataclass(slots=True)
class Submission:
    """What POST /jobs asks for, checked against the contract but not yet against the machines."""

    type: str
    backend: str
    circuits: list[CircuitProgram]
    name: str | None = None
    metadata: dict[str, str] | None = None
    shots: int = DEFAULT_SHOTS
    noise: Json | None = None
    settings: Json = field(default_factory=dict)
    dry_run: bool = False
    session_id: str | None = None
    origin: str = "v0.4"
    extra: Json = field(default_factory=dict)
    size: int = 0
