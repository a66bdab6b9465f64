"""The noise models and their strengths: one table. Imports the standard library only."""

from __future__ import annotations

from dataclasses import dataclass

from ._failures import SimulationFailure

__all__ = ["NOISE_MODELS", "NoiseModel", "noise_model"]


@dataclass(frozen=True, slots=True)
class NoiseModel:
    """Depolarizing noise after every gate: rho becomes (1 - r) rho + r I/d on the gate's qubits.

    Attributes:
        name: As `noise.model` has it.
        one_qubit: r after a gate on one qubit.
        two_qubit: r after a gate on two qubits; wider gates see it once for each 2q gate that
            `count_gates` counts them as.
        qubits: Widest circuit the model takes.
        published: The strengths are IonQ's own numbers for this model.
        source: Where the numbers are from, or why these stand in.
    """

    name: str
    one_qubit: float
    two_qubit: float
    qubits: int
    published: bool
    source: str


_DOCS = "IonQ docs, simulation with noise models"

# IonQ's published r are one minus the fidelity it published for the machine (aria-1: 0.05 % and
# 1.33 %), so Harmony's published fidelities are read the same way.
_HARMONY = (
    "no strengths published ('a different formula and parameters'); depolarizing with one minus"
    " the fidelities that Azure published for Harmony, 99.35 % and 96.02 %"
)

NOISE_MODELS: dict[str, NoiseModel] = {
    model.name: model
    for model in (
        NoiseModel("ideal", 0.0, 0.0, 29, published=True, source=_DOCS),
        NoiseModel("aria-1", 0.0005, 0.0133, 25, published=True, source=_DOCS),
        NoiseModel("aria-2", 0.0006573333333333332, 0.01856, 25, published=True, source=_DOCS),
        NoiseModel(
            "forte-1",
            0.0002666666666666667,
            0.004949333333333333,
            29,
            published=True,
            source=_DOCS,
        ),
        NoiseModel(
            "forte-enterprise-1",
            0.0002666666666666667,
            0.004949333333333333,
            29,
            published=False,
            source="no strengths published; forte-1's, the same generation of machine",
        ),
        *(
            NoiseModel(name, 0.0065, 0.0398, 11, published=False, source=_HARMONY)
            for name in ("harmony", "harmony-1", "harmony-2")
        ),
    )
}
"""Every model by name."""


def noise_model(name: str) -> NoiseModel:
    """Look a model up.

    Raises:
        SimulationFailure: `InvalidInput` for a name that is not in the table.
    """
    if name not in NOISE_MODELS:
        known = ", ".join(NOISE_MODELS)
        raise SimulationFailure("InvalidInput", f"noise.model: {name!r} is not one of {known}")
    return NOISE_MODELS[name]
