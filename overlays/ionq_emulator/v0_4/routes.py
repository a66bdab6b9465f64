"""The operations of version 0.4, by the contract's names.

May import: this package's handlers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ionq_emulator.http import Operation
from ionq_emulator.v0_4.account import AccountApi
from ionq_emulator.v0_4.jobs import JobsApi
from ionq_emulator.v0_4.results import ResultsApi
from ionq_emulator.v0_4.sessions import SessionsApi

if TYPE_CHECKING:
    from ionq_emulator.cloud import Cloud
    from ionq_emulator.http import Handler

__all__ = ["operations"]


def operations(cloud: Cloud) -> list[Operation]:
    """All operations of version 0.4; where two paths fit, the first counts."""
    table = [
        *_account(AccountApi(cloud)),
        *_jobs(JobsApi(cloud)),
        *_results(ResultsApi(cloud)),
        *_sessions(SessionsApi(cloud)),
    ]
    return [
        Operation(name, method, path, handler, public=name in _PUBLIC, slow=name in _SLOW)
        for name, method, path, handler in table
    ]


Row = tuple[str, str, str, "Handler"]
# Served without a key (IonQ API reference: `security: []`; health by observation).
_PUBLIC = {"GetHealth", "getBackends", "getBackend", "getCharacterizationsForBackend"}

_SLOW = {"GetCompiledFile", "GetJobArtifact", "DeleteJob", "DeleteJobs"}


def _account(api: AccountApi) -> list[Row]:
    machine = "/backends/{backend}"
    return [
        ("GetHealth", "GET", "/health", api.health),
        ("getWhoami", "GET", "/whoami", api.whoami),
        ("getBackends", "GET", "/backends", api.backends),
        ("getBackend", "GET", machine, api.backend),
        (
            "getCharacterizationsForBackend",
            "GET",
            f"{machine}/characterizations",
            api.characterizations,
        ),
        (
            "getCharacterization",
            "GET",
            f"{machine}/characterizations/{{UUID}}",
            api.characterization,
        ),
        ("get-usages", "GET", "/organizations/{organization_id}/usage", api.usage),
    ]


def _jobs(api: JobsApi) -> list[Row]:
    return [
        ("CreateJob", "POST", "/jobs", api.create),
        ("GetJobs", "GET", "/jobs", api.page),
        ("DeleteJobs", "DELETE", "/jobs", api.delete_many),
        ("EstimateJobCost", "GET", "/jobs/estimate", api.estimate),
        ("CancelJobs", "PUT", "/jobs/status/cancel", api.cancel_many),
        ("GetJob", "GET", "/jobs/{UUID}", api.get),
        ("DeleteJob", "DELETE", "/jobs/{UUID}", api.delete),
        ("CancelJob", "PUT", "/jobs/{UUID}/status/cancel", api.cancel),
        ("GetJobCost", "GET", "/jobs/{UUID}/cost", api.cost),
    ]


def _results(api: ResultsApi) -> list[Row]:
    results = "/jobs/{UUID}/results"
    variant = "/jobs/{UUID}/variants/{variantId}/results"
    return [
        ("GetJobProbabilities", "GET", f"{results}/probabilities", api.probabilities),
        (
            "GetJobAggregatedProbabilities",
            "GET",
            f"{results}/probabilities/aggregated",
            api.aggregated,
        ),
        ("GetJobHistogram", "GET", f"{results}/histogram", api.histogram),
        ("GetJobShots", "GET", f"{results}/shots", api.shots),
        ("GetVariantProbabilities", "GET", f"{variant}/probabilities", api.variant_probabilities),
        ("GetVariantHistogram", "GET", f"{variant}/histogram", api.variant_histogram),
        ("GetVariantShots", "GET", f"{variant}/shots", api.variant_shots),
        ("GetJobArtifact", "GET", "/jobs/{UUID}/artifacts/{artifactId}", api.artifact),
        ("GetCompiledFile", "GET", "/jobs/{UUID}/circuits/{lang}", api.circuit),
    ]


def _sessions(api: SessionsApi) -> list[Row]:
    return [
        ("CreateSession", "POST", "/sessions", api.create),
        ("GetSessions", "GET", "/sessions", api.list),
        ("GetSession", "GET", "/sessions/{session_id}", api.get),
        ("EndSession", "POST", "/sessions/{session_id}/end", api.end),
        ("GetSessionJobs", "GET", "/sessions/{session_id}/jobs", api.jobs),
    ]
