"""ionq_direct: a client for IonQ's quantum cloud, careful with money and right about counts.

Everything public is here; modules load on first use, so that importing the package stays cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ionq_direct._async.client import AsyncIonQ as AsyncIonQ
    from ionq_direct._async.group import AsyncJobGroup as AsyncJobGroup
    from ionq_direct._async.job import AsyncJob as AsyncJob
    from ionq_direct._async.waiting import async_wait_for_job as async_wait_for_job
    from ionq_direct._histogram import histogram as histogram
    from ionq_direct._polling import PollPolicy as PollPolicy
    from ionq_direct._settings import Options as Options
    from ionq_direct._submission import SubmissionPolicy as SubmissionPolicy
    from ionq_direct._sync.client import IonQ as IonQ
    from ionq_direct._sync.group import JobGroup as JobGroup
    from ionq_direct._sync.job import Job as Job
    from ionq_direct._sync.waiting import wait_for_job as wait_for_job
    from ionq_direct.counts import bitstrings as bitstrings
    from ionq_direct.counts import counts_from_probabilities as counts_from_probabilities
    from ionq_direct.counts import expectation_z as expectation_z
    from ionq_direct.counts import marginal as marginal
    from ionq_direct.counts import total_variation as total_variation
    from ionq_direct.errors import APIError as APIError
    from ionq_direct.errors import BadRequest as BadRequest
    from ionq_direct.errors import ConfigurationError as ConfigurationError
    from ionq_direct.errors import Conflict as Conflict
    from ionq_direct.errors import ConnectionFailed as ConnectionFailed
    from ionq_direct.errors import DecodeError as DecodeError
    from ionq_direct.errors import Forbidden as Forbidden
    from ionq_direct.errors import InvalidArgument as InvalidArgument
    from ionq_direct.errors import InvalidDistribution as InvalidDistribution
    from ionq_direct.errors import InvalidJob as InvalidJob
    from ionq_direct.errors import IonQError as IonQError
    from ionq_direct.errors import JobCanceled as JobCanceled
    from ionq_direct.errors import JobError as JobError
    from ionq_direct.errors import JobFailed as JobFailed
    from ionq_direct.errors import JobTimeout as JobTimeout
    from ionq_direct.errors import MissingExtra as MissingExtra
    from ionq_direct.errors import NoResults as NoResults
    from ionq_direct.errors import NotFound as NotFound
    from ionq_direct.errors import NotSubmitted as NotSubmitted
    from ionq_direct.errors import PayloadTooLarge as PayloadTooLarge
    from ionq_direct.errors import RateLimited as RateLimited
    from ionq_direct.errors import RequestTimeout as RequestTimeout
    from ionq_direct.errors import ServerError as ServerError
    from ionq_direct.errors import ShotsUnknown as ShotsUnknown
    from ionq_direct.errors import SubmissionsFailed as SubmissionsFailed
    from ionq_direct.errors import SubmissionUnknown as SubmissionUnknown
    from ionq_direct.errors import Unauthorized as Unauthorized
    from ionq_direct.options import Connection as Connection
    from ionq_direct.options import RetryPolicy as RetryPolicy
    from ionq_direct.options import Throttle as Throttle
    from ionq_direct.options import Timeouts as Timeouts
    from ionq_direct.packing import Pack as Pack
    from ionq_direct.packing import PackLimits as PackLimits
    from ionq_direct.packing import pack_circuits as pack_circuits
    from ionq_direct.results import MultiResult as MultiResult
    from ionq_direct.results import Result as Result
    from ionq_direct.results import ShotList as ShotList
    from ionq_direct.submissions import SubmissionOutcome as SubmissionOutcome
    from ionq_direct.submissions import SubmissionProgress as SubmissionProgress

_HOMES = {
    "_async.client": ("AsyncIonQ",),
    "_async.group": ("AsyncJobGroup",),
    "_async.job": ("AsyncJob",),
    "_async.waiting": ("async_wait_for_job",),
    "_histogram": ("histogram",),
    "_polling": ("PollPolicy",),
    "_settings": ("Options",),
    "_submission": ("SubmissionPolicy",),
    "_sync.client": ("IonQ",),
    "_sync.group": ("JobGroup",),
    "_sync.job": ("Job",),
    "_sync.waiting": ("wait_for_job",),
    "counts": (
        "bitstrings",
        "counts_from_probabilities",
        "expectation_z",
        "marginal",
        "total_variation",
    ),
    "errors": (
        "APIError",
        "BadRequest",
        "ConfigurationError",
        "Conflict",
        "ConnectionFailed",
        "DecodeError",
        "Forbidden",
        "InvalidArgument",
        "InvalidDistribution",
        "InvalidJob",
        "IonQError",
        "JobCanceled",
        "JobError",
        "JobFailed",
        "JobTimeout",
        "MissingExtra",
        "NoResults",
        "NotFound",
        "NotSubmitted",
        "PayloadTooLarge",
        "RateLimited",
        "RequestTimeout",
        "ServerError",
        "ShotsUnknown",
        "SubmissionUnknown",
        "SubmissionsFailed",
        "Unauthorized",
    ),
    "options": ("Connection", "RetryPolicy", "Throttle", "Timeouts"),
    "packing": ("Pack", "PackLimits", "pack_circuits"),
    "results": ("MultiResult", "Result", "ShotList"),
    "submissions": ("SubmissionOutcome", "SubmissionProgress"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = list(_HOME_OF)  # pyright: ignore[reportUnsupportedDunderAll]  # derived, and tested


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF})
