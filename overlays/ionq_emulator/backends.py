"""The machines of the emulated cloud: what IonQ publishes of them, and what it does not, stated.

May import: the standard library and records.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["SIMULATOR", "Backend", "Catalogue", "Rates", "Timing"]

SIMULATOR = "simulator"
STATES = ("available", "unavailable", "retired")

# The gate names of the `qis` gateset (IonQ API reference, QisGate).
QIS_GATES = (
    "x", "y", "z", "rx", "ry", "rz", "h", "s", "si", "v", "vi", "t", "ti", "not", "cnot", "swap",
    "xx", "yy", "zz", "pauliexp",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timing:
    """Durations and coherence times in seconds."""

    one_qubit: float
    two_qubit: float
    readout: float
    reset: float
    t1: float
    t2: float


@dataclass(frozen=True, slots=True)
class Fidelity:
    """Median fidelities."""

    one_qubit: float
    two_qubit: float
    spam: float


@dataclass(frozen=True, slots=True)
class Rates:
    """Prices in USD: per gate and shot, and the least a job costs.

    Source: Azure Quantum's published price list for IonQ (articles/pricing.md), the only public
    one; direct contracts are private.
    """

    one_qubit_gate: float
    two_qubit_gate: float
    minimum: float
    minimum_mitigated: float


@dataclass(slots=True)
class Backend:
    """One machine.

    Attributes:
        queue_ms: Wait of a new job behind other people's, in ms of emulated time.
        noise_model: The noise model its jobs are simulated with.
        native_gates: Names of its native gateset.
    """

    name: str
    qubits: int
    status: str = "available"
    queue_ms: int = 0
    location: str | None = None
    kw: float | None = None
    degraded: bool | None = False
    noise_model: str = "ideal"
    noise_models: tuple[str, ...] = ()
    native_gates: tuple[str, ...] = ()
    timing: Timing | None = None
    fidelity: Fidelity | None = None
    rates: Rates | None = None
    mitigations: tuple[str, ...] = ()

    @property
    def is_qpu(self) -> bool:
        """Whether jobs queue, are sampled with noise, and cost money."""
        return self.name != SIMULATOR


_ARIA_RATES = Rates(0.000220, 0.000975, minimum=12.4166, minimum_mitigated=97.50)
_FORTE_RATES = Rates(0.0001645, 0.001121, minimum=25.7899, minimum_mitigated=168.195)
# Azure Quantum, provider-ionq.md. Reset and readout: as published there for Harmony.
_ARIA_TIMING = Timing(135e-6, 600e-6, readout=100e-6, reset=25e-6, t1=10.0, t2=1.0)
# IonQ publishes no table for Forte: our choice, close to what its estimates imply.
_FORTE_TIMING = Timing(130e-6, 970e-6, readout=150e-6, reset=50e-6, t1=10.0, t2=1.0)
_HARMONY_TIMING = Timing(10e-6, 210e-6, readout=100e-6, reset=25e-6, t1=10.0, t2=0.2)
_MITIGATIONS = ("debiasing",)


def _forte(name: str, queue_ms: int, **more: str) -> Backend:
    return Backend(
        name,
        qubits=36,
        queue_ms=queue_ms,
        noise_model=more.get("noise_model", "forte-1"),
        native_gates=("gpi", "gpi2", "zz"),
        location=more.get("location", "College Park, MD, USA"),
        timing=_FORTE_TIMING,
        # 1 - r of the published depolarizing strengths; SPAM as in IonQ's API example.
        fidelity=Fidelity(0.9998, 0.9963, 0.9962),
        rates=_FORTE_RATES,
        mitigations=_MITIGATIONS,
    )


def _aria(name: str, queue_ms: int, noise_model: str, status: str) -> Backend:
    return Backend(
        name,
        qubits=25,
        status=status,
        queue_ms=queue_ms,
        kw=4.9,
        location="College Park, MD, USA",
        noise_model=noise_model,
        native_gates=("gpi", "gpi2", "ms"),
        timing=_ARIA_TIMING,
        fidelity=Fidelity(0.9995, 0.996, 0.9961),
        rates=_ARIA_RATES,
        mitigations=_MITIGATIONS,
    )


def _all_backends() -> list[Backend]:
    return [
        Backend(
            SIMULATOR,
            qubits=29,
            noise_models=("ideal", "aria-1", "aria-2", "forte-1", "forte-enterprise-1", "harmony"),
            native_gates=("gpi", "gpi2", "ms", "zz"),
        ),
        _aria("qpu.aria-1", 420_000, "aria-1", "available"),
        _aria("qpu.aria-2", 420_000, "aria-2", "retired"),
        _forte("qpu.forte-1", 300_000),
        _forte("qpu.forte-enterprise-1", 180_000, noise_model="forte-enterprise-1"),
        _forte(
            "qpu.forte-enterprise-2",
            180_000,
            noise_model="forte-enterprise-1",
            location="Basel, Switzerland",
        ),
        _forte("qpu.forte-enterprise-3", 180_000, noise_model="forte-enterprise-1"),
        Backend(
            "qpu.harmony",
            qubits=11,
            status="retired",
            noise_model="harmony",
            native_gates=("gpi", "gpi2", "ms"),
            timing=_HARMONY_TIMING,
            fidelity=Fidelity(0.9935, 0.9602, 0.993),
            rates=_ARIA_RATES,
        ),
    ]


@dataclass
class Catalogue:
    """All machines by name, with what the control surface may change of them."""

    backends: dict[str, Backend] = field(
        default_factory=lambda: {backend.name: backend for backend in _all_backends()}
    )

    def find(self, name: str) -> Backend | None:
        """The machine of this name."""
        return self.backends.get(name)

    def reset(self) -> None:
        """All machines as they were at the start."""
        self.backends.clear()
        self.backends.update((backend.name, backend) for backend in _all_backends())

    def set_state(self, name: str, *, status: str | None, degraded: bool | None) -> None:
        """Change what a machine says of itself.

        Raises:
            ValueError: Unknown machine or state.
        """
        if name not in self.backends:
            raise ValueError(f"unknown backend {name!r}; known: {', '.join(self.backends)}")
        if status is not None and status not in STATES:
            raise ValueError(f"status must be one of {', '.join(STATES)}, got {status!r}")
        backend = self.backends[name]
        backend.status = status or backend.status
        backend.degraded = backend.degraded if degraded is None else degraded

    def set_queue(self, waits_ms: dict[str, int]) -> None:
        """Set how long new jobs wait on each machine, in ms of emulated time.

        Raises:
            ValueError: Unknown machine, or a negative wait.
        """
        for name, wait in waits_ms.items():
            if name not in self.backends:
                raise ValueError(f"unknown backend {name!r}; known: {', '.join(self.backends)}")
            if wait < 0:
                raise ValueError(f"the wait of {name} must not be negative, got {wait}")
        for name, wait in waits_ms.items():
            self.backends[name].queue_ms = wait
