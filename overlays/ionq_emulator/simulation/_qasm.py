"""From OpenQASM 3 text to a checked `Circuit`, parsed by the openqasm3 library.

Accepted is what runs straight through: gates, measurements and resets, anywhere. Everything else,
loops and branches above all, is a CompilationError that names the line.
"""

from __future__ import annotations

import re
import threading
from contextlib import redirect_stderr
from functools import partial
from io import StringIO
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from openqasm3 import ast, parse
from openqasm3.parser import QASM3ParsingError

from ._circuit import Circuit, Operation
from ._failures import SimulationFailure
from ._gates import MAX_CONTROLS
from ._qasm_gates import (
    BUILTIN,
    NATIVE,
    STANDARD,
    KnownGate,
    controlled,
    fractional_power,
    inverted,
    moved,
    settled,
)
from ._qasm_values import Number, ValueProblem, evaluate, whole
from ._qasm_wires import Wires

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["read_qasm"]

_MAX_OPERATIONS = 150_000
"""Gates after all definitions are written out, which can double with every line: as many as IonQ
takes in a job of several circuits (the v0.4 document)."""

_PARSING = threading.Lock()

_CONTROL_FLOW = (
    ast.BranchingStatement,
    ast.ForInLoop,
    ast.WhileLoop,
    ast.SwitchStatement,
    ast.BreakStatement,
    ast.ContinueStatement,
    ast.EndStatement,
    ast.SubroutineDefinition,
    ast.ReturnStatement,
)


def read_qasm(text: object, inputs: Sequence[float] | None = None) -> Circuit:
    """Parse and check a program. Qubits are numbered in the order of their declarations.

    Args:
        text: The program.
        inputs: Values of its `input` declarations, in their order; None: it may have none.

    Raises:
        SimulationFailure: `CompilationError`, `TooManyControls`, `TooManyGates`, or `InvalidInput`
            for no text and for inputs that are too few or too many.
    """
    if not isinstance(text, str):
        raise SimulationFailure("InvalidInput", f"data: OpenQASM text is needed, not {text!r}")
    program = _parsed(text)
    if program.version is not None and not program.version.startswith("3"):
        raise _compilation(f"line 1: OPENQASM {program.version} is not OpenQASM 3")
    return _Reader(inputs).read(program)


def _parsed(text: str) -> ast.Program:
    if not text.strip():
        raise _compilation("the program is empty")
    try:
        # Some problems are printed as well as raised. The stream is the whole process's: one
        # thread at a time, or it would not come back.
        with _PARSING, redirect_stderr(StringIO()):
            return parse(text)
    except QASM3ParsingError as problem:
        raise _compilation(_syntax_message(problem)) from problem
    except RecursionError as problem:
        raise _compilation("the program is nested too deeply") from problem
    except AttributeError as problem:  # how the parser takes a text without a single statement
        raise _compilation("the program is empty") from problem


def _syntax_message(problem: QASM3ParsingError) -> str:
    """The parser's own message ("L4:C10: ...") or else the token at which it gave up."""
    place = re.match(r"L(\d+):C\d+: (.*)", str(problem))
    if place is not None:
        return f"line {place[1]}: not OpenQASM 3: {place[2]}"
    arguments = getattr(problem.__cause__, "args", ()) or (problem.__cause__,)
    token = getattr(arguments[0], "offendingToken", None)
    if token is None:
        return "not OpenQASM 3"
    return f"line {token.line}: not OpenQASM 3 at {token.text!r}"


def _compilation(message: str) -> SimulationFailure:
    return SimulationFailure("CompilationError", message)


class _Definition(NamedTuple):
    """A gate of the program, with the gates that were known where it stands."""

    statement: ast.QuantumGateDefinition
    gates: dict[str, KnownGate | _Definition]


_Gate = KnownGate | _Definition


class _Reader:
    """Reads one program from top to bottom."""

    def __init__(self, inputs: Sequence[float] | None) -> None:
        self._line = 0
        self._inputs = inputs
        self._declared_inputs = 0
        self._qubits: dict[str, tuple[int, ...]] = {}  # registers and aliases
        self._wires = Wires()
        self._bits: dict[str, list[int | None]] = {}  # the wire that each bit is measured from
        self._values: dict[str, Number] = {}
        self._gates: dict[str, _Gate] = {**NATIVE, **BUILTIN}
        self._operations: list[Operation] = []
        self._bodies: dict[tuple[int, tuple[float, ...]], list[Operation]] = {}
        self._used: set[int] = set()
        self._statements: dict[type[Any], Callable[[Any], None]] = {
            ast.Include: self._include,
            ast.QubitDeclaration: self._declare_qubits,
            ast.ClassicalDeclaration: self._declare,
            ast.ConstantDeclaration: self._declare_constant,
            ast.IODeclaration: self._declare_input,
            ast.AliasStatement: self._alias,
            ast.QuantumGateDefinition: self._define,
            ast.QuantumGate: self._apply,
            ast.QuantumPhase: self._apply_phase,
            ast.QuantumMeasurementStatement: self._measure,
            ast.QuantumBarrier: self._barrier,
            ast.QuantumReset: self._reset,
        }

    def read(self, program: ast.Program) -> Circuit:
        """Read all statements."""
        for statement in program.statements:
            self._line = statement.span.start_line if statement.span else 0
            if isinstance(statement, _CONTROL_FLOW):
                self._refuse("loops, branches and subroutines are not supported")
            handler = self._statements.get(type(statement))
            if handler is None:
                self._refuse(f"{type(statement).__name__} is not supported")
            try:
                handler(statement)
            except ValueProblem as problem:
                self._refuse(str(problem))
            except RecursionError:
                self._refuse("gates are nested too deeply")
        if not self._wires.qubits:
            raise _compilation("the program declares no qubits")
        self._check_inputs()
        return self._circuit()

    def _circuit(self) -> Circuit:
        numbers = self._wires.numbers()
        operations = self._operations
        if self._wires.hidden:
            renumbered = zip(moved(operations, tuple(numbers)), operations, strict=True)
            operations = [new._replace(position=old.position) for new, old in renumbered]
        return Circuit(
            gateset="qis",
            qubits=self._wires.qubits,
            operations=tuple(operations),
            declared_qubits=self._wires.qubits,
            required_qubits=1 + max(self._used, default=-1),
            registers={
                name: tuple(None if wire is None else numbers[wire] for wire in bits)
                for name, bits in self._bits.items()
            },
            hidden_qubits=self._wires.hidden,
        )

    def _refuse(self, message: str) -> NoReturn:
        raise _compilation(f"line {self._line}: {message}")

    # --- Declarations ---

    def _include(self, statement: ast.Include) -> None:
        if statement.filename != "stdgates.inc":
            self._refuse(f'only "stdgates.inc" can be included, not "{statement.filename}"')
        # What the program has defined itself stays as it is.
        self._gates = {**STANDARD, **self._gates}

    def _new_name(self, name: str) -> str:
        if name in self._qubits or name in self._bits or name in self._values:
            self._refuse(f"{name} is declared twice")
        return name

    def _size(self, expression: ast.Expression | None) -> int:
        size = 1 if expression is None else whole(expression, self._values)
        if size < 1:
            self._refuse(f"a size of {size} is less than 1")
        return size

    def _declare_qubits(self, statement: ast.QubitDeclaration) -> None:
        name = self._new_name(self._logical(statement.qubit.name))
        self._qubits[name] = tuple(self._wires.declare(self._size(statement.size)))

    def _declare(self, statement: ast.ClassicalDeclaration) -> None:
        name = self._new_name(statement.identifier.name)
        kind, start = statement.type, statement.init_expression
        if isinstance(kind, ast.BitType):
            self._bits[name] = [None] * self._size(kind.size)
            if isinstance(start, ast.QuantumMeasurement):
                self._record(start, statement.identifier)
            elif start is not None:
                self._refuse(f"{name}: bits start as 0 and are set by measurements only")
        elif start is None or isinstance(start, ast.QuantumMeasurement):
            self._refuse(f"{name}: a {type(kind).__name__} needs a constant value")
        else:
            self._set_value(name, kind, start)

    def _declare_constant(self, statement: ast.ConstantDeclaration) -> None:
        name = self._new_name(statement.identifier.name)
        self._set_value(name, statement.type, statement.init_expression)

    def _declare_input(self, statement: ast.IODeclaration) -> None:
        if self._inputs is None or statement.io_identifier is not ast.IOKeyword["input"]:
            self._refuse(f"{statement.io_identifier.name} variables are not supported")
        name = self._new_name(statement.identifier.name)
        if not isinstance(statement.type, ast.FloatType | ast.AngleType):
            self._refuse(f"{name}: an input is a float or an angle")
        place, self._declared_inputs = self._declared_inputs, self._declared_inputs + 1
        # Too few are an error of the caller's, told at the end with both numbers.
        self._values[name] = self._inputs[place] if place < len(self._inputs) else 0.0

    def _check_inputs(self) -> None:
        given = len(self._inputs or ())
        if given != self._declared_inputs:
            raise SimulationFailure(
                "InvalidInput",
                f"params: {given} values for the ansatz's {self._declared_inputs} inputs",
            )

    def _set_value(self, name: str, kind: ast.ClassicalType, start: ast.Expression) -> None:
        if isinstance(kind, ast.IntType | ast.UintType):
            self._values[name] = whole(start, self._values)
        elif isinstance(kind, ast.FloatType | ast.AngleType):
            self._values[name] = evaluate(start, self._values)
        else:
            self._refuse(f"{name}: a {type(kind).__name__} is not supported")

    def _alias(self, statement: ast.AliasStatement) -> None:
        name = self._new_name(statement.target.name)
        self._qubits[name] = self._operand(statement.value)

    def _define(self, statement: ast.QuantumGateDefinition) -> None:
        name = statement.name.name
        if isinstance(self._gates.get(name), _Definition) or name in BUILTIN:
            self._refuse(f"gate {name} is defined twice")
        # A gate may only call what stands before it, so it cannot call itself.
        self._gates = {**self._gates, name: _Definition(statement, self._gates)}

    # --- Qubits ---

    def _logical(self, name: str) -> str:
        if name.startswith("$"):
            self._refuse(f"physical qubits such as {name} are not accepted, declare qubit[n] q;")
        return name

    def _operand(self, operand: ast.Expression | ast.IndexedIdentifier) -> tuple[int, ...]:
        """The qubits that a name, an index, a slice or a concatenation stands for."""
        if isinstance(operand, ast.Concatenation):
            return self._operand(operand.lhs) + self._operand(operand.rhs)
        if isinstance(operand, ast.IndexExpression):
            return self._pick(self._operand(operand.collection), operand.index)
        if isinstance(operand, ast.IndexedIdentifier):
            qubits = self._operand(operand.name)
            for index in operand.indices:
                qubits = self._pick(qubits, index)
            return qubits
        if not isinstance(operand, ast.Identifier):
            self._refuse("qubits are named by a register, an index or a slice")
        name = self._logical(operand.name)
        if name not in self._qubits:
            self._refuse(f"{name} is not a qubit")
        return self._qubits[name]

    def _pick(
        self,
        items: Sequence[int],
        index: ast.DiscreteSet | Sequence[ast.Expression | ast.RangeDefinition],
    ) -> tuple[int, ...]:
        """The items at an index of one dimension."""
        if isinstance(index, ast.DiscreteSet):
            return tuple(self._at(items, value) for value in index.values)
        if len(index) != 1:
            self._refuse("registers have one dimension")
        if isinstance(index[0], ast.RangeDefinition):
            return tuple(items[place] for place in self._range(index[0], len(items)))
        return (self._at(items, index[0]),)

    def _at(self, items: Sequence[int], index: ast.Expression) -> int:
        place = whole(index, self._values)
        if not -len(items) <= place < len(items):
            self._refuse(f"index {place} is outside a register of {len(items)}")
        return items[place]

    def _range(self, slice_: ast.RangeDefinition, size: int) -> range:
        """The places of start:step:end, whose end is included."""
        step = 1 if slice_.step is None else whole(slice_.step, self._values)
        if step == 0:
            self._refuse("a slice has step 0")
        start, end = (
            default if expression is None else self._at(range(size), expression)
            for expression, default in (
                (slice_.start, 0 if step > 0 else size - 1),
                (slice_.end, size - 1 if step > 0 else 0),
            )
        )
        return range(start, end + (1 if step > 0 else -1), step)

    # --- Gates ---

    def _apply(self, statement: ast.QuantumGate) -> None:
        if statement.duration is not None:
            self._refuse("durations are not supported")
        angles = tuple(float(evaluate(value, self._values)) for value in statement.arguments)
        operands = [self._operand(qubit) for qubit in statement.qubits]
        for qubits in self._broadcast(operands):
            self._emit(self._called(statement, angles, len(qubits), self._gates), qubits)

    def _apply_phase(self, statement: ast.QuantumPhase) -> None:
        angle = float(evaluate(statement.argument, self._values))
        operands = [self._operand(qubit) for qubit in statement.qubits]
        for qubits in self._broadcast(operands) if operands else [()]:
            self._emit(self._phase(statement, angle, len(qubits)), qubits)

    def _broadcast(self, operands: list[tuple[int, ...]]) -> Iterable[tuple[int, ...]]:
        sizes = {len(operand) for operand in operands if len(operand) != 1}
        if len(sizes) > 1:
            self._refuse(f"registers of different sizes {sorted(sizes)} in one statement")
        count = sizes.pop() if sizes else 1
        for place in range(count):
            yield tuple(operand[place if len(operand) > 1 else 0] for operand in operands)

    def _emit(self, body: list[Operation], qubits: tuple[int, ...]) -> None:
        if len(set(qubits)) != len(qubits):
            self._refuse("a gate names a qubit twice")
        self._used |= set(qubits)
        body = settled(body)
        if not body:  # nothing that would come after a measurement
            return
        copies, wires = self._wires.gate(qubits)
        for operation in (*copies, *moved(body, wires)):
            if len(operation.controls) > MAX_CONTROLS:
                raise SimulationFailure(
                    "TooManyControls",
                    f"line {self._line}: {len(operation.controls)} controls,"
                    f" at most {MAX_CONTROLS} are possible",
                )
            self._operations.append(operation._replace(position=len(self._operations)))
        self._check_length(len(self._operations))

    def _check_length(self, length: int) -> None:
        if length > _MAX_OPERATIONS:
            raise SimulationFailure(
                "TooManyGates", f"line {self._line}: more than {_MAX_OPERATIONS} gates"
            )

    def _called(
        self,
        call: ast.QuantumGate,
        angles: tuple[float, ...],
        qubits: int,
        known: dict[str, _Gate],
    ) -> list[Operation]:
        """A call's operations on its own qubits 0, 1, ..., modifiers applied."""
        name = call.name.name
        gate = known.get(name)
        if gate is None:
            hint = ' (include "stdgates.inc"; is missing)' if name in STANDARD else ""
            self._refuse(f"gate {name} is not defined{hint}")
        if isinstance(gate, _Definition):
            takes = (len(gate.statement.arguments), len(gate.statement.qubits))
        else:
            takes = (gate.parameters, gate.qubits)
        if len(angles) != takes[0]:
            self._refuse(f"gate {name} takes {takes[0]} parameters, {len(angles)} given")

        def plain(count: int) -> list[Operation]:
            if count != takes[1]:
                self._refuse(f"gate {name} takes {takes[1]} qubits, {count} given")
            if isinstance(gate, _Definition):
                return self._written_out(gate, angles)
            return gate.body(*angles)

        return self._modified(call.modifiers, plain, qubits)

    def _phase(self, call: ast.QuantumPhase, angle: float, qubits: int) -> list[Operation]:
        def plain(count: int) -> list[Operation]:
            if count:
                self._refuse("gphase takes no qubits but those of its controls")
            return [Operation("gphase", (), (), (angle,))]

        return self._modified(call.modifiers, plain, qubits)

    def _written_out(self, gate: _Definition, angles: tuple[float, ...]) -> list[Operation]:
        """The body of a gate of the program; written out once for the same angles."""
        key = (id(gate.statement), angles)
        if key not in self._bodies:
            self._bodies[key] = self._write_out(gate, angles)
        return self._bodies[key]

    def _write_out(self, gate: _Definition, angles: tuple[float, ...]) -> list[Operation]:
        definition = gate.statement
        values = {
            **self._values,
            **{name.name: angle for name, angle in zip(definition.arguments, angles, strict=True)},
        }
        places = {qubit.name: place for place, qubit in enumerate(definition.qubits)}
        result: list[Operation] = []
        for statement in definition.body:
            if isinstance(statement, ast.QuantumBarrier):
                continue
            if not isinstance(statement, ast.QuantumGate | ast.QuantumPhase):
                self._refuse(f"{type(statement).__name__} cannot stand in a gate")
            qubits = tuple(self._local(qubit, places) for qubit in statement.qubits)
            if len(set(qubits)) != len(qubits):
                self._refuse(f"gate {definition.name.name} names a qubit twice")
            if isinstance(statement, ast.QuantumPhase):
                angle = float(evaluate(statement.argument, values))
                body = self._phase(statement, angle, len(qubits))
            else:
                inner = tuple(float(evaluate(value, values)) for value in statement.arguments)
                body = self._called(statement, inner, len(qubits), gate.gates)
            self._check_length(len(result) + len(body))
            result += moved(body, qubits)
        return result

    def _local(self, qubit: ast.Identifier | ast.IndexedIdentifier, places: dict[str, int]) -> int:
        if not isinstance(qubit, ast.Identifier) or qubit.name not in places:
            self._refuse("a gate's body names the gate's own qubits only")
        return places[qubit.name]

    def _modified(
        self,
        modifiers: Sequence[ast.QuantumGateModifier],
        plain: Callable[[int], list[Operation]],
        qubits: int,
    ) -> list[Operation]:
        """Apply modifiers, the leftmost last: its qubits come first."""
        if not modifiers:
            return plain(qubits)
        kind, argument = modifiers[0].modifier.name, modifiers[0].argument
        inner = partial(self._modified, modifiers[1:], plain)
        if kind == "inv":
            return inverted(inner(qubits))
        if kind == "pow":
            if argument is None:
                self._refuse("pow needs an exponent")
            return self._power(inner(qubits), evaluate(argument, self._values))
        count = 1 if argument is None else whole(argument, self._values)
        if not 1 <= count <= qubits:
            self._refuse(f"{kind}({count}) on {qubits} qubits")
        body = controlled(inner(qubits - count), count)
        if kind == "negctrl":
            flips = [Operation("x", (place,)) for place in range(count)]
            return [*flips, *body, *flips]
        return body

    def _power(self, body: list[Operation], exponent: Number) -> list[Operation]:
        if exponent == int(exponent):
            self._check_length(len(body) * abs(int(exponent)))
            return (body if exponent >= 0 else inverted(body)) * abs(int(exponent))
        result = fractional_power(body, exponent)
        if result is None:
            self._refuse(f"pow({exponent}) of a gate on several qubits is not supported")
        return result

    # --- Measurement ---

    def _measure(self, statement: ast.QuantumMeasurementStatement) -> None:
        self._record(statement.measure, statement.target)

    def _record(
        self,
        measure: ast.QuantumMeasurement,
        target: ast.Identifier | ast.IndexedIdentifier | None,
    ) -> None:
        qubits = self._operand(measure.qubit)
        self._used |= set(qubits)
        wires = self._wires.measure(qubits)
        if target is None:
            return
        identifier = target.name if isinstance(target, ast.IndexedIdentifier) else target
        name = identifier.name
        if name not in self._bits:
            self._refuse(f"{name} is not a bit register")
        places: tuple[int, ...] = tuple(range(len(self._bits[name])))
        if isinstance(target, ast.IndexedIdentifier):
            for index in target.indices:
                places = self._pick(places, index)
        if len(places) != len(qubits):
            self._refuse(f"{len(qubits)} qubits are measured into {len(places)} bits")
        for place, wire in zip(places, wires, strict=True):
            self._bits[name][place] = wire

    def _barrier(self, statement: ast.QuantumBarrier) -> None:
        for operand in statement.qubits:
            self._operand(operand)

    def _reset(self, statement: ast.QuantumReset) -> None:
        qubits = self._operand(statement.qubits)
        self._used |= set(qubits)
        self._wires.reset(qubits)
