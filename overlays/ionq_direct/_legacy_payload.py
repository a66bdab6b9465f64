"""Jobs to submit, as API v0.3 writes them and as v0.4 does.

May import: errors, _language, _shapes. Facts: IonQ docs, v0.3 create-a-job and migration from v0.3;
what SDKs sent to v0.3.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from ionq_direct._language import MULTI_CIRCUIT, SIMULATOR, SINGLE_CIRCUIT
from ionq_direct._shapes import list_or_none, object_or_none
from ionq_direct.errors import InvalidJob

__all__ = [
    "REGISTERS_KEY",
    "in_v0_3_terms",
    "metadata_with_registers",
    "metadata_without_registers",
    "payload_from_v0_3",
    "payload_to_v0_3",
]

REGISTERS_KEY: Final = "ionq_direct_registers"
"""The metadata key under which a v0.4 job keeps v0.3's `registers`, as JSON."""

_CIRCUIT_V0: Final = "ionq.circuit.v0"
_QASM3: Final = "ionq.qasm3.v1"
_QASM_FORMATS: Final = ("openqasm", "qasm", "openqasm3", "qasm3")
_DECLARES_3: Final = re.compile(r"(?:\s|//[^\n]*\n|/\*.*?\*/)*OPENQASM\s+3\b", re.DOTALL)

_JOB_V0_3: Final = frozenset(
    {
        "body",
        "error_mitigation",
        "input",
        "lang",
        "metadata",
        "name",
        "noise",
        "qubits",
        "registers",
        "shots",
        "target",
    }
)
_AS_THEY_ARE: Final = ("name", "metadata", "noise")
_CIRCUIT_FIELDS: Final = frozenset({"circuit", "name", "registers"})
_OWN_LANGUAGE: Final = ("gateset", "qubits")  # of one circuit among several, v0.4 only

_RENAMED: Final = {
    "$.settings.error_mitigation.debiasing": "$.error_mitigation.debias",
    "$.settings.error_mitigation": "$.error_mitigation",
    "$.backend": "$.target",
    "$.type": "$.input.format",
}


def payload_from_v0_3(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The v0.4 form of a job as one would POST it to `/v0.3/jobs`.

    Taken as well is what v0.2's callers sent: `body` for `input`, `lang`, shots as text. Defaults
    that v0.4 does not have are written out: `target` simulator, `gateset` qis. `registers` of the
    job, which the service only gives back, go into the metadata as JSON, under the key
    `ionq_direct_registers`; those of single circuits stay where they are. A field that is null
    counts as left out.

    Args:
        payload: The job as v0.3 or v0.2 has it; it stays as it is.

    Returns:
        The job as v0.4 has it.

    Raises:
        InvalidJob: Something has no counterpart at v0.4: an unknown field, QIR, Quipper, OpenQASM
            other than version 3; or the job says two things at once. It names the v0.3 field.
    """
    job = _present(payload)
    _refuse_unknown(job, _JOB_V0_3, "$", "is no field of a v0.3 job")
    source, path = _source(job)
    kind, program = _program_from_v0_3(source, job.get("qubits"), path)
    new: dict[str, Any] = {"type": kind, "backend": job.get("target", SIMULATOR), "input": program}
    new |= {name: job[name] for name in _AS_THEY_ARE if name in job}
    if "shots" in job:
        new["shots"] = _shots(job["shots"])
    debias = _only_field(job, "error_mitigation", "debias", "$", "v0.3 knows `debias` alone")
    if debias is not None:
        new["settings"] = {"error_mitigation": {"debiasing": debias}}
    if "registers" in job:
        new["metadata"] = metadata_with_registers(new.get("metadata"), job["registers"])
    if job.get("lang", "json") != "json":
        raise InvalidJob(path="$.lang", value=job["lang"], rule="must be json for v0.4 to take it")
    return copy.deepcopy(new)


def payload_to_v0_3(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The v0.3 form of a v0.4 job.

    Args:
        payload: The job as v0.4 has it; it stays as it is.

    Returns:
        The job as one would POST it to `/v0.3/jobs`. A `dry_run` of false is left out: v0.3 has no
        other.

    Raises:
        InvalidJob: Something has no counterpart at v0.3: a session, a dry run, compilation
            settings, jobs of other types, circuits of different gatesets in one job. It names the
            v0.4 field.
    """
    job = _present(payload)
    program = _program_to_v0_3(job)
    new: dict[str, Any] = {"target": job.pop("backend", SIMULATOR), "input": program}
    new |= {name: job.pop(name) for name in _AS_THEY_ARE if name in job}
    if "shots" in job:
        new["shots"] = _shots(job.pop("shots"))
    _take_settings(job, new)
    if job.get("dry_run") is False:
        del job["dry_run"]
    if job.get("lang") == "json":
        del job["lang"]
    _refuse_unknown(job, frozenset({"type", "input"}), "$", "cannot be said at v0.3")
    if "metadata" in new:
        metadata, registers = metadata_without_registers(new["metadata"])
        if registers is not None:
            new["registers"] = registers
            new["metadata"] = metadata
            if not metadata:
                del new["metadata"]
    return copy.deepcopy(new)


def metadata_with_registers(metadata: object, registers: object) -> dict[str, Any]:
    """The metadata of a v0.4 job that keeps v0.3's registers.

    Raises:
        InvalidJob: The metadata is no object, or its key for registers is taken.
    """
    told = object_or_none({} if metadata is None else metadata)
    if told is None:
        raise InvalidJob(path="$.metadata", value=metadata, rule="must be an object")
    if REGISTERS_KEY in told:
        rule = "is where `registers` go at v0.4, and is taken"
        raise InvalidJob(path=f"$.metadata.{REGISTERS_KEY}", value=told[REGISTERS_KEY], rule=rule)
    return {**told, REGISTERS_KEY: json.dumps(registers, separators=(",", ":"))}


def metadata_without_registers(metadata: object) -> tuple[Any, Any]:
    """The metadata without v0.3's registers, and these; None where there are none."""
    told = object_or_none(metadata) or {}
    try:
        registers = json.loads(told.get(REGISTERS_KEY, "null"))
    except (TypeError, ValueError):
        registers = None
    if registers is None:
        return metadata, None
    return {name: value for name, value in told.items() if name != REGISTERS_KEY}, registers


def in_v0_3_terms(error: InvalidJob) -> InvalidJob:
    """What is wrong with a converted job, by the name that the field has at v0.3."""
    for new, old in _RENAMED.items():
        if error.path == new or error.path.startswith(f"{new}."):
            path = old + error.path.removeprefix(new)
            return InvalidJob(path=path, value=error.value, rule=error.rule)
    return error


# --- From v0.3 ------------------------------------------------------------------------------------


def _source(job: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """The program, by v0.3's name or v0.2's, and its path."""
    if "input" in job and "body" in job:
        rule = "is v0.2's name of `input`, which is there too"
        raise InvalidJob(path="$.body", value=job["body"], rule=rule)
    name = "body" if "body" in job else "input"
    source = object_or_none(job.get(name))
    if source is None:
        raise InvalidJob(path=f"$.{name}", value=job.get(name), rule="must be an object")
    return _present(source), f"$.{name}"


def _program_from_v0_3(
    source: dict[str, Any], outer_qubits: object, path: str
) -> tuple[str, dict[str, Any]]:
    """The v0.4 type and input of a program."""
    if outer_qubits is not None and source.setdefault("qubits", outer_qubits) != outer_qubits:
        rule = f"must be that of {path}, {source['qubits']}, where both are given"
        raise InvalidJob(path="$.qubits", value=outer_qubits, rule=rule)
    form = source.pop("format", _CIRCUIT_V0)
    if form == _CIRCUIT_V0:
        return _circuits_from_v0_3(source, path)
    if form in _QASM_FORMATS:
        _refuse_unknown(source, frozenset({"data", "qubits"}), path, "is no field of a program")
        text = source.get("data")
        if not isinstance(text, str) or not _DECLARES_3.match(text):
            rule = "must begin with `OPENQASM 3`: v0.4 takes no other OpenQASM"
            raise InvalidJob(path=f"{path}.data", value=text, rule=rule)
        return _QASM3, source
    rule = f"must be {_CIRCUIT_V0} or OpenQASM 3: v0.4 takes programs in nothing else"
    raise InvalidJob(path=f"{path}.format", value=form, rule=rule)


def _circuits_from_v0_3(source: dict[str, Any], path: str) -> tuple[str, dict[str, Any]]:
    program = {"gateset": "qis", **source}
    if "circuits" not in source:
        known = frozenset({"circuit", "gateset", "qubits"})
        _refuse_unknown(source, known, path, "is no field of a circuit")
        return SINGLE_CIRCUIT, program
    known = frozenset({"circuits", "gateset", "qubits"})
    _refuse_unknown(source, known, path, "is no field of several circuits")
    for circuit, where in _circuits(program, path):
        _refuse_unknown(circuit, _CIRCUIT_FIELDS, where, "is no field of a circuit among several")
    return MULTI_CIRCUIT, program


def _circuits(program: Mapping[str, Any], path: str) -> list[tuple[Mapping[str, Any], str]]:
    circuits = list_or_none(program.get("circuits"))
    if circuits is None:
        rule = "must be an array of circuits"
        raise InvalidJob(path=f"{path}.circuits", value=program.get("circuits"), rule=rule)
    found: list[tuple[Mapping[str, Any], str]] = []
    for position, item in enumerate(circuits):
        circuit, where = object_or_none(item), f"{path}.circuits[{position}]"
        if circuit is None:
            raise InvalidJob(path=where, value=item, rule="must be an object")
        found.append((circuit, where))
    return found


def _shots(value: object) -> object:
    """Shots as a number, where they are digits; what is wrong otherwise is for others to say."""
    return int(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value) else value


# --- To v0.3 --------------------------------------------------------------------------------------


def _program_to_v0_3(job: Mapping[str, Any]) -> dict[str, Any]:
    kind = job.get("type")
    told = object_or_none(job.get("input"))
    if kind not in (SINGLE_CIRCUIT, MULTI_CIRCUIT, _QASM3):
        raise InvalidJob(path="$.type", value=kind, rule="cannot be said at v0.3: it has circuits")
    if told is None:
        raise InvalidJob(path="$.input", value=job.get("input"), rule="must be an object")
    program = _present(told)
    rule = "cannot be said at v0.3"
    if kind == _QASM3:
        _refuse_unknown(program, frozenset({"data", "qubits"}), "$.input", rule)
        return {"format": "openqasm", **program}
    name = "circuit" if kind == SINGLE_CIRCUIT else "circuits"
    _refuse_unknown(program, frozenset({name, "gateset", "qubits"}), "$.input", rule)
    if kind == MULTI_CIRCUIT:
        program["circuits"] = [
            _circuit_to_v0_3(circuit, program, where)
            for circuit, where in _circuits(program, "$.input")
        ]
    return {"format": _CIRCUIT_V0, "gateset": "qis", **program}


def _circuit_to_v0_3(
    circuit: Mapping[str, Any], program: Mapping[str, Any], where: str
) -> dict[str, Any]:
    """One of several circuits; its own gateset and qubits must be those of all."""
    kept = _present(circuit)
    for name in _OWN_LANGUAGE:
        own = kept.pop(name, program.get(name))
        if own != program.get(name):
            rule = "must be that of the whole job, since v0.3 has one for all circuits"
            raise InvalidJob(path=f"{where}.{name}", value=own, rule=rule)
    _refuse_unknown(kept, _CIRCUIT_FIELDS, where, "cannot be said at v0.3")
    return kept


def _take_settings(job: dict[str, Any], new: dict[str, Any]) -> None:
    mitigation = _only_field(job, "settings", "error_mitigation", "$", "cannot be said at v0.3")
    holder = {"error_mitigation": mitigation}
    debiasing = _only_field(
        holder, "error_mitigation", "debiasing", "$.settings", "cannot be said at v0.3"
    )
    if debiasing is not None:
        new["error_mitigation"] = {"debias": debiasing}
    job.pop("settings", None)


# --- Both -----------------------------------------------------------------------------------------


def _only_field(holder: Mapping[str, Any], name: str, field: str, path: str, rule: str) -> Any:
    """The one field that both versions know of an object; None where there is none."""
    told = holder.get(name)
    if told is None:
        return None
    found = object_or_none(told)
    if found is None:
        raise InvalidJob(path=f"{path}.{name}", value=told, rule="must be an object")
    fields = _present(found)
    _refuse_unknown(fields, frozenset({field}), f"{path}.{name}", rule)
    return fields.get(field)


def _present(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that are there; null is none."""
    return {name: value for name, value in fields.items() if value is not None}


def _refuse_unknown(fields: Mapping[str, Any], known: Iterable[str], path: str, rule: str) -> None:
    for name in sorted(fields.keys() - set(known)):
        raise InvalidJob(path=f"{path}.{name}", value=fields[name], rule=rule)
