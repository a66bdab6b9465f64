"""What a gate must look like. May import: _language and the standard library."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, cast

from ionq_direct._language import GATESETS, MAX_CONTROLS, MAX_INT32, GateSpec, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = [
    "Problem",
    "Problems",
    "Scope",
    "UnknownField",
    "gate_problems",
    "is_real",
    "member",
    "qubit_rule",
]


class Problem(NamedTuple):
    """One broken rule.

    Attributes:
        path: JSON path of the offending value, such as `$.input.circuit[3].target`.
        value: The offending value; None when it is absent.
        rule: The rule, as a sentence.
    """

    path: str
    value: object
    rule: str


class UnknownField(Problem):
    """A field that the API document does not have."""

    __slots__ = ()


def member(path: str, name: object) -> str:
    """JSON path of a member of an object, with brackets where its name asks for them."""
    plain = isinstance(name, str) and name.isidentifier() and name.isascii()
    return f"{path}.{name}" if plain else f"{path}[{name!r:.60}]"


Problems: TypeAlias = "Iterator[Problem]"


class Scope(NamedTuple):
    """What a gate's surroundings say about it.

    Attributes:
        gateset: `qis` or `native`.
        qubits: Number of qubits; None when the circuit names none.
        family: Family of the backend or noise model; None when any gate will do.
    """

    gateset: str
    qubits: int | None = None
    family: str | None = None


class _Gate(NamedTuple):
    fields: dict[str, object]
    spec: GateSpec
    path: str
    qubits: int | None


def gate_problems(gate: object, path: str, scope: Scope) -> Problems:
    """Check one gate.

    Args:
        gate: The gate as a JSON object.
        path: Its JSON path.
        scope: What its surroundings say.

    Yields:
        Every broken rule.
    """
    if not isinstance(gate, dict):
        yield Problem(path, gate, "a gate is an object")
        return
    fields = cast("dict[str, object]", gate)
    name = fields.get("gate")
    spec = GATESETS[scope.gateset].get(name) if isinstance(name, str) else None
    if spec is None:
        yield Problem(f"{path}.gate", name, _unknown_gate(name, scope.gateset))
        return
    if spec.families and scope.family and scope.family not in spec.families:
        yield Problem(f"{path}.gate", name, _wrong_family(spec, scope.family))
    checked = _Gate(fields, spec, path, scope.qubits)
    seen = set[int]()
    yield from _qubit_problems(("target", "targets"), spec.targets, checked, seen)
    if spec.controls is not None:
        limits = (spec.controls[0], MAX_CONTROLS)
        yield from _qubit_problems(("control", "controls"), limits, checked, seen)
    yield from _parameter_problems(checked)


def _parameter_problems(gate: _Gate) -> Problems:
    fields, spec, path, _ = gate
    for field, value in fields.items():
        kind = spec.fields.get(field)
        if kind is None:
            yield UnknownField(member(path, field), value, _unknown_field(field, spec))
        elif kind in _CHECKS:
            yield from _CHECKS[kind](value, f"{path}.{field}")
    for field in spec.required:
        if field not in fields:
            yield Problem(f"{path}.{field}", None, f"{spec.name} needs {field}")
    if "terms" in spec.required:
        yield from _pauli_problems(gate)


# --- qubits --------------------------------------------------------------------------------------


def qubit_rule(qubits: int | None) -> str:
    """The rule for one qubit index."""
    if qubits is None:
        return "a qubit is an integer from 0"
    return f"a qubit is an integer from 0 to {qubits - 1}, as the circuit's qubits are {qubits}"


def _qubit_problems(
    names: tuple[str, str], limits: tuple[int, int | None], gate: _Gate, seen: set[int]
) -> Problems:
    """Check the targets or the controls: one qubit under the singular, or a list of them."""
    fields, spec, path, qubits = gate
    one, many = names
    if one in fields and many in fields:
        yield Problem(f"{path}.{many}", fields[many], f"give {one} or {many}, not both")
        return
    field = many if many in fields else one
    value = fields.get(field)
    listed: Sequence[object] = ()
    if one in fields:
        listed = (value,)
    elif isinstance(value, list | tuple):
        listed = cast("list[object]", value)
    elif many in fields:
        yield Problem(f"{path}.{many}", value, f"{many} is a list of qubits")
        return
    below = qubits or MAX_INT32
    for i, qubit in enumerate(listed):
        if type(qubit) is int and 0 <= qubit < below and qubit not in seen:
            seen.add(qubit)
            continue
        repeated = type(qubit) is int and qubit in seen
        rule = "targets and controls are all different" if repeated else qubit_rule(qubits)
        yield Problem(f"{path}.{field}" if field is one else f"{path}.{field}[{i}]", qubit, rule)
    fewest, most = limits
    if len(listed) < fewest or (most is not None and len(listed) > most):
        yield Problem(f"{path}.{field}", value, f"{spec.name} has {_amount(one, limits)}")


def _amount(noun: str, limits: tuple[int, int | None]) -> str:
    fewest, most = limits
    if fewest == most:
        return f"{fewest} {noun}" + ("" if fewest == 1 else "s")
    return f"{fewest} or more {noun}s" if most is None else f"{fewest} to {most} {noun}s"


# --- names and fields ----------------------------------------------------------------------------


def _unknown_gate(name: object, gateset: str) -> str:
    known = f"the gates of gateset {gateset} are {', '.join(GATESETS[gateset])}"
    elsewhere = [other for other, gates in GATESETS.items() if name in [*gates]]
    if elsewhere:
        return f"{name} belongs to gateset {elsewhere[0]}, and a circuit mixes none: {known}"
    return known


def _unknown_field(field: object, spec: GateSpec) -> str:
    if spec.controls is None and field in ("control", "controls"):
        return f"{spec.name} takes no controls"
    fields = ", ".join(name for name in spec.fields if name != "gate")
    return f"{spec.name} takes no {field}: its fields are {fields}"


def _wrong_family(spec: GateSpec, family: str) -> str:
    families = " and ".join(sorted(name.capitalize() for name in spec.families or ()))
    return f"native {spec.name} runs on {families} systems, not on {family.capitalize()}"


# --- parameters ----------------------------------------------------------------------------------

_LARGEST: Final = sys.float_info.max
_LARGEST_INTEGER: Final = 2**63 - 1  # what every JSON writer writes


def is_real(value: object, least: float = -_LARGEST, most: float = _LARGEST) -> bool:
    """Whether the value is a number from `least` to `most`; NaN and truth values are not."""
    return (type(value) is float and least <= value <= most) or (
        type(value) is int and least <= value <= most and abs(value) <= _LARGEST_INTEGER
    )


def _real(least: float, most: float, rule: str) -> Callable[[object, str], Problems]:
    def check(value: object, path: str) -> Problems:
        if not is_real(value, least, most):
            yield Problem(path, value, rule)

    return check


_turns = _real(-1, 1, "a phase or angle is a number of turns from -1 to 1")


def _two_turns(value: object, path: str) -> Problems:
    phases = _as_list(value)
    if phases is None or len(phases) != 2:
        yield Problem(path, value, "phases is a list of two numbers of turns, one per target")
        return
    for i, phase in enumerate(phases):
        yield from _turns(phase, f"{path}[{i}]")


def _pauli_terms(value: object, path: str) -> Problems:
    terms = _as_list(value)
    if not terms:
        yield Problem(path, value, "terms is a list of one or more Pauli strings such as 'XZ'")
        return
    for i, term in enumerate(terms):
        if not isinstance(term, str) or not term or term.strip("IXYZ"):
            yield Problem(f"{path}[{i}]", term, "a term is written in the letters I, X, Y and Z")


def _coefficients(value: object, path: str) -> Problems:
    coefficients = _as_list(value)
    if coefficients is None:
        yield Problem(path, value, "coefficients is a list of real numbers, one per term")
        return
    for i, coefficient in enumerate(coefficients):
        if not is_real(coefficient):
            yield Problem(f"{path}[{i}]", coefficient, "a coefficient is a finite real number")


def _pauli_problems(gate: _Gate) -> Problems:
    """How the lists of a Pauli exponential fit together, as far as they are lists."""
    fields, _, path, _ = gate
    targets = _as_list(fields.get("targets", [fields.get("target")]))
    terms = _as_list(fields.get("terms"))
    coefficients = _as_list(fields.get("coefficients"))
    if terms and targets:
        for i, term in enumerate(terms):
            if isinstance(term, str) and len(term) != len(targets):
                rule = f"a term has one letter per target, here {len(targets)}"
                yield Problem(f"{path}.terms[{i}]", term, rule)
    if terms and coefficients is not None and len(coefficients) != len(terms):
        rule = f"there is one coefficient per term, here {len(terms)}"
        yield Problem(f"{path}.coefficients", coefficients, rule)


def _as_list(value: object) -> list[object] | None:
    return cast("list[object]", value) if isinstance(value, list | tuple) else None


_CHECKS: Final[dict[Kind, Callable[[object, str], Problems]]] = {
    "radians": _real(-_LARGEST, _LARGEST, "a rotation is a finite number of radians"),
    "turns": _turns,
    "two turns": _two_turns,
    "entangling turns": _real(0, 0.25, "the angle of ms is a number of turns from 0 to 0.25"),
    "Pauli terms": _pauli_terms,
    "coefficients": _coefficients,
    "time": _real(0, _LARGEST, "time is finite and not negative: coefficients carry signs"),
}
