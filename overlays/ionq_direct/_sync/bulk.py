# Generated from overlays/ionq_direct/_async/bulk.py by scripts.sync_from_async. Do not edit.
"""Cancel or delete many jobs.

May import: the generated client, and of this package what has no I/O.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from ionq_api.v0_4.api.jobs import cancel_job, cancel_jobs, delete_job, delete_jobs
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_api.v0_4.models.jobs_bulk_operation_request import JobsBulkOperationRequest
from ionq_direct._answers import checked
from ionq_direct._concurrency import Return, deadline, run_many
from ionq_direct._ids import is_about_the_job
from ionq_direct._shapes import json_object, text_or_none, texts_in
from ionq_direct.bulk import BulkOutcome, BulkReport
from ionq_direct.errors import IonQError, RequestTimeout, ServerError

__all__ = ["CANCEL", "DELETE", "BulkOperation", "bulk"]

CHUNK: Final = 100
"""Jobs in one bulk request. IonQ publishes no limit; its lists have 25 to a page."""

_AT_A_TIME: Final = 4


@dataclass(frozen=True, slots=True)
class BulkOperation:
    """An operation that exists for one job and for many.

    Attributes:
        method: HTTP method, for errors.
        many: The generated function for many jobs.
        many_path: Its path.
        one: The generated function for one job.
        one_path: Its path, with `{}` for the id.
        status: What the server answers.
    """

    method: str
    many: Callable[..., Return[Any]]
    many_path: str
    one: Callable[..., Return[Any]]
    one_path: str
    status: str


CANCEL: Final = BulkOperation(
    "PUT",
    cancel_jobs.sync_detailed,
    "/jobs/status/cancel",
    cancel_job.sync_detailed,
    "/jobs/{}/status/cancel",
    "canceled",
)
DELETE: Final = BulkOperation(
    "DELETE",
    delete_jobs.sync_detailed,
    "/jobs",
    delete_job.sync_detailed,
    "/jobs/{}",
    "deleted",
)


def bulk(
    api: AuthenticatedClient,
    operation: BulkOperation,
    ids: Iterable[str],
    *,
    seconds: float | None = None,
) -> BulkReport:
    """Carry out an operation on many jobs, in few requests.

    No request is sent when there are no ids: an empty list might mean all jobs to a server.

    Args:
        api: The generated client.
        operation: What to do.
        ids: The jobs, each once, checked.
        seconds: Most that each request, and what follows from it, may take; None: as the client.
    """
    wanted = list(ids)
    chunks = [wanted[start : start + CHUNK] for start in range(0, len(wanted), CHUNK)]

    def settle(chunk: list[str]) -> dict[str, BulkOutcome]:
        if seconds is None:
            return _settle(api, operation, chunk)
        try:
            with deadline(seconds):
                return _settle(api, operation, chunk)
        except TimeoutError:
            late = RequestTimeout(f"no answer within {seconds:g} s", timeout=seconds)
            return {job_id: BulkOutcome(job_id, error=late) for job_id in chunk}

    settled = run_many(settle, chunks, limit=_AT_A_TIME) if chunks else []
    found = {job_id: outcome for outcomes in settled for job_id, outcome in outcomes.items()}
    return BulkReport({job_id: found[job_id] for job_id in wanted})


def _settle(
    api: AuthenticatedClient, operation: BulkOperation, chunk: list[str]
) -> dict[str, BulkOutcome]:
    """The outcome of each job of one request; one by one where the request does not tell."""
    outcomes: dict[str, BulkOutcome] = {}
    if len(chunk) > 1:
        try:
            response = operation.many(client=api, body=JobsBulkOperationRequest(ids=chunk))
            answer = json_object(
                checked(response, method=operation.method, path=operation.many_path)
            )
        except IonQError as error:
            if not is_about_the_job(error) and not isinstance(error, ServerError):
                return {job_id: BulkOutcome(job_id, error=error) for job_id in chunk}
        else:
            told = text_or_none(answer.get("status")) or operation.status
            done = set(texts_in(answer.get("ids")))
            outcomes = {job_id: BulkOutcome(job_id, told) for job_id in chunk if job_id in done}
    hopeless: IonQError | None = None
    for job_id in chunk:
        if job_id in outcomes:
            continue
        if hopeless is None:
            outcomes[job_id] = _settle_one(api, operation, job_id)
            refusal = outcomes[job_id].error
            if refusal is not None and not is_about_the_job(refusal):
                hopeless = refusal
        else:  # the next would fail in the same way, after as many retries
            outcomes[job_id] = BulkOutcome(job_id, error=hopeless)
    return outcomes


def _settle_one(api: AuthenticatedClient, operation: BulkOperation, job_id: str) -> BulkOutcome:
    try:
        response = operation.one(job_id, client=api)
        path = operation.one_path.format(job_id)
        answer = json_object(checked(response, method=operation.method, path=path))
    except IonQError as error:
        return BulkOutcome(job_id, error=error)
    return BulkOutcome(job_id, text_or_none(answer.get("status")) or operation.status)
