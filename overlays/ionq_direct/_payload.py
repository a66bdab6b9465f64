"""Bodies of POST /jobs from mappings and models. May import: errors, _gate_rules, _language."""

from __future__ import annotations

import numbers
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol, TypedDict, cast, runtime_checkable

from ionq_direct._gate_rules import member
from ionq_direct._language import MULTI_CIRCUIT, SINGLE_CIRCUIT
from ionq_direct.errors import InvalidArgument, InvalidJob

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["JobOptions", "Payload", "multi_circuit", "plain", "with_options"]

Payload = dict[str, object]


class JobOptions(TypedDict, total=False):
    """What a job is besides its circuit; None is the same as left out.

    Attributes:
        backend: `simulator`, `qpu.aria-1`, `qpu.forte-1`, ...
        shots: Number of shots, 1 to 1,000,000; IonQ takes 100 when there are none. The ideal
            simulator ignores them.
        name: Name of the job.
        noise: On the simulator, the noise model: its name, or an object with `model` and `seed`.
        metadata: Up to 10 texts of up to 40,000 characters, under names of up to 40.
        settings: Settings as IonQ takes them.
        session_id: Session to run in.
        dry_run: Compile and price the job without running it.
        debiasing: Whether to mitigate errors by debiasing, from 500 shots on; goes into settings.
    """

    backend: str | None
    shots: int | None
    name: str | None
    noise: str | Mapping[str, object] | None
    metadata: Mapping[str, str] | None
    settings: Mapping[str, object] | None
    session_id: str | None
    dry_run: bool | None
    debiasing: bool | None


_OPTIONS = tuple(JobOptions.__annotations__)


@runtime_checkable
class _Model(Protocol):
    def to_dict(self) -> Mapping[str, object]: ...


def plain(value: object) -> object:  # noqa: PLR0911 - one line per kind of value
    """A deep copy in terms of JSON: mappings as dicts, sequences as lists, numbers as Python's.

    Models, which have `to_dict`, are read by it. What JSON has no form for stays as it is, for
    validation to name.
    """
    kind = type(value)
    if kind is str or kind is int or kind is float or kind is bool or value is None:
        return value
    if isinstance(value, Mapping):
        members = cast("Mapping[object, object]", value)
        return {name: plain(item) for name, item in members.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in cast("list[object]", value)]
    if isinstance(value, str):  # text of an enum
        return str.__str__(value)
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        return float(value)
    if isinstance(value, _Model):
        return plain(value.to_dict())
    return value


def with_options(
    payload: Payload, options: JobOptions, extra: Mapping[str, object] | None
) -> Payload:
    """Set the options in a payload, and merge further fields into it.

    Args:
        payload: A job that is the caller's own to change.
        options: What to set; it replaces what is there.
        extra: Fields to add; objects are merged, anything else must not be there yet.

    Returns:
        The payload.

    Raises:
        InvalidJob: A field of `extra` is there already.
        InvalidArgument: `extra` is no mapping.
        TypeError: An option does not exist.
    """
    given = cast("dict[str, object]", options)
    unknown = given.keys() - set(_OPTIONS)
    if unknown:
        names = ", ".join(_OPTIONS)
        raise TypeError(f"no option of a job: {', '.join(sorted(unknown))}; there are {names}")
    for name in _OPTIONS:
        value = given.get(name)
        if value is None:
            continue
        if name == "debiasing":
            mitigation = {"settings": {"error_mitigation": {"debiasing": value}}}
            _merge(payload, mitigation, "$", replace=True)
        elif name == "noise" and isinstance(value, str):
            payload["noise"] = {"model": value}
        else:
            payload[name] = plain(value)
    if extra is not None and not isinstance(cast("object", extra), Mapping):
        raise InvalidArgument(name="extra", value=extra, rule="must be a mapping of fields")
    if extra:
        _merge(payload, cast("Payload", plain(extra)), "$", replace=False)
    return payload


def _merge(into: Payload, added: Mapping[str, object], path: str, *, replace: bool) -> None:
    for name, value in added.items():
        here = into.get(name)
        if here is None or (replace and not isinstance(value, dict)):
            into[name] = value
        elif isinstance(here, dict) and isinstance(value, dict):
            inner = cast("Payload", value)
            _merge(cast("Payload", here), inner, member(path, name), replace=replace)
        else:
            # Not the value itself, which may be a credential of another service.
            rule = "this field is there already; extra only adds"
            raise InvalidJob(path=member(path, name), value=name, rule=rule)


def multi_circuit(circuits: Iterable[object]) -> Payload:
    """One job of many circuits, each with its name, in order.

    Args:
        circuits: Circuits as models or mappings: the input of a job, or a job of a single circuit
            with nothing but type, name and input.

    Raises:
        InvalidJob: One is something else.
    """
    entries = [_entry(circuit, f"$.input.circuits[{i}]") for i, circuit in enumerate(circuits)]
    shared: Payload = {"gateset": _common(entries, "gateset") or "qis"}
    qubits = _common(entries, "qubits")
    if qubits is not None:
        shared["qubits"] = qubits
    for entry in entries:
        for name, value in shared.items():
            if entry.get(name) == value:
                del entry[name]
    return {"type": MULTI_CIRCUIT, "input": {**shared, "circuits": entries}}


def _common(entries: list[Payload], name: str) -> object:
    """The value that all entries have, or None."""
    first = entries[0].get(name) if entries else None
    return first if all(entry.get(name) == first for entry in entries) else None


def _entry(circuit: object, path: str) -> Payload:
    fields = plain(circuit)
    if not isinstance(fields, dict):
        raise InvalidJob(path=path, value=circuit, rule="a circuit is a circuit or a mapping")
    entry = cast("Payload", fields)
    given = entry.get("input")
    if not isinstance(given, dict):
        return entry
    stray = sorted(entry.keys() - {"type", "name", "input"})
    if stray or entry.get("type", SINGLE_CIRCUIT) != SINGLE_CIRCUIT:
        name = stray[0] if stray else "type"
        rule = "a circuit among others brings no settings of a job: give them once for all"
        raise InvalidJob(path=f"{path}.{name}", value=entry[name], rule=rule)
    named = {"name": entry["name"]} if entry.get("name") is not None else {}
    return {**named, **cast("Payload", given)}
