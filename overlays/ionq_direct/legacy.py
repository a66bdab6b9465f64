"""Old scripts for IonQ's API v0.3, on v0.4: jobs and answers turned from one into the other.

May import: the modules `_legacy_*`, and on first use the two halves of the client. Public.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ionq_direct._legacy_payload import REGISTERS_KEY, payload_from_v0_3, payload_to_v0_3
from ionq_direct._legacy_queries import (
    characterizations_query_from_v0_3,
    characterizations_query_to_v0_3,
    jobs_query_from_v0_3,
    jobs_query_to_v0_3,
)
from ionq_direct._legacy_views import (
    REST_OF_V0_3,
    REST_OF_V0_4,
    backend_from_v0_3,
    backend_to_v0_3,
    characterization_from_v0_3,
    characterization_to_v0_3,
    job_from_v0_3,
    job_to_v0_3,
    status_from_v0_3,
    status_to_v0_3,
)

if TYPE_CHECKING:
    from ionq_direct._async.legacy import AsyncLegacy
    from ionq_direct._sync.legacy import Legacy

__all__ = [
    "REGISTERS_KEY",
    "REST_OF_V0_3",
    "REST_OF_V0_4",
    "AsyncLegacy",
    "Legacy",
    "backend_from_v0_3",
    "backend_to_v0_3",
    "characterization_from_v0_3",
    "characterization_to_v0_3",
    "characterizations_query_from_v0_3",
    "characterizations_query_to_v0_3",
    "job_from_v0_3",
    "job_to_v0_3",
    "jobs_query_from_v0_3",
    "jobs_query_to_v0_3",
    "payload_from_v0_3",
    "payload_to_v0_3",
    "status_from_v0_3",
    "status_to_v0_3",
]


def __getattr__(name: str) -> Any:
    # Converting needs no HTTP library; these two do.
    if name == "Legacy":
        from ionq_direct._sync.legacy import Legacy  # noqa: PLC0415 - see above

        return Legacy
    if name == "AsyncLegacy":
        from ionq_direct._async.legacy import AsyncLegacy  # noqa: PLC0415 - see above

        return AsyncLegacy
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
