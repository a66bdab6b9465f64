"""Reads what a job cost."""

from ionq_api.v0_4.api.costs import get_job_cost
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_api.v0_4.models import Error


def run(client: AuthenticatedClient, job: str) -> object:
    cost = get_job_cost.sync(job, client=client)
    if cost is None or isinstance(cost, Error):
        return None
    return cost.estimated_cost
