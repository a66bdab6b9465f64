"""What the input of a circuit job must look like. May import: _gate_rules and _language."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ionq_direct._gate_rules import (
    Problem,
    Problems,
    Scope,
    UnknownField,
    gate_problems,
    member,
    qubit_rule,
)
from ionq_direct._language import (
    CIRCUIT_FIELDS,
    GATESETS,
    INPUT_FIELDS,
    MAX_CIRCUITS,
    MAX_INT32,
    MAX_MULTI_CIRCUIT_GATES,
    MULTI_CIRCUIT,
    SINGLE_CIRCUIT,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

__all__ = ["as_object", "multi_circuit_problems", "single_circuit_problems", "unknown_fields"]

_INPUT = "$.input"


def single_circuit_problems(given: Mapping[str, object], family: str | None) -> Problems:
    """Check the input of an `ionq.circuit.v1` job, but for fields that are missing.

    Args:
        given: The input.
        family: Family of the backend or noise model, where it decides over native gates.
    """
    yield from unknown_fields(given, INPUT_FIELDS[SINGLE_CIRCUIT], _INPUT, "a circuit input")
    yield from _shape_problems(given, _INPUT)
    if "circuit" in given:
        scope = _scope(given, Scope("qis", None, family))
        yield from _gates_problems(given["circuit"], f"{_INPUT}.circuit", scope)


def multi_circuit_problems(given: Mapping[str, object], family: str | None) -> Problems:
    """Check the input of an `ionq.multi-circuit.v1` job, but for fields that are missing.

    Args:
        given: The input.
        family: Family of the backend or noise model, where it decides over native gates.
    """
    yield from unknown_fields(given, INPUT_FIELDS[MULTI_CIRCUIT], _INPUT, "a multi-circuit input")
    yield from _shape_problems(given, _INPUT)
    if "circuits" not in given:
        return
    circuits = _as_list(given["circuits"])
    if circuits is None:
        yield Problem(f"{_INPUT}.circuits", given["circuits"], "circuits is a list of circuits")
        return
    yield from _limit_problems(circuits)
    parent = _scope(given, Scope("qis", None, family))
    for i, circuit in enumerate(circuits):
        yield from _child_problems(circuit, f"{_INPUT}.circuits[{i}]", parent)


def unknown_fields(
    fields: Mapping[str, object], known: Collection[str], path: str, noun: str
) -> Problems:
    """Report fields that are not in the API document."""
    for field, value in fields.items():
        if field not in known:
            listed = ", ".join(sorted(known))
            yield UnknownField(
                member(path, field), value, f"{noun} has no {field}: it has {listed}"
            )


def as_object(value: object) -> dict[str, object] | None:
    """The value, if it is a JSON object."""
    return cast("dict[str, object]", value) if isinstance(value, dict) else None


def _as_list(value: object) -> Sequence[object] | None:
    return cast("Sequence[object]", value) if isinstance(value, list | tuple) else None


def _limit_problems(circuits: Sequence[object]) -> Problems:
    path = f"{_INPUT}.circuits"
    if not 1 <= len(circuits) <= MAX_CIRCUITS:
        rule = f"a multi-circuit job has 1 to {MAX_CIRCUITS:,} circuits"
        yield Problem(path, f"{len(circuits):,} circuits", rule)
    lists = (_as_list((as_object(circuit) or {}).get("circuit")) for circuit in circuits)
    gates = sum(map(len, filter(None, lists)))
    if gates > MAX_MULTI_CIRCUIT_GATES:
        rule = f"a multi-circuit job has at most {MAX_MULTI_CIRCUIT_GATES:,} gates in all"
        yield Problem(path, f"{gates:,} gates", rule)


def _child_problems(circuit: object, path: str, parent: Scope) -> Problems:
    fields = as_object(circuit)
    if fields is None:
        yield Problem(path, circuit, "a circuit is an object")
        return
    yield from unknown_fields(fields, CIRCUIT_FIELDS, path, "a circuit")
    yield from _shape_problems(fields, path)
    if not isinstance(fields.get("name"), str | None):
        yield Problem(f"{path}.name", fields["name"], "a name is text")
    scope = _scope(fields, parent)
    if "qubits" not in fields and scope.qubits is None:
        rule = "qubits is given for each circuit or once for all, in the input"
        yield Problem(f"{path}.qubits", None, rule)
    if "circuit" in fields:
        yield from _gates_problems(fields["circuit"], f"{path}.circuit", scope)
    else:
        yield Problem(f"{path}.circuit", None, "a circuit needs circuit, its list of gates")
    if fields.get("registers") is not None:
        yield from _register_problems(fields["registers"], f"{path}.registers", scope.qubits)


def _shape_problems(fields: Mapping[str, object], path: str) -> Problems:
    """Qubits and gateset, wherever they are given."""
    if "qubits" in fields and not _is_width(fields["qubits"]):
        yield Problem(f"{path}.qubits", fields["qubits"], "qubits is an integer of 1 or more")
    if "gateset" in fields and not _is_gateset(fields["gateset"]):
        yield Problem(f"{path}.gateset", fields["gateset"], f"gateset is {' or '.join(GATESETS)}")


def _scope(fields: Mapping[str, object], parent: Scope) -> Scope:
    """What the fields say, and the parent where they say nothing usable."""
    qubits, gateset = fields.get("qubits"), fields.get("gateset")
    return Scope(
        cast("str", gateset) if _is_gateset(gateset) else parent.gateset,
        cast("int", qubits) if _is_width(qubits) else parent.qubits,
        parent.family,
    )


def _is_width(qubits: object) -> bool:
    return type(qubits) is int and 1 <= qubits <= MAX_INT32


def _is_gateset(gateset: object) -> bool:
    return isinstance(gateset, str) and gateset in GATESETS


def _gates_problems(gates: object, path: str, scope: Scope) -> Problems:
    listed = _as_list(gates)
    if not listed:
        yield Problem(path, gates, "a circuit is a list of one gate or more")
        return
    for i, gate in enumerate(listed):
        yield from gate_problems(gate, f"{path}[{i}]", scope)


def _register_problems(registers: object, path: str, qubits: int | None) -> Problems:
    fields = as_object(registers)
    if fields is None:
        yield Problem(path, registers, "registers is an object of lists of qubits")
        return
    for name, value in fields.items():
        register = _as_list(value)
        if register is None:
            yield Problem(member(path, name), value, "a register is a list of qubits or nulls")
            continue
        for i, qubit in enumerate(register):
            in_range = type(qubit) is int and 0 <= qubit < (qubits or MAX_INT32)
            if not in_range and qubit is not None:
                yield Problem(f"{member(path, name)}[{i}]", qubit, f"{qubit_rule(qubits)}, or null")
