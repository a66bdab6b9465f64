"""From a program's JSON to a checked `Circuit`. Imports the standard library and the gate table.

What is refused here becomes the job's failure: each message names the gate's index and the field.
"""

from __future__ import annotations

from contextlib import suppress
from math import isfinite, nan
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeGuard, cast

from ._circuit import Circuit, Operation
from ._failures import SimulationFailure
from ._gates import GATESETS, MAX_CONTROLS, Field, GateInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["MAX_QUBITS", "MAX_WIDTH", "read_ansatz", "read_circuit"]

MAX_QUBITS = 29
"""Qubits of IonQ's simulator (GET /backends; docs, simulation with noise models)."""

MAX_WIDTH = 63
"""Widest outcome key that an array of 64-bit integers holds."""

_PAIR = 2
_ANY_NUMBER = Field("number")
_TIME = Field("time", low=0)
_PAULIEXP = ("terms", "coefficients", "time")


def _field_names(spec: GateInput) -> frozenset[str]:
    names = {"gate", "target", "targets", "control", "controls"}
    names |= {field.name for field in spec.fields}
    names |= {field.alias for field in spec.fields if field.alias}
    return frozenset(names | set(_PAULIEXP) if spec.gate == "pauliexp" else names)


_FIELDS = {
    (gateset, name): _field_names(spec)
    for gateset, table in GATESETS.items()
    for name, spec in table.items()
}


def read_circuit(
    program: Mapping[str, Any], *, max_qubits: int = MAX_QUBITS, controlled_swap: bool = True
) -> Circuit:
    """Parse and check a program.

    Args:
        program: `{"gateset": "qis"|"native", "qubits": n or None, "circuit": [gates]}` or
            `{"qasm": "OPENQASM 3.0; ..."}`.
        max_qubits: Qubits the backend has.
        controlled_swap: Accept controls on `swap`. IonQ's documentation excludes them, qiskit
            sends them.

    Raises:
        SimulationFailure: `NotEnoughQubits`, `TooManyControls`, `UnsupportedGate`,
            `CompilationError` (OpenQASM) or `InvalidInput` for everything else.
    """
    if program.get("qasm") is not None:
        from ._qasm import read_qasm  # noqa: PLC0415  (the parser takes 0.1 s to import)

        return _checked(read_qasm(program["qasm"]), max_qubits)
    gateset = program.get("gateset") or "qis"
    if gateset not in GATESETS:
        raise _invalid(f"gateset: {gateset!r} is not one of qis, native")
    gates = program.get("circuit")
    if not _is_list(gates):
        raise _invalid("circuit: a list of gates is needed")
    if not gates:
        raise _invalid("circuit: at least one gate is needed")
    declared = program.get("qubits")
    if declared is not None:
        declared = _integer(declared, "qubits")
        if declared < 1:
            raise _invalid(f"qubits: {declared} is less than 1")
    reader = _Reader(gateset, declared, controlled_swap)
    operations = tuple(
        operation for index, gate in enumerate(gates) for operation in reader.read(index, gate)
    )
    required = 1 + max(
        (qubit for op in operations for qubit in (*op.targets, *op.controls)), default=-1
    )
    circuit = Circuit(
        gateset=gateset,
        qubits=declared or max(required, 1),
        operations=operations,
        declared_qubits=declared,
        required_qubits=required,
    )
    return _checked(circuit, max_qubits)


def read_ansatz(data: object, params: Sequence[float], *, max_qubits: int) -> Circuit:
    """Parse and check an ansatz.

    Args:
        data: OpenQASM 3, with `input` declarations for its parameters.
        params: Their values, in the order of the declarations.
        max_qubits: Qubits the backend has.

    Raises:
        SimulationFailure: As `read_circuit`.
    """
    from ._qasm import read_qasm  # noqa: PLC0415  (the parser takes 0.1 s to import)

    return _checked(read_qasm(data, params), max_qubits)


def _checked(circuit: Circuit, max_qubits: int) -> Circuit:
    limit = min(max_qubits, MAX_WIDTH)
    if circuit.qubits > limit:
        raise SimulationFailure(
            "NotEnoughQubits", f"the circuit needs {circuit.qubits} qubits, there are {limit}"
        )
    if circuit.qubits + circuit.hidden_qubits > MAX_WIDTH:
        raise SimulationFailure(
            "NotEnoughQubits",
            f"measurements and resets in the middle of the circuit need"
            f" {circuit.hidden_qubits} hidden qubits beside its {circuit.qubits},"
            f" the simulation has {MAX_WIDTH} in all",
        )
    return circuit


class _Reader:
    """Reads gates of one circuit; quick where all is well, as there may be 150,000 of them."""

    def __init__(
        self, gateset: Literal["qis", "native"], declared: int | None, controlled_swap: bool
    ) -> None:
        self._gateset = gateset
        self._table = GATESETS[gateset]
        self._limit = MAX_WIDTH + 1 if declared is None else declared
        self._declared = declared
        self._controlled_swap = controlled_swap

    def read(self, index: int, gate: object) -> list[Operation]:
        """One gate as operations: several where a one-qubit gate has several targets."""
        if not isinstance(gate, dict):
            raise _invalid(f"circuit[{index}]: a gate is an object, not {gate!r}")
        fields = cast("dict[str, Any]", gate)
        if None in fields.values():  # as good as absent
            fields = {key: value for key, value in fields.items() if value is not None}
        name = fields.get("gate")
        if not isinstance(name, str) or name not in self._table:
            raise self._unsupported(index, name)
        spec = self._table[name]
        where = _Where(index, name)
        if not fields.keys() <= _FIELDS[self._gateset, name]:
            unknown = min(map(str, fields.keys() - _FIELDS[self._gateset, name]))
            raise where.invalid(unknown, "this gate has no such field")
        targets = self._places(fields, "target", "targets", where)
        controls = self._places(fields, "control", "controls", where)
        self._check_places(targets, controls, spec, where)
        if spec.gate == "pauliexp":
            terms, parameters = _pauliexp(fields, len(targets), where)
            return [Operation("pauliexp", targets, controls, parameters, terms, index)]
        kind, parameters = _parameters(fields, spec, where)
        if spec.targets == 1 and len(targets) > 1:
            return [
                Operation(kind, (target,), controls, parameters, (), index) for target in targets
            ]
        return [Operation(kind, targets, controls, parameters, (), index)]

    def _unsupported(self, index: int, name: object) -> SimulationFailure:
        if name is None:
            return _invalid(f"circuit[{index}].gate: the gate's name is missing")
        known = ", ".join(self._table)
        return SimulationFailure(
            "UnsupportedGate",
            f"circuit[{index}].gate: {name!r} is not a gate of the {self._gateset} gateset"
            f" ({known})",
        )

    def _places(
        self, fields: dict[str, Any], one: str, many: str, where: _Where
    ) -> tuple[int, ...]:
        """The qubits under `target` or `targets`, or `control` or `controls`."""
        if one in fields:
            if many in fields:
                raise where.invalid(many, f"give either {one} or {many}, not both")
            return (self._qubit(fields[one], where, one),)
        if many not in fields:
            return ()
        values = fields[many]
        if not _is_list(values):
            raise where.invalid(many, f"a list of qubits is needed, not {values!r}")
        return tuple([self._qubit(value, where, many) for value in values])

    def _qubit(self, value: object, where: _Where, field: str) -> int:
        if type(value) is int and 0 <= value < self._limit:
            return value
        qubit = where.integer(value, field)
        if qubit < 0:
            raise where.invalid(field, f"{qubit} is negative")
        if self._declared is not None and qubit >= self._declared:
            raise where.invalid(
                field, f"qubit {qubit} is outside the circuit's {self._declared} qubits"
            )
        return qubit

    def _check_places(
        self, targets: tuple[int, ...], controls: tuple[int, ...], spec: GateInput, where: _Where
    ) -> None:
        count = len(targets)
        if spec.targets == _PAIR and count != _PAIR:
            raise where.invalid("targets", f"2 targets needed, {count} given")
        if not targets and spec.gate != "nop":
            raise where.invalid("targets", "a target needed, 0 given")
        if len({*targets, *controls}) != count + len(controls):
            raise self._overlap(targets, controls, where)
        if spec.needs_control and not controls:
            raise where.invalid("control", "a control is needed")
        if len(controls) > MAX_CONTROLS:
            raise SimulationFailure(
                "TooManyControls",
                f"{where}.controls: {len(controls)} controls, at most {MAX_CONTROLS} are possible",
            )
        if controls and spec.gate == "swap" and not self._controlled_swap:
            raise SimulationFailure(
                "UnsupportedGate", f"{where}.controls: a swap cannot be controlled"
            )

    def _overlap(
        self, targets: tuple[int, ...], controls: tuple[int, ...], where: _Where
    ) -> SimulationFailure:
        for name, qubits in (("targets", targets), ("controls", controls)):
            if len(set(qubits)) != len(qubits):
                return where.invalid(name, f"{list(qubits)} names a qubit twice")
        both = min(set(targets) & set(controls))
        return where.invalid("controls", f"qubit {both} is a target as well")


def _parameters(
    fields: dict[str, Any], spec: GateInput, where: _Where
) -> tuple[str, tuple[float, ...]]:
    """The gate to read it as, and its numbers."""
    if not spec.fields or (
        spec.with_fields and not any(field.name in fields for field in spec.fields)
    ):
        return spec.gate, ()
    parameters = tuple(
        [value * spec.unit for field in spec.fields for value in _numbers(fields, field, where)]
    )
    return spec.with_fields or spec.gate, parameters


def _numbers(fields: dict[str, Any], field: Field, where: _Where) -> list[float]:
    value: Any = fields.get(field.name)
    if value is None and field.alias:
        value = fields.get(field.alias)
    if value is None:
        value = field.default
    if value is None:
        raise where.invalid(field.name, "this gate needs the field")
    if not field.length:
        return [where.number(value, field.name, field)]
    if not _is_list(value) or len(value) != field.length:
        raise where.invalid(
            field.name, f"a list of {field.length} numbers is needed, not {value!r}"
        )
    return [where.number(item, f"{field.name}[{place}]", field) for place, item in enumerate(value)]


def _pauliexp(
    fields: dict[str, Any], targets: int, where: _Where
) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Terms, and coefficients followed by the time."""
    for name in _PAULIEXP:
        if name not in fields:
            raise where.invalid(name, "this gate needs the field")
    terms, coefficients = fields["terms"], fields["coefficients"]
    if not _is_list(terms) or not terms:
        raise where.invalid("terms", f"a list of Pauli words is needed, not {terms!r}")
    for place, term in enumerate(terms):
        if not isinstance(term, str) or len(term) != targets or set(term) - set("IXYZ"):
            raise where.invalid(
                f"terms[{place}]",
                f"{term!r} is not a word of {targets} letters I, X, Y, Z (one for each target)",
            )
    if not _is_list(coefficients) or len(coefficients) != len(terms):
        raise where.invalid("coefficients", f"{len(terms)} numbers are needed, one for each term")
    numbers = [
        where.number(value, f"coefficients[{place}]", _ANY_NUMBER)
        for place, value in enumerate(coefficients)
    ]
    return tuple(terms), (*numbers, where.number(fields["time"], "time", _TIME))


class _Where(NamedTuple):
    """A gate, for messages."""

    position: int
    gate: str

    def __str__(self) -> str:
        return f"circuit[{self.position}] ({self.gate})"

    def invalid(self, field: str, message: str) -> SimulationFailure:
        """The failure of one of its fields."""
        return _invalid(f"{self}.{field}: {message}")

    def integer(self, value: object, field: str) -> int:
        """A whole number, also as 1.0: the contract types qubits as doubles."""
        try:
            return _integer(value, field)
        except SimulationFailure as problem:
            raise _invalid(f"{self}.{problem.message}") from None

    def number(self, value: object, field: str, rule: Field) -> float:
        """A number that keeps to its field's rule."""
        number = nan
        if isinstance(value, int | float) and not isinstance(value, bool):
            with suppress(OverflowError):  # a whole number of hundreds of digits
                number = float(value)
        if not isfinite(number):
            raise self.invalid(field, f"{value!r} is not a finite number")
        if rule.low is not None and number < rule.low:
            raise self.invalid(field, f"{value} is less than {rule.low}")
        if rule.high is not None and number > rule.high:
            raise self.invalid(field, f"{value} is more than {rule.high}")
        return number


def _integer(value: object, field: str) -> int:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise _invalid(f"{field}: {value!r} is not a whole number")
    return value


def _is_list(value: object) -> TypeGuard[list[Any] | tuple[Any, ...]]:
    return isinstance(value, list | tuple)


def _invalid(message: str) -> SimulationFailure:
    return SimulationFailure("InvalidInput", message)
