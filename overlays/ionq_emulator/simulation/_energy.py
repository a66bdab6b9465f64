"""Energies: a sum of Pauli words measured on what an ansatz prepares. May import numpy.

Words that ask for the same axis on every qubit they share are measured together, on one circuit:
the ansatz and the gates that turn those axes to Z.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np

from ._circuit import Circuit, Operation
from ._failures import SimulationFailure
from ._reading import read_ansatz
from ._simulator import simulate_circuit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ._outcome import FloatArray, IntArray
    from ._task import Task

__all__ = ["Energy", "Evaluation", "evaluate", "read_energy"]

_KIND = "hamiltonian-energy"
_TURNS = {"X": ("h",), "Y": ("si", "h"), "Z": ()}
"""Gates that turn a letter's axis to Z."""

_TOGETHER = 1 << 20


class Evaluation(NamedTuple):
    """What evaluating an energy gave.

    Attributes:
        value: The energy, in the unit of the coefficients.
        variance: Of the energy in one shot, its unit squared: the sum over the circuits measured.
    """

    value: float
    variance: float


@dataclass(frozen=True, slots=True)
class Group:
    """Words measured together.

    Attributes:
        axes: Qubit to letter.
        terms: The words as masks of the qubits they act on, and their coefficients.
    """

    axes: dict[int, str]
    terms: list[tuple[int, float]]

    def takes(self, letters: Mapping[int, str]) -> bool:
        """Whether a word can be measured along with the others."""
        return all(self.axes.get(qubit, letter) == letter for qubit, letter in letters.items())

    def energies(self, outcomes: IntArray) -> FloatArray:
        """The energy of each outcome."""
        total = np.zeros(len(outcomes))
        for start in range(0, len(outcomes), _TOGETHER):
            part = slice(start, start + _TOGETHER)
            for mask, coefficient in self.terms:
                total[part] += coefficient * (1 - 2 * _parity(outcomes[part] & mask))
        return total


@dataclass(frozen=True, slots=True)
class Energy:
    """A function that passed every check.

    Attributes:
        ansatz: What prepares the state, its parameters filled in.
        groups: The Hamiltonian.
        constant: Coefficient of the identity.
        cvar_alpha: Share of the lowest energies that is averaged; None: all.
    """

    ansatz: Circuit
    groups: tuple[Group, ...]
    constant: float
    cvar_alpha: float | None

    def circuits(self) -> list[Circuit]:
        """The circuit of each group."""
        return [self._measured(group) for group in self.groups]

    def _measured(self, group: Group) -> Circuit:
        turns = [
            Operation(gate, (qubit,))
            for qubit, letter in sorted(group.axes.items())
            for gate in _TURNS[letter]
        ]
        return replace(self.ansatz, operations=(*self.ansatz.operations, *turns), registers={})


def read_energy(function: Mapping[str, Any], *, max_qubits: int) -> Energy:
    """Parse and check the `input` of a quantum function.

    The last letter of a Pauli word is on qubit 0, as in Qiskit, whose words IonQ's own client of
    hybrid jobs sends as they are. Values go to the ansatz's inputs in the order of their
    declarations. Measurements at the end of the ansatz mean nothing.

    Raises:
        SimulationFailure: `InvalidInput` for a function that is not known or makes no sense, and
            what `read_circuit` raises for the ansatz.
    """
    definition: dict[str, Any] = function["data"]
    if function.get("type") is not None or definition.get("type") != _KIND:
        kind = function.get("type") or definition.get("type")
        raise _invalid(f"type: {kind!r} is not emulated: IonQ publishes no definition of its data")
    data: dict[str, Any] = definition["data"]
    _refuse_penalties(data)
    alpha = data.get("cvar_alpha")
    if alpha is not None and not 0 < alpha <= 1:
        raise _invalid(f"cvar_alpha: {alpha} is not above 0 and up to 1")
    params = [
        _finite(value, f"params[{i}]") for i, value in enumerate(function.get("params") or ())
    ]
    ansatz = read_ansatz(data["ansatz"]["data"], params, max_qubits=max_qubits)
    groups, constant = _grouped(data["hamiltonian"], ansatz.qubits)
    if alpha is not None and len(groups) > 1:
        raise _invalid(
            f"cvar_alpha: the hamiltonian is measured in {len(groups)} bases, so that no sample has"
            " an energy of its own"
        )
    return Energy(ansatz, tuple(groups), constant, alpha)


def evaluate(
    task: Task, energy: Energy, *, cancelled: Callable[[], bool] | None = None
) -> Evaluation:
    """Measure the energy: exactly where `task.shots` is None, else with so many shots a circuit.

    Raises:
        SimulationFailure: As `simulate_circuit`.
        SimulationCancelled: `cancelled` answered True.
    """
    value, variance = energy.constant, 0.0
    for index, (group, circuit) in enumerate(zip(energy.groups, energy.circuits(), strict=True)):
        part = replace(task, seed=task.seed + index)  # each circuit its own shots
        outcome = simulate_circuit(part, circuit, cancelled=cancelled)
        energies, weights = group.energies(outcome.outcomes), outcome.weights
        if energy.cvar_alpha is not None:
            energies, weights = _lowest(energies, weights, energy.cvar_alpha)
        mean = float(energies @ weights)
        value += mean
        variance += max(0.0, float((energies - mean) ** 2 @ weights))
    return Evaluation(value, variance)


def _lowest(
    energies: FloatArray, weights: FloatArray, share: float
) -> tuple[FloatArray, FloatArray]:
    """The lowest energies that make up a share of all, and their weights in it."""
    order = np.argsort(energies, kind="stable")
    before = np.cumsum(weights[order]) - weights[order]
    taken = np.clip(share - before, 0, weights[order])
    return energies[order], taken / taken.sum()


def _grouped(terms: Iterable[dict[str, Any]], qubits: int) -> tuple[list[Group], float]:
    """The words in groups, each in the first that takes it, and the identity's coefficient."""
    groups: list[Group] = []
    constant = 0.0
    count = 0
    for count, term in enumerate(terms, 1):
        where = f"hamiltonian[{count - 1}]"
        letters = _letters(term["pauli_string"], qubits, where)
        coefficient = _finite(term["coefficient"], f"{where}.coefficient")
        if not letters:
            constant += coefficient
            continue
        group = next((group for group in groups if group.takes(letters)), None)
        if group is None:
            group = Group({}, [])
            groups.append(group)
        group.axes.update(letters)
        group.terms.append((sum(1 << qubit for qubit in letters), coefficient))
    if not count:
        raise _invalid("hamiltonian: at least one term is needed")
    return groups, constant


def _letters(word: str, qubits: int, where: str) -> dict[int, str]:
    if set(word) - set("IXYZ"):
        raise _invalid(f"{where}.pauli_string: {word!r} has letters other than I, X, Y and Z")
    if len(word) != qubits:
        raise _invalid(
            f"{where}.pauli_string: {word!r} has {len(word)} letters, the ansatz {qubits} qubits"
        )
    return {qubit: letter for qubit, letter in enumerate(reversed(word)) if letter != "I"}


def _refuse_penalties(data: Mapping[str, Any]) -> None:
    constraints = [
        name for name in ("linear_constraints", "quadratic_constraints") if data.get(name)
    ]
    if constraints and data.get("penalty"):
        raise _invalid(
            f"penalty: {constraints[0]} with a penalty are not emulated: IonQ publishes no rule by"
            " how much a broken constraint raises the energy"
        )


def _finite(value: object, where: str) -> float:
    number = float(cast("float", value))
    if not isfinite(number):
        raise _invalid(f"{where}: {value!r} is not a finite number")
    return number


def _parity(masked: IntArray) -> IntArray:
    """Of each number's bits: 0 or 1."""
    folded = masked.copy()
    for shift in (32, 16, 8, 4, 2, 1):
        folded ^= folded >> shift
    return folded & 1


def _invalid(message: str) -> SimulationFailure:
    return SimulationFailure("InvalidInput", message)
