"""IonQ's circuit language, job fields and limits, as tables. May import: the standard library.

Sources, where an entry names none: the v0.4 API document of May 2026, and the pages
writing-quantum-programs and native-gates-api of IonQ's docs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

__all__ = [
    "DEBIASING_FEWEST_SHOTS",
    "DEFAULT_SHOTS",
    "GATESETS",
    "INPUT_FIELDS",
    "JOB_FIELDS",
    "MAX_CIRCUITS",
    "MAX_CONTROLS",
    "MAX_MEGABYTES",
    "MAX_METADATA_KEYS",
    "MAX_METADATA_NAME",
    "MAX_METADATA_VALUE",
    "MAX_MULTI_CIRCUIT_GATES",
    "MAX_SEED",
    "MAX_SHOTS",
    "MULTI_CIRCUIT",
    "REQUIRED_FIELDS",
    "REQUIRED_INPUT",
    "SIMULATOR",
    "SINGLE_CIRCUIT",
    "GateSpec",
    "Kind",
    "family_of",
]

# --- limits --------------------------------------------------------------------------------------

MAX_SHOTS: Final = 1_000_000
DEFAULT_SHOTS: Final = 100
"""What IonQ takes when a job names no shots."""
DEBIASING_FEWEST_SHOTS: Final = 500

MAX_CONTROLS: Final = 7
MAX_INT32: Final = 2**31 - 1
"""Qubit indices and noise seeds are of 32 bits."""
MAX_SEED: Final = MAX_INT32

# IonQ docs, API core concepts.
MAX_METADATA_KEYS: Final = 10
MAX_METADATA_NAME: Final = 40
MAX_METADATA_VALUE: Final = 40_000

# The API document of October 2026.
MAX_CIRCUITS: Final = 5_000
MAX_MULTI_CIRCUIT_GATES: Final = 150_000
MAX_MEGABYTES: Final = 10
"""The API refuses bodies of more than "10MB"; these are taken as megabytes of 10^6 bytes, because
what stays below that stays below the limit in either reading."""


# --- gates ---------------------------------------------------------------------------------------


Kind: TypeAlias = Literal[
    "gate",
    "qubit",
    "qubits",
    "radians",
    "turns",
    "two turns",
    "entangling turns",
    "Pauli terms",
    "coefficients",
    "time",
]
"""What the value of a gate's field is."""


@dataclass(frozen=True, slots=True)
class GateSpec:
    """What one gate takes.

    Attributes:
        name: The gate's name.
        targets: Fewest and most targets; None is no limit.
        required: Parameters that must be there.
        optional: Parameters that may be there.
        controls: Fewest controls and the fields that hold them, or None for a gate without.
        families: Backend families that have the gate; None is all.
        fields: Every field of the gate.
    """

    name: str
    targets: tuple[int, int | None]
    required: dict[str, Kind] = field(default_factory=dict[str, Kind])
    optional: dict[str, Kind] = field(default_factory=dict[str, Kind])
    controls: tuple[int, tuple[str, ...]] | None = None
    families: frozenset[str] | None = None
    fields: dict[str, Kind] = field(init=False)

    def __post_init__(self) -> None:
        fields: dict[str, Kind] = {"gate": "gate", "target": "qubit", "targets": "qubits"}
        for name in self.controls[1] if self.controls else ():
            fields[name] = "qubit" if name == "control" else "qubits"
        object.__setattr__(self, "fields", fields | self.required | self.optional)


_ONE_OR_MORE = (1, None)
_ONE = (1, 1)
_TWO = (2, 2)
_RADIANS: dict[str, Kind] = {"rotation": "radians"}
_QIS_CONTROLS = (0, ("control", "controls"))
_NATIVE_CONTROLS = (0, ("controls",))

_PAULI_EXPONENTIAL = GateSpec(
    "pauliexp",
    _ONE_OR_MORE,
    # The API document names the gate and leaves its fields out; these are what IonQ's SDKs send.
    required={
        "terms": "Pauli terms",
        "coefficients": "coefficients",
        "time": "time",
    },
    controls=_QIS_CONTROLS,
)

_QIS_GATES = (
    # A one-qubit gate with several targets applies to each of them.
    *(
        GateSpec(name, _ONE_OR_MORE, controls=_QIS_CONTROLS)
        for name in ("x", "y", "h", "s", "si", "v", "vi", "t", "ti", "not")
    ),
    # With a rotation, z is the phase gate diag(1, exp(i rotation)): qiskit-ionq sends it so.
    GateSpec("z", _ONE_OR_MORE, optional=_RADIANS, controls=_QIS_CONTROLS),
    *(
        GateSpec(name, _ONE_OR_MORE, required=_RADIANS, controls=_QIS_CONTROLS)
        for name in ("rx", "ry", "rz")
    ),
    GateSpec("cnot", _ONE_OR_MORE, controls=(1, ("control", "controls"))),
    # The docs exclude swap from controls by name.
    GateSpec("swap", _TWO),
    *(
        GateSpec(name, _TWO, required=_RADIANS, controls=_QIS_CONTROLS)
        for name in ("xx", "yy", "zz")
    ),
    _PAULI_EXPONENTIAL,
)

_NATIVE_GATES = (
    *(
        GateSpec(name, _ONE, required={"phase": "turns"}, controls=_NATIVE_CONTROLS)
        for name in ("gpi", "gpi2")
    ),
    GateSpec(
        "ms",
        _TWO,
        required={"phases": "two turns"},
        optional={"angle": "entangling turns"},
        controls=_NATIVE_CONTROLS,
        families=frozenset({"aria", "harmony"}),
    ),
    GateSpec(
        "zz",
        _TWO,
        required={"angle": "turns"},
        controls=_NATIVE_CONTROLS,
        families=frozenset({"forte", "tempo"}),  # Tempo: qiskit-ionq's backend catalog
    ),
    # In the list of names and described nowhere, hence no rule for its targets.
    GateSpec("nop", (0, None), controls=_NATIVE_CONTROLS),
)

GATESETS: Final = {
    "qis": {spec.name: spec for spec in _QIS_GATES},
    "native": {spec.name: spec for spec in _NATIVE_GATES},
}

# --- jobs ----------------------------------------------------------------------------------------

SIMULATOR: Final = "simulator"
SINGLE_CIRCUIT: Final = "ionq.circuit.v1"
MULTI_CIRCUIT: Final = "ionq.multi-circuit.v1"

JOB_FIELDS: Final = frozenset(
    {
        "backend",
        "dry_run",
        "input",
        "metadata",
        "name",
        "noise",
        "session_id",
        "settings",
        "shots",
        "type",
    }
)
"""Fields of a circuit job."""

REQUIRED_FIELDS: Final = {
    "": ("backend", "type", "input"),
    "qctrl.qaoa.v1": ("backend", "type", "input", "external_settings"),
}
"""Fields that a job needs, by type; under the empty text, those of every other type."""

INPUT_FIELDS: Final = {
    SINGLE_CIRCUIT: frozenset({"circuit", "gateset", "qubits"}),
    MULTI_CIRCUIT: frozenset({"circuits", "gateset", "qubits"}),
}
"""Fields of a circuit job's input."""

CIRCUIT_FIELDS: Final = frozenset({"circuit", "gateset", "name", "qubits", "registers"})
"""Fields of one circuit of a multi-circuit job."""

REQUIRED_INPUT: Final = {
    # The simulator refuses circuits without a number of qubits, though the API document has it
    # optional; of native circuits nothing is known to the contrary.
    SINGLE_CIRCUIT: ("circuit", "gateset", "qubits"),
    MULTI_CIRCUIT: ("circuits", "gateset"),
    "ionq.qasm3.v1": ("data",),
    "quantum-function": ("data",),
    "qctrl.qaoa.v1": ("problem_type", "problem"),
}
"""Fields that the input needs, by type of job."""

SECRET_FIELDS: Final = frozenset({"external_settings"})
"""Fields that hold other services' credentials: their values appear in no error."""

_FAMILY = re.compile(r"(?:qpu\.)?(aria|harmony|forte|tempo)(?![a-z])")


def family_of(device: str) -> str | None:
    """The family of a backend (`qpu.aria-1`) or a noise model (`aria-1`); None when unknown."""
    found = _FAMILY.match(device)
    return found[1] if found else None
