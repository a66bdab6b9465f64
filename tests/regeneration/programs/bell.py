"""Sends a Bell pair with the low level and reads what came back."""

from ionq_api.v0_4.api.jobs import create_job, get_job
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_api.v0_4.models import CircuitJobCreationPayload, Error


def run(client: AuthenticatedClient, payload: CircuitJobCreationPayload) -> str:
    made = create_job.sync(client=client, body=payload)
    if made is None or isinstance(made, Error):
        raise SystemExit("not accepted")
    job = get_job.sync(made.id, client=client)
    if job is None or isinstance(job, Error):
        raise SystemExit("gone")
    return str(job.status)


async def look(client: AuthenticatedClient, job: str) -> tuple[int, bool]:
    answer = await get_job.asyncio_detailed(job, client=client)
    return answer.status_code, answer.parsed is None
