"""Commands that show something. May import: the library, _cli's client and output."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Mapping
from typing import Any

from ionq_direct import (
    Backend,
    Characterization,
    Job,
    MultiResult,
    Result,
)
from ionq_direct._cli.client import client_of, payload_from
from ionq_direct._cli.exits import Exit
from ionq_direct._cli.output import (
    note,
    plain_time,
    print_fields,
    print_json,
    print_table,
)
from ionq_direct.errors import InvalidArgument, NoResults

__all__ = [
    "backends",
    "characterizations",
    "cost",
    "estimate",
    "job",
    "jobs",
    "results",
    "usage",
    "whoami",
]


def whoami(options: Namespace) -> int:
    """`ionq-direct whoami`."""
    with client_of(options) as ionq:
        found = ionq.whoami()
    if options.json:
        print_json(found)
    else:
        print_fields(
            {
                "key": found.key_name,
                "key id": found.key_id,
                "project": found.project_id,
                "console": found.console_url,
            }
        )
    return Exit.OK


def backends(options: Namespace) -> int:
    """`ionq-direct backends [NAME]`."""
    with client_of(options) as ionq:
        if options.name is None:
            found = ionq.backends.list()
        else:
            return _one_backend(ionq.backends.get(options.name), as_json=options.json)
    if options.json:
        print_json(found)
    else:
        headings = ["BACKEND", "STATUS", "QUBITS", "QUEUE", "NATIVE GATES"]
        rows = [
            [one.name, one.status, one.qubits, one.queue_time, one.native_gates] for one in found
        ]
        print_table(headings, rows)
    return Exit.OK


def _one_backend(backend: Backend, *, as_json: bool) -> int:
    if as_json:
        print_json(backend)
    else:
        print_fields(
            {
                "backend": backend.name,
                "status": backend.status,
                "degraded": backend.degraded,
                "qubits": backend.qubits,
                "queue": backend.queue_time,
                "updated": backend.last_updated,
                "native gates": backend.native_gates,
                "gates": backend.gates,
                "noise models": backend.noise_models,
                "error mitigation": backend.error_mitigations,
                "location": backend.location,
                "characterization": backend.characterization_id,
            }
        )
    return Exit.OK


def jobs(options: Namespace) -> int:
    """`ionq-direct jobs`; as JSON `{"jobs": [...], "next": ...}`, with jobs as the API has them."""
    found: list[Job] = []
    following: str | None = None
    with client_of(options) as ionq:
        listed = ionq.jobs.iter(
            status=options.status,
            backend=options.backend,
            session_id=options.session,
            parent_job_id=options.parent,
            submitter_id=options.submitter,
            max_items=options.limit or None,
            cursor=options.cursor,
        )
        for page in listed.pages():
            found += page.items
            following = page.next
    if options.json:
        print_json({"jobs": [one.data for one in found], "next": following})
        return Exit.OK
    print_table(
        ["ID", "STATUS", "BACKEND", "SUBMITTED", "NAME"],
        [[one.id, one.status, one.backend, one.submitted_at, one.name] for one in found],
    )
    if following:
        note(f"there are more: --cursor {following}", quiet=options.quiet)
    return Exit.OK


def job(options: Namespace) -> int:
    """`ionq-direct job ID`: with `--json`, the job as the API has it."""
    with client_of(options) as ionq:
        found = ionq.job(options.id)
        url = found.url
    if options.json:
        print_json(found.data)
    else:
        print_fields({**_job_fields(found), "console": url})
    return Exit.OK


def _job_fields(found: Job) -> dict[str, object]:
    """What there is to say of a job."""
    failure = found.failure
    told = [failure.code, failure.message] if failure else []
    return {
        "job": found.id,
        "status": found.status,
        "failure": ": ".join(text for text in told if text),
        "warning": "; ".join(found.warnings),
        "name": found.name,
        "type": found.type,
        "backend": found.backend,
        "noise model": found.noise_model,
        "dry run": found.is_dry_run or None,
        "shots": found.shots,
        "qubits": found.qubits,
        "gates": ", ".join(f"{count} {kind}" for kind, count in found.gate_counts.items()),
        "submitted": found.submitted_at,
        "started": found.started_at,
        "completed": found.completed_at,
        "predicted wait": found.predicted_wait,
        "execution time": found.execution_time,
        "session": found.session_id,
        "parent": found.parent_id,
        "parts": len(found.child_ids) or None,
        "tag": found.tag,
    }


def results(options: Namespace) -> int:
    """`ionq-direct results ID`: probabilities, counts or bars, qubit 0 rightmost."""
    with client_of(options) as ionq:
        found: Result | MultiResult = ionq.job(options.id).result(
            options.timeout, shots=options.shots, aggregation=options.aggregation
        )
    several = list(found) if isinstance(found, MultiResult) else [found]
    if options.json:
        told = [_result_json(one, counts=options.counts) for one in several]
        print_json({"id": options.id, "results": told} if len(told) != 1 else told[0])
        return Exit.OK
    for number, one in enumerate(several):
        if len(several) > 1:
            print(f"{'' if number == 0 else chr(10)}{one.name or one.job_id}")
        _print_result(one, options)
    return Exit.OK


def _result_json(result: Result, *, counts: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"id": result.job_id, "name": result.name}
    told |= {"qubits": result.qubits, "shots": result.shots}
    kind = "counts" if counts else "probabilities"
    try:
        return {**told, kind: _weights(result, counts=counts)}
    except NoResults:  # it tells by register, or is a value
        if not result.registers:
            return {**told, "raw": result.raw}
    named = {name: _weights(one, counts=counts) for name, one in result.registers.items()}
    return {**told, "registers": {name: {kind: weights} for name, weights in named.items()}}


def _print_result(result: Result, options: Namespace) -> None:
    try:
        if options.histogram:
            print(result.draw(counts=options.counts))
        else:
            weights = _weights(result, counts=options.counts)
            heading = "COUNT" if options.counts else "PROBABILITY"
            print_table(["OUTCOME", heading], weights.items())
    except NoResults:
        if not result.registers:
            print_json(result.raw)
        for name, one in result.registers.items():
            print(name)
            _print_result(one, options)


def _weights(result: Result, *, counts: bool) -> Mapping[str, float]:
    return result.counts if counts else result.probabilities


def cost(options: Namespace) -> int:
    """`ionq-direct cost ID`."""
    with client_of(options) as ionq:
        found = ionq.jobs.get(options.id).cost()
    if options.json:
        print_json(found)
    elif found.estimated is None and found.charged is None:
        print("not priced")
    else:
        print_fields({"estimated": found.estimated, "charged": found.charged})
    return Exit.OK


def estimate(options: Namespace) -> int:
    """`ionq-direct estimate FILE`, or with numbers.

    Raises:
        InvalidArgument: There is neither a file nor a backend, or there are both.
    """
    if (options.file is None) == (options.backend is None):
        raise InvalidArgument(
            name="--backend", value=options.backend, rule="give either a file or --backend"
        )
    with client_of(options) as ionq:
        found = ionq.estimate(
            options.backend if options.file is None else payload_from(options.file),
            qubits=options.qubits,
            shots=options.shots,
            gates_1q=options.gates_1q,
            gates_2q=options.gates_2q,
            error_mitigation=options.error_mitigation,
        )
    if options.json:
        print_json(found)
    else:
        print_fields(
            {
                "cost": found.cost,
                "execution time": found.execution_time,
                "queue": found.queue_time,
                **{f"for {name}": value for name, value in found.inputs.items()},
            }
        )
    return Exit.OK


def usage(options: Namespace) -> int:
    """`ionq-direct usage ORGANIZATION START END`."""
    with client_of(options) as ionq:
        found = ionq.usage(
            options.organization,
            options.start,
            options.end,
            group_by=options.group_by,
            modality=options.modality,
        )
    if options.json:
        print_json(found)
        return Exit.OK
    rows = [
        [plain_time(one.start), one.amount, one.job_count, one.quantum_time]
        for one in found.periods
    ]
    print_table(
        ["FROM", "AMOUNT", "JOBS", "QUANTUM TIME"],
        [*rows, ["total", found.amount, found.job_count, found.quantum_time]],
    )
    return Exit.OK


def characterizations(options: Namespace) -> int:
    """`ionq-direct characterizations BACKEND`."""
    with client_of(options) as ionq:
        if options.id is not None:
            found = [ionq.characterizations.get(options.backend, options.id)]
        elif options.latest:
            latest = ionq.characterizations.latest(options.backend)
            found = [latest] if latest else []
        else:
            found = ionq.characterizations(
                options.backend,
                start=options.start,
                end=options.end,
                max_items=options.limit or None,
            )
    if options.json:
        print_json(found)
    else:
        _print_characterizations(found)
    return Exit.OK


def _print_characterizations(found: Iterable[Characterization]) -> None:
    names = ("1q", "2q", "spam")
    rows = [
        [one.id, one.date, one.qubits, *(_median(one, name) for name in names)] for one in found
    ]
    print_table(["ID", "DATE", "QUBITS", *(name.upper() for name in names)], rows)


def _median(one: Characterization, name: str) -> float | None:
    fidelity = one.fidelity.get(name)
    return fidelity.median if fidelity else None
