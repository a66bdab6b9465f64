"""A script for v0.3 on v0.4; and the contract of v0.3 itself."""

from ionq_api.v0_3.api.jobs import get_job
from ionq_api.v0_3.client import AuthenticatedClient
from ionq_direct.legacy import Legacy, job_from_v0_3, payload_from_v0_3


def run(payload: dict[str, object]) -> object:
    with Legacy.connect() as ionq:
        job = ionq.create_job(payload)
        while ionq.get_job(job["id"])["status"] not in {"completed", "failed", "canceled"}:
            pass
        return ionq.get_results(job["id"])


def read(client: AuthenticatedClient, job: str) -> object:
    return get_job.sync(job, client=client)


def convert(payload: dict[str, object], job: dict[str, object]) -> tuple[object, object]:
    return payload_from_v0_3(payload), job_from_v0_3(job)
