"""Looks after the queue with the low level: lists, cancels and deletes jobs."""

from ionq_api.v0_4.api.jobs import cancel_job, cancel_jobs, delete_job, delete_jobs, get_jobs
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_api.v0_4.models import Error, JobsBulkOperationRequest, JobStatus
from ionq_api.v0_4.types import UNSET, Unset


def waiting(client: AuthenticatedClient, backend: str) -> list[str]:
    ids: list[str] = []
    cursor: str | Unset = UNSET
    while True:
        page = get_jobs.sync(
            client=client, status=JobStatus.READY, target=backend, limit=25, next_=cursor
        )
        if page is None or isinstance(page, Error):
            raise SystemExit("no list")
        ids += [job.id for job in page.jobs if job.predicted_wait_time_ms is not None]
        if page.next_ is None:
            return ids
        cursor = page.next_


async def clear(client: AuthenticatedClient, ids: list[str]) -> None:
    await cancel_jobs.asyncio(client=client, body=JobsBulkOperationRequest(ids=ids))
    await delete_jobs.asyncio(client=client, body=JobsBulkOperationRequest(ids=ids))


def stop(client: AuthenticatedClient, job: str) -> bool:
    answer = cancel_job.sync_detailed(job, client=client)
    deleted = delete_job.sync(job, client=client)
    if deleted is None or isinstance(deleted, Error):
        return False
    return answer.status_code == 200 and not answer.deviations and deleted.id == job
