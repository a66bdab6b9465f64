"""Fetches everything that a job has produced, with the low level."""

from ionq_api.v0_4.api.results import (
    get_job_aggregated_probabilities,
    get_job_artifact,
    get_job_histogram,
    get_job_probabilities,
    get_job_shots,
    get_variant_histogram,
    get_variant_probabilities,
    get_variant_shots,
)
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_api.v0_4.models import Error


def distribution(client: AuthenticatedClient, job: str) -> dict[str, float]:
    found = get_job_probabilities.sync(job, client=client, aggregation="voting")
    if found is None or isinstance(found, Error):
        raise SystemExit("no result")
    return {name: found[name] for name in found.additional_keys}


async def parts(client: AuthenticatedClient, job: str) -> list[str]:
    found = await get_job_aggregated_probabilities.asyncio(job, client=client)
    if found is None or isinstance(found, Error):
        return []
    return found.additional_keys


def files(client: AuthenticatedClient, job: str, variant: str) -> list[object]:
    return [
        get_job_histogram.sync(job, client=client),
        get_job_shots.sync(job, client=client),
        get_job_artifact.sync_detailed(job, "probabilities", client=client).content,
        get_variant_probabilities.sync(job, variant, client=client),
        get_variant_histogram.sync(job, variant, client=client),
        get_variant_shots.sync(job, variant, client=client),
    ]
