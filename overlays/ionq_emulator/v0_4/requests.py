"""What version 0.4's callers send, read into the emulator's own terms.

May import: validation, submission, store's filters, errors.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from ionq_emulator.errors import bad_request
from ionq_emulator.records import CIRCUIT, FUNCTION, MULTI_CIRCUIT, QASM3, Json, Status
from ionq_emulator.store import JobFilter
from ionq_emulator.submission import DEFAULT_SHOTS, CircuitProgram, Submission

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

__all__ = ["cursor", "job_filter", "query_list", "read_cursor", "submission"]

# What a job's settings repeat of the request's (IonQ API reference, CircuitJobSettings).
_COMPILATION = ("opt", "precision", "gate_basis", "service_version")
_CURSOR_TAG = 0x1019_0000_0000_8000_8000_0000_0000_0000


def submission(payload: Json) -> Submission:
    """A checked job creation payload as a submission."""
    return Submission(
        type=payload["type"],
        backend=payload["backend"],
        circuits=_circuits(payload),
        name=payload.get("name"),
        metadata=payload.get("metadata"),
        shots=int(payload.get("shots", DEFAULT_SHOTS)),
        noise=payload.get("noise"),
        settings=_settings(payload.get("settings") or {}),
        dry_run=payload.get("dry_run", False),
        session_id=payload.get("session_id"),
    )


def _circuits(payload: Json) -> list[CircuitProgram]:
    source = payload["input"]
    if payload["type"] == QASM3:
        return [CircuitProgram({"qasm": source["data"]})]
    if payload["type"] == FUNCTION:
        return [CircuitProgram({"function": source})]
    if payload["type"] not in {CIRCUIT, MULTI_CIRCUIT}:
        return [CircuitProgram({})]  # another company's solver: accepted, and fails
    if payload["type"] == CIRCUIT:
        return [CircuitProgram(_program(source, source))]
    return [
        CircuitProgram(_program(circuit, source), circuit.get("name"), circuit.get("registers"))
        for circuit in source["circuits"]
    ]


def _program(circuit: Json, parent: Json) -> Json:
    return {
        "gateset": circuit.get("gateset", parent.get("gateset")),
        "qubits": circuit.get("qubits", parent.get("qubits")),
        "circuit": circuit["circuit"],
    }


def _settings(settings: Json) -> Json:
    kept: Json = {}
    compilation = settings.get("compilation")
    if isinstance(compilation, dict):
        kept["compilation"] = {key: compilation[key] for key in _COMPILATION if key in compilation}
    mitigation = settings.get("error_mitigation")
    if isinstance(mitigation, dict) and "debiasing" in mitigation:
        kept["error_mitigation"] = {"debiasing": mitigation["debiasing"]}
    return kept


def job_filter(
    query: QueryParams, *, session_id: str | None = None, submitted_by_ms: int | None = None
) -> JobFilter:
    """The filters of a job listing.

    Raises:
        ApiError: 400, when a state is none.
    """
    statuses = query_list(query, "status", empty=True)
    known = {status.value for status in Status}
    for status in statuses or ():
        if status not in known:
            raise bad_request(
                f'"status" must be one of {", ".join(sorted(known))}, got {status[:40]!r}',
                "status",
                source="query",
            )
    return JobFilter(
        ids=query_list(query, "ids"),
        statuses=statuses,
        backends=query_list(query, "target"),
        parent_id=query.get("parent_job_id"),
        session_id=session_id or query.get("session_id"),
        submitter_id=query.get("submitter_id"),
        submitted_by_ms=submitted_by_ms,
    )


def query_list(query: QueryParams, name: str, *, empty: bool = False) -> list[str] | None:
    """A list in the query: repeated, with brackets, comma-separated, or all of it.

    Args:
        query: The query.
        name: The parameter.
        empty: Keep empty members, to be refused.
    """
    values = [*query.getlist(name), *query.getlist(f"{name}[]")]
    if not values:
        return None
    return [part for value in values for part in value.split(",") if part or empty]


def cursor(sequence: int | None) -> str | None:
    """The `next` of a page: a UUID in form; None at the end."""
    return None if sequence is None else str(uuid.UUID(int=_CURSOR_TAG | sequence))


def read_cursor(query: QueryParams) -> int | None:
    """The sequence number in `next`.

    Raises:
        ApiError: 400, when it is no cursor of ours.
    """
    text = query.get("next")
    if not text:
        return None
    try:
        value = uuid.UUID(text).int
    except ValueError:
        value = 0
    if value >> 60 != _CURSOR_TAG >> 60:
        raise bad_request(
            f'"next" must be the `next` of an earlier page, got {text[:60]!r}',
            "next",
            source="query",
        )
    return value & (1 << 60) - 1
