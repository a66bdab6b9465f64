"""Circuits to write down by hand, and the way from anything like a job to the body of POST /jobs.

May import: errors, the private modules on payloads, gates and drawing, the standard library.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, TypeAlias, TypedDict, cast

from ionq_direct._drawing import draw_gates
from ionq_direct._gate_rules import Scope, gate_problems
from ionq_direct._language import SINGLE_CIRCUIT
from ionq_direct._payload import JobOptions, Payload, multi_circuit, plain, with_options
from ionq_direct.errors import InvalidJob

if TYPE_CHECKING:
    from typing import Self, Unpack

__all__ = ["Circuit", "Controls", "JobOptions", "NativeCircuit", "Qubits", "as_payload"]

Qubits: TypeAlias = int | Sequence[int]
"""One qubit or several."""


class BaseCircuit:
    """A list of gates on a number of qubits, all of one gateset.

    Methods that add a gate change the circuit and return it, so that they chain. A gate that IonQ
    would refuse raises `InvalidJob` there and then.

    Args:
        qubits: Number of qubits. Qubit 0 is the least significant bit of an outcome.
        name: Name for the circuit, and for a job of it.

    Raises:
        InvalidJob: `qubits` is no integer of 1 or more.
    """

    GATESET: ClassVar[str]

    __slots__ = ("_gates", "_qubits", "name")

    def __init__(self, qubits: int, *, name: str | None = None) -> None:
        width = plain(qubits)
        if type(width) is not int or width < 1:
            raise InvalidJob(
                path="$.input.qubits", value=qubits, rule="qubits is an integer of 1 or more"
            )
        self._qubits = width
        self._gates: list[Payload] = []
        self.name = name

    @property
    def qubits(self) -> int:
        """Number of qubits."""
        return self._qubits

    @property
    def gates(self) -> list[Payload]:
        """The gates as IonQ's JSON objects; a copy."""
        return cast("list[Payload]", plain(self._gates))

    def append(self, gate: Mapping[str, object]) -> Self:
        """Add a gate that is written as IonQ's JSON object.

        Args:
            gate: For example `{"gate": "cnot", "control": 0, "target": 1}`.

        Raises:
            InvalidJob: The gate breaks a rule.
        """
        copied = plain(gate)
        path = f"$.input.circuit[{len(self._gates)}]"
        for problem in gate_problems(copied, path, Scope(self.GATESET, self._qubits)):
            raise InvalidJob(path=problem.path, value=problem.value, rule=problem.rule)
        self._gates.append(cast("Payload", copied))
        return self

    def extend(self, gates: Iterable[Mapping[str, object]]) -> Self:
        """Add gates, those of another circuit for example.

        Args:
            gates: Gates as IonQ's JSON objects.

        Raises:
            InvalidJob: A gate breaks a rule; those before it have been added.
        """
        for gate in list(gates):
            self.append(gate)
        return self

    def copy(self) -> Self:
        """A circuit of its own with the same gates."""
        return type(self)(self._qubits, name=self.name).extend(self._gates)

    __copy__ = copy

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self.copy()

    def __len__(self) -> int:
        return len(self._gates)

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Payload]:
        return iter(self.gates)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, BaseCircuit):
            return NotImplemented
        return (self.to_input(), self.name) == (other.to_input(), other.name)

    __hash__ = None  # type: ignore[assignment] # it can change

    def __repr__(self) -> str:
        name = f", name={self.name!r}" if self.name else ""
        gates = "1 gate" if len(self) == 1 else f"{len(self)} gates"
        return f"<{type(self).__name__}({self._qubits}{name}) of {gates}>"

    def __str__(self) -> str:
        return self.draw()

    def draw(self, *, width: int = 100, ascii_only: bool = False) -> str:
        """Draw the circuit for a terminal, qubit 0 on top.

        Args:
            width: Columns to use; a longer circuit continues below.
            ascii_only: Draw without box characters.
        """
        return draw_gates(self._gates, self._qubits, width=width, ascii_only=ascii_only)

    def to_input(self) -> Payload:
        """The circuit as the `input` of a job."""
        return {"qubits": self._qubits, "gateset": self.GATESET, "circuit": self.gates}

    def to_dict(self) -> Payload:
        """The same as `to_input`, so that a circuit can stand in a payload as its `input`."""
        return self.to_input()

    def to_payload(
        self, *, extra: Mapping[str, object] | None = None, **options: Unpack[JobOptions]
    ) -> Payload:
        """The body of `POST /jobs` for this circuit.

        Args:
            extra: Fields that the API document does not have; objects are merged.
            **options: Backend, shots and so on: see `JobOptions`.

        Returns:
            A dict that shares nothing with the circuit.

        Raises:
            InvalidJob: A field of `extra` is there already.
        """
        named = {"name": self.name} if self.name is not None else {}
        payload: Payload = {"type": SINGLE_CIRCUIT, **named, "input": self.to_input()}
        return with_options(payload, options, extra)


class Controls(TypedDict, total=False):
    """Qubits that must be 1 for a gate to act.

    Attributes:
        control: One of them.
        controls: Several, up to seven; instead of `control`.
    """

    control: int | None
    controls: Sequence[int] | None


class Circuit(BaseCircuit):
    """A circuit of abstract gates, which IonQ compiles: `Circuit(2).h(0).cnot(0, 1)`.

    Every gate but `swap` and `cnot` takes `control=` or `controls=`. A one-qubit gate on several
    qubits applies to each of them. Angles are in radians (IonQ docs, writing-quantum-programs).
    """

    GATESET = "qis"

    __slots__ = ()

    def x(self, target: Qubits, **controls: Unpack[Controls]) -> Self:
        """Pauli X."""
        return self._add("x", target, controls)

    def not_(self, target: Qubits, **controls: Unpack[Controls]) -> Self:
        """Pauli X, under its other name `not`."""
        return self._add("not", target, controls)

    def y(self, target: Qubits, **controls: Unpack[Controls]) -> Self:
        """Pauli Y."""
        return self._add("y", target, controls)

    def z(
        self, target: Qubits, rotation: float | None = None, **controls: Unpack[Controls]
    ) -> Self:
        """Pauli Z; with a rotation, the phase gate diag(1, exp(i rotation)) as Qiskit sends it."""
        return self._add("z", target, controls, rotation=rotation)

    def h(self, target: Qubits, **controls: Unpack[Controls]) -> Self:
        """Hadamard."""
        return self._add("h", target, controls)

    def s(self, target: Qubits, **controls: Unpack[Controls]) -> Self:
        """diag(1, i)."""
        return self._add("s", target, controls)

    def si(self, target: Qubits, **controls: Unpack[Controls]) -> Self:
        """Inverse of s."""
        return self._add("si", target, controls)

    def t(self, target: Qubits, **controls: Unpack[Controls]) -> Self:
        """diag(1, exp(i pi/4))."""
        return self._add("t", target, controls)

    def ti(self, target: Qubits, **controls: Unpack[Controls]) -> Self:
        """Inverse of t."""
        return self._add("ti", target, controls)

    def v(self, target: Qubits, **controls: Unpack[Controls]) -> Self:
        """Square root of x."""
        return self._add("v", target, controls)

    def vi(self, target: Qubits, **controls: Unpack[Controls]) -> Self:
        """Inverse of v."""
        return self._add("vi", target, controls)

    def rx(self, target: Qubits, rotation: float, **controls: Unpack[Controls]) -> Self:
        """exp(-i rotation/2 X)."""
        return self._add("rx", target, controls, rotation=rotation)

    def ry(self, target: Qubits, rotation: float, **controls: Unpack[Controls]) -> Self:
        """exp(-i rotation/2 Y)."""
        return self._add("ry", target, controls, rotation=rotation)

    def rz(self, target: Qubits, rotation: float, **controls: Unpack[Controls]) -> Self:
        """exp(-i rotation/2 Z)."""
        return self._add("rz", target, controls, rotation=rotation)

    def cnot(self, control: Qubits, target: Qubits) -> Self:
        """X on the target where the control, or each of several, is 1."""
        placed = _place("control", control) | _place("target", target)
        return self.append({"gate": "cnot", **placed})

    def swap(self, first: int, second: int) -> Self:
        """Exchange two qubits."""
        return self._add("swap", (first, second), {})

    def xx(self, first: int, second: int, rotation: float, **controls: Unpack[Controls]) -> Self:
        """exp(-i rotation/2 XX)."""
        return self._add("xx", (first, second), controls, rotation=rotation)

    def yy(self, first: int, second: int, rotation: float, **controls: Unpack[Controls]) -> Self:
        """exp(-i rotation/2 YY)."""
        return self._add("yy", (first, second), controls, rotation=rotation)

    def zz(self, first: int, second: int, rotation: float, **controls: Unpack[Controls]) -> Self:
        """exp(-i rotation/2 ZZ)."""
        return self._add("zz", (first, second), controls, rotation=rotation)

    def pauliexp(
        self,
        targets: Sequence[int],
        terms: Sequence[str],
        coefficients: Sequence[float],
        time: float,
        **controls: Unpack[Controls],
    ) -> Self:
        """exp(-i time sum(coefficient * term)).

        Args:
            targets: Qubits.
            terms: Pauli strings of one letter per target; the last letter is for the first target.
            coefficients: One real number per term.
            time: Not negative; signs belong to the coefficients.
            **controls: Control qubits.
        """
        parameters = {"terms": terms, "coefficients": coefficients, "time": time}
        return self._add("pauliexp", targets, controls, **parameters)

    def _add(self, gate: str, target: Qubits, controls: Controls, **parameters: object) -> Self:
        unknown = controls.keys() - Controls.__annotations__
        if unknown:
            raise TypeError(f"{gate} takes control= or controls=, not {', '.join(unknown)}=")
        given = {**_place("target", target), **controls, **parameters}
        fields = {name: value for name, value in given.items() if value is not None}
        return self.append({"gate": gate, **fields})


class NativeCircuit(BaseCircuit):
    """A circuit of the hardware's own gates, which IonQ runs as they are.

    Phases and angles are in turns: 1 is 2 pi (IonQ docs, native-gates-api).
    """

    GATESET = "native"

    __slots__ = ()

    def gpi(self, target: int, phase: float) -> Self:
        """X turned about Z: a half turn about the axis at `phase` on the equator.

        Args:
            target: Qubit.
            phase: Turns, -1 to 1.
        """
        return self.append({"gate": "gpi", "target": target, "phase": phase})

    def gpi2(self, target: int, phase: float) -> Self:
        """A quarter turn about the axis at `phase` on the equator.

        Args:
            target: Qubit.
            phase: Turns, -1 to 1.
        """
        return self.append({"gate": "gpi2", "target": target, "phase": phase})

    def ms(
        self,
        first: int,
        second: int,
        phases: tuple[float, float] = (0.0, 0.0),
        angle: float | None = None,
    ) -> Self:
        """Moelmer-Soerensen gate, of Aria systems.

        Args:
            first: Qubit.
            second: Qubit.
            phases: Turns, -1 to 1, one per qubit.
            angle: Turns, 0 to 0.25; IonQ takes 0.25, which entangles fully, when there is none.
        """
        gate = {"gate": "ms", "targets": (first, second), "phases": phases}
        return self.append(gate if angle is None else {**gate, "angle": angle})

    def zz(self, first: int, second: int, angle: float) -> Self:
        """exp(-i pi angle ZZ), of Forte and Tempo systems.

        Args:
            first: Qubit.
            second: Qubit.
            angle: Turns, -1 to 1.
        """
        return self.append({"gate": "zz", "targets": (first, second), "angle": angle})

    def nop(self, *targets: int) -> Self:
        """The gate that the API document names `nop` and describes nowhere."""
        return self.append({"gate": "nop", **({"targets": targets} if targets else {})})


def as_payload(
    job: object, *, extra: Mapping[str, object] | None = None, **options: Unpack[JobOptions]
) -> Payload:
    """The body of `POST /jobs` for anything that describes a job.

    Args:
        job: A circuit; a list of circuits, which become one multi-circuit job; a mapping; or a
            model with `to_dict`. It is copied and never changed.
        extra: Fields that the API document does not have; objects are merged.
        **options: Backend, shots and so on, in place of what the job says: see `JobOptions`.

    Returns:
        A dict of dicts, lists, texts and numbers, not yet validated.

    Raises:
        InvalidJob: The job is something else, or a field of `extra` is there already.
        TypeError: An option does not exist.
    """
    if isinstance(job, BaseCircuit):
        return job.to_payload(extra=extra, **options)
    if isinstance(job, list | tuple):
        circuits = [_named(circuit) for circuit in cast("list[object]", job)]
        return with_options(multi_circuit(circuits), options, extra)
    payload = plain(job)
    if not isinstance(payload, dict):
        rule = "a job is a circuit, a list of circuits, a mapping or a model with to_dict"
        raise InvalidJob(path="$", value=job, rule=rule)
    return with_options(cast("Payload", payload), options, extra)


def _named(circuit: object) -> object:
    if isinstance(circuit, BaseCircuit) and circuit.name is not None:
        return {"name": circuit.name, **circuit.to_input()}
    return circuit


def _place(role: str, qubits: Qubits) -> Payload:
    """One qubit under the singular, several under the plural."""
    if isinstance(qubits, Iterable):
        return {f"{role}s": list(qubits)}
    return {role: qubits}
