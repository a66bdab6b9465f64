"""From a program's JSON to a checked `Circuit`. Imports the standard library and the gate table.

What is refused here becomes the job's failure: each message names the gate's index and the field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any, Literal, TypeGuard, cast

from ._circuit import Circuit, Operation
from ._failures import SimulationFailure
from ._gates import ANY_TARGETS, GATESETS, MAX_CONTROLS, Field, GateInput

__all__ = ["MAX_QUBITS", "MAX_WIDTH", "read_circuit"]

MAX_QUBITS = 29
"""Qubits of IonQ's simulator (GET /backends; docs, simulation with noise models)."""

MAX_WIDTH = 63
"""Widest outcome key that an array of 64-bit integers holds."""

_PLACES = frozenset({"gate", "target", "targets", "control", "controls"})
_PAULIEXP = frozenset({"terms", "coefficients", "time"})


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


def _checked(circuit: Circuit, max_qubits: int) -> Circuit:
    limit = min(max_qubits, MAX_WIDTH)
    if circuit.qubits > limit:
        raise SimulationFailure(
            "NotEnoughQubits", f"the circuit needs {circuit.qubits} qubits, there are {limit}"
        )
    return circuit


class _Reader:
    """Reads gates of one circuit."""

    def __init__(
        self,
        gateset: Literal["qis", "native"],
        declared: int | None,
        controlled_swap: bool,
    ) -> None:
        self._gateset = gateset
        self._table = GATESETS[gateset]
        self._declared = declared
        self._controlled_swap = controlled_swap

    def read(self, index: int, gate: object) -> list[Operation]:
        """One gate as operations: several where a one-qubit gate has several targets."""
        if not isinstance(gate, Mapping):
            raise _invalid(f"circuit[{index}]: a gate is an object, not {gate!r}")
        fields = {
            key: value
            for key, value in cast("Mapping[str, Any]", gate).items()
            if value is not None
        }
        name = fields.get("gate")
        spec = self._table.get(name) if isinstance(name, str) else None
        if spec is None:
            raise self._unsupported(index, name)
        where = f"circuit[{index}] ({name})"
        self._check_names(fields, spec, where)
        targets = self._places(fields, "target", where)
        controls = self._places(fields, "control", where)
        self._check_places(targets, controls, spec, where)
        if spec.gate == "pauliexp":
            terms, parameters = _pauliexp(fields, len(targets), where)
            return [Operation("pauliexp", targets, controls, parameters, terms, index)]
        kind, parameters = _parameters(fields, spec, where)
        if spec.targets == 1:
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

    def _check_names(self, fields: Mapping[str, Any], spec: GateInput, where: str) -> None:
        allowed = {*_PLACES, *(field.name for field in spec.fields)}
        allowed |= {field.alias for field in spec.fields if field.alias}
        if spec.gate == "pauliexp":
            allowed |= _PAULIEXP
        unknown = sorted(set(fields) - allowed)
        if unknown:
            raise _invalid(f"{where}.{unknown[0]}: this gate has no such field")

    def _places(self, fields: Mapping[str, Any], one: str, where: str) -> tuple[int, ...]:
        """The qubits under `target` or `targets`, or `control` or `controls`."""
        many = f"{one}s"
        if one in fields and many in fields:
            raise _invalid(f"{where}.{many}: give either {one} or {many}, not both")
        if one in fields:
            return (self._qubit(fields[one], f"{where}.{one}"),)
        if many not in fields:
            return ()
        if not _is_list(fields[many]):
            raise _invalid(f"{where}.{many}: a list of qubits is needed, not {fields[many]!r}")
        return tuple(
            self._qubit(value, f"{where}.{many}[{place}]")
            for place, value in enumerate(fields[many])
        )

    def _qubit(self, value: object, where: str) -> int:
        qubit = _integer(value, where)
        if qubit < 0:
            raise _invalid(f"{where}: {qubit} is negative")
        if self._declared is not None and qubit >= self._declared:
            raise _invalid(
                f"{where}: qubit {qubit} is outside the circuit's {self._declared} qubits"
            )
        return qubit

    def _check_places(
        self, targets: tuple[int, ...], controls: tuple[int, ...], spec: GateInput, where: str
    ) -> None:
        if spec.targets == ANY_TARGETS:
            enough = bool(targets) or spec.gate == "nop"
        else:
            enough = len(targets) >= 1 if spec.targets == 1 else len(targets) == spec.targets
        if not enough:
            wanted = "2 targets" if spec.targets > 1 else "a target"
            raise _invalid(f"{where}.targets: {wanted} needed, {len(targets)} given")
        for name, qubits in (("targets", targets), ("controls", controls)):
            if len(set(qubits)) != len(qubits):
                raise _invalid(f"{where}.{name}: {list(qubits)} names a qubit twice")
        both = sorted(set(targets) & set(controls))
        if both:
            raise _invalid(f"{where}.controls: qubit {both[0]} is a target as well")
        if len(controls) > MAX_CONTROLS:
            raise SimulationFailure(
                "TooManyControls",
                f"{where}.controls: {len(controls)} controls, at most {MAX_CONTROLS} are possible",
            )
        if spec.needs_control and not controls:
            raise _invalid(f"{where}.control: a control is needed")
        if controls and spec.gate == "swap" and not self._controlled_swap:
            raise SimulationFailure(
                "UnsupportedGate", f"{where}.controls: a swap cannot be controlled"
            )


def _parameters(
    fields: Mapping[str, Any], spec: GateInput, where: str
) -> tuple[str, tuple[float, ...]]:
    """The gate to read it as, and its numbers."""
    if spec.with_fields and not any(field.name in fields for field in spec.fields):
        return spec.gate, ()
    parameters = tuple(
        value * spec.unit for field in spec.fields for value in _numbers(fields, field, where)
    )
    return spec.with_fields or spec.gate, parameters


def _numbers(fields: Mapping[str, Any], field: Field, where: str) -> list[float]:
    value: Any = fields.get(field.name)
    if value is None and field.alias:
        value = fields.get(field.alias)
    if value is None:
        value = field.default
    where = f"{where}.{field.name}"
    if value is None:
        raise _invalid(f"{where}: this gate needs the field")
    if not field.length:
        return [_number(value, where, field)]
    if not _is_list(value) or len(value) != field.length:
        raise _invalid(f"{where}: a list of {field.length} numbers is needed, not {value!r}")
    return [_number(item, f"{where}[{place}]", field) for place, item in enumerate(value)]


def _pauliexp(
    fields: Mapping[str, Any], targets: int, where: str
) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Terms, and coefficients followed by the time."""
    for name in ("terms", "coefficients", "time"):
        if name not in fields:
            raise _invalid(f"{where}.{name}: this gate needs the field")
    terms, coefficients = fields["terms"], fields["coefficients"]
    if not _is_list(terms) or not terms:
        raise _invalid(f"{where}.terms: a list of Pauli words is needed, not {terms!r}")
    for place, term in enumerate(terms):
        if not isinstance(term, str) or len(term) != targets or set(term) - set("IXYZ"):
            raise _invalid(
                f"{where}.terms[{place}]: {term!r} is not a word of {targets} letters I, X, Y, Z"
                " (one for each target)"
            )
    if not _is_list(coefficients) or len(coefficients) != len(terms):
        raise _invalid(f"{where}.coefficients: {len(terms)} numbers are needed, one for each term")
    numbers = [
        _number(value, f"{where}.coefficients[{place}]", _ANY_NUMBER)
        for place, value in enumerate(coefficients)
    ]
    time = _number(fields["time"], f"{where}.time", Field("time", low=0))
    return tuple(terms), (*numbers, time)


_ANY_NUMBER = Field("number")


def _number(value: object, where: str, rule: Field) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise _invalid(f"{where}: {value!r} is not a finite number")
    if rule.low is not None and value < rule.low:
        raise _invalid(f"{where}: {value} is less than {rule.low}")
    if rule.high is not None and value > rule.high:
        raise _invalid(f"{where}: {value} is more than {rule.high}")
    return float(value)


def _integer(value: object, where: str) -> int:
    """Whole numbers also as 1.0: the contract types qubits as doubles."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise _invalid(f"{where}: {value!r} is not a whole number")
    return value


def _is_list(value: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def _invalid(message: str) -> SimulationFailure:
    return SimulationFailure("InvalidInput", message)
