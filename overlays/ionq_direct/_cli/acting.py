"""Commands that change something at the server, or wait. May import: as `reading` does."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from typing import Any

from ionq_direct import BulkReport, IonQ, Job, Session, WaitProgress
from ionq_direct._cli.client import client_of, payload_from
from ionq_direct._cli.exits import Exit, exit_of
from ionq_direct._cli.output import note, print_fields, print_json, print_table
from ionq_direct.errors import InvalidArgument, IonQError, JobError

__all__ = ["cancel", "delete", "sessions", "submit", "wait"]


def submit(options: Namespace) -> int:
    """`ionq-direct submit FILE`: prints the job's id; with `--json`, the job as the API has it."""
    payload = payload_from(options.file)
    changes = {"backend": options.backend, "shots": options.shots, "name": options.name}
    payload |= {name: value for name, value in changes.items() if value is not None}
    if options.dry_run:
        payload["dry_run"] = True
    with client_of(options, validate=not options.no_validate) as ionq:
        job = ionq.submit(payload, tag=options.tag)
        if not options.wait:
            _show(job, as_json=options.json)
            return Exit.OK
        # The id first: whatever happens while waiting, the job can be found again.
        note(f"job {job.id}", quiet=options.quiet)
        try:
            job.wait(options.timeout, on_progress=_status_teller(options))
        except JobError as error:
            _show(job, as_json=options.json)
            note(f"ionq-direct: {error}")
            return exit_of(error)
        _show(job, as_json=options.json)
    return Exit.OK


def _show(job: Job, *, as_json: bool) -> None:
    if as_json:
        print_json(job.data)
    else:
        print(job.id)


def _status_teller(options: Namespace) -> Callable[[dict[str, Any]], None]:
    """Says on stderr when a job's status changes."""
    last: list[str] = []

    def tell(data: dict[str, Any]) -> None:
        status = str(data.get("status"))
        if [status] != last:
            last[:] = [status]
            note(f"  {status}", quiet=options.quiet)

    return tell


def wait(options: Namespace) -> int:
    """`ionq-direct wait ID...`: prints id and status of each job as it ends.

    The exit code is that of the first job, in the order of their ends, that did not complete.
    """
    code: int = Exit.OK
    with (
        client_of(options) as ionq,
        ionq.wait(
            options.ids,
            options.timeout,
            on_progress=_count_teller(options),
            cancel_on_exit=options.cancel_on_exit,
        ) as ended,
    ):
        for job in ended:
            if options.json:
                print_json(
                    {"id": job.id, "status": job.status, "failure": job.failure}, one_line=True
                )
            else:
                reason = f"  {job.failure.message or ''}" if job.failure else ""
                print(f"{job.id}  {job.status}{reason}", flush=True)
            code = code or _code_of(job)
    return code


def _code_of(job: Job) -> int:
    try:
        job.raise_unless_completed()
    except JobError as error:
        return exit_of(error)
    return Exit.OK


def _count_teller(options: Namespace) -> Callable[[WaitProgress], None]:
    """Says on stderr when more jobs have ended."""
    last: list[int] = []

    def tell(progress: WaitProgress) -> None:
        if [progress.ended] != last:
            last[:] = [progress.ended]
            note(f"  {progress.ended} of {progress.total} have ended", quiet=options.quiet)

    return tell


def cancel(options: Namespace) -> int:
    """`ionq-direct cancel ID...`."""
    with client_of(options) as ionq:
        return _report(ionq.jobs.cancel(options.ids), as_json=options.json)


def delete(options: Namespace) -> int:
    """`ionq-direct delete ID...`.

    Raises:
        InvalidArgument: Nobody is there to be asked, and `--yes` is missing.
    """
    if not options.yes and not _agreed(len(options.ids)):
        note("nothing was deleted")
        return Exit.FAILED
    with client_of(options) as ionq:
        return _report(ionq.jobs.delete(options.ids), as_json=options.json)


def _agreed(count: int) -> bool:
    if not sys.stdin.isatty():
        raise InvalidArgument(
            name="--yes", value=False, rule="must be given where nobody can be asked"
        )
    print(f"Delete {count} job(s) with their results, for good? [y/N] ", end="", file=sys.stderr)
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _report(report: BulkReport, *, as_json: bool) -> int:
    if as_json:
        print_json(
            {
                job_id: {"status": outcome.status, "error": str(outcome.error or "") or None}
                for job_id, outcome in report.items()
            }
        )
    else:
        for job_id, outcome in report.items():
            print(f"{job_id}  {outcome.status or outcome.error}")
    first: IonQError | None = next(iter(report.failed.values()), None)
    return Exit.OK if first is None else exit_of(first)


def sessions(options: Namespace) -> int:
    """`ionq-direct sessions [ID]`.

    Raises:
        InvalidArgument: A session is to be ended and none is named.
    """
    with client_of(options) as ionq:
        if options.id is not None:
            return _one_session(ionq, options)
        if options.end:
            raise InvalidArgument(name="ID", value=None, rule="must name the session to end")
        found = ionq.sessions.list(active=True if options.active else None)
    if options.json:
        print_json([one.data for one in found])
        return Exit.OK
    rows = [[one.id, one.status, one.backend, one.created_at, one.ended_at] for one in found]
    print_table(["ID", "STATUS", "BACKEND", "CREATED", "ENDED"], rows)
    return Exit.OK


def _one_session(ionq: IonQ, options: Namespace) -> int:
    found: Session = ionq.sessions.get(options.id)
    if options.end and not found.has_ended:
        found.end()
    if options.json:
        print_json(found.data)
        return Exit.OK
    limits = found.limits
    print_fields(
        {
            "session": found.id,
            "status": found.status,
            "backend": found.backend,
            "created": found.created_at,
            "started": found.started_at,
            "ended": found.ended_at,
            "most jobs": limits.max_jobs,
            "most time": limits.max_time,
            "most cost": limits.max_cost,
            "expires": limits.expires_at,
        }
    )
    return Exit.OK
