"""ionq_direct: a client for IonQ's quantum cloud, careful with money and right about counts.

Everything public is here; modules load on first use, so that importing the package stays cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ionq_direct._async.backends import AsyncBackends as AsyncBackends
    from ionq_direct._async.backends import AsyncCharacterizations as AsyncCharacterizations
    from ionq_direct._async.client import AsyncIonQ as AsyncIonQ
    from ionq_direct._async.group import AsyncJobGroup as AsyncJobGroup
    from ionq_direct._async.job import AsyncJob as AsyncJob
    from ionq_direct._async.jobs import AsyncJobs as AsyncJobs
    from ionq_direct._async.many import AsyncJobStream as AsyncJobStream
    from ionq_direct._async.paging import AsyncPager as AsyncPager
    from ionq_direct._async.sessions import AsyncSession as AsyncSession
    from ionq_direct._async.sessions import AsyncSessions as AsyncSessions
    from ionq_direct._async.waiting import async_wait_for_job as async_wait_for_job
    from ionq_direct._cursors import Page as Page
    from ionq_direct._histogram import histogram as histogram
    from ionq_direct._job_view import Failure as Failure
    from ionq_direct._origin import InsecureTransportWarning as InsecureTransportWarning
    from ionq_direct._polling import PollPolicy as PollPolicy
    from ionq_direct._sessions import SessionLimits as SessionLimits
    from ionq_direct._settings import Options as Options
    from ionq_direct._submission import SubmissionPolicy as SubmissionPolicy
    from ionq_direct._sync.backends import Backends as Backends
    from ionq_direct._sync.backends import Characterizations as Characterizations
    from ionq_direct._sync.client import IonQ as IonQ
    from ionq_direct._sync.group import JobGroup as JobGroup
    from ionq_direct._sync.job import Job as Job
    from ionq_direct._sync.jobs import Jobs as Jobs
    from ionq_direct._sync.many import JobStream as JobStream
    from ionq_direct._sync.paging import Pager as Pager
    from ionq_direct._sync.sessions import Session as Session
    from ionq_direct._sync.sessions import Sessions as Sessions
    from ionq_direct._sync.waiting import wait_for_job as wait_for_job
    from ionq_direct.account import Health as Health
    from ionq_direct.account import UsageGroup as UsageGroup
    from ionq_direct.account import UsagePeriod as UsagePeriod
    from ionq_direct.account import UsageReport as UsageReport
    from ionq_direct.account import Whoami as Whoami
    from ionq_direct.artifacts import Artifact as Artifact
    from ionq_direct.artifacts import ArtifactPointer as ArtifactPointer
    from ionq_direct.backends import Backend as Backend
    from ionq_direct.backends import Characterization as Characterization
    from ionq_direct.backends import Fidelity as Fidelity
    from ionq_direct.bulk import BulkOutcome as BulkOutcome
    from ionq_direct.bulk import BulkReport as BulkReport
    from ionq_direct.circuits import Circuit as Circuit
    from ionq_direct.circuits import JobOptions as JobOptions
    from ionq_direct.circuits import NativeCircuit as NativeCircuit
    from ionq_direct.circuits import as_payload as as_payload
    from ionq_direct.costs import Cost as Cost
    from ionq_direct.costs import Estimate as Estimate
    from ionq_direct.costs import Money as Money
    from ionq_direct.costs import Rate as Rate
    from ionq_direct.counts import bitstrings as bitstrings
    from ionq_direct.counts import counts_from_probabilities as counts_from_probabilities
    from ionq_direct.counts import expectation_z as expectation_z
    from ionq_direct.counts import marginal as marginal
    from ionq_direct.counts import total_variation as total_variation
    from ionq_direct.errors import APIError as APIError
    from ionq_direct.errors import BadRequest as BadRequest
    from ionq_direct.errors import CircuitUnavailable as CircuitUnavailable
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
    from ionq_direct.errors import JobDeleted as JobDeleted
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
    from ionq_direct.hooks import Hooks as Hooks
    from ionq_direct.hooks import RequestView as RequestView
    from ionq_direct.hooks import ResponseView as ResponseView
    from ionq_direct.hooks import RetryView as RetryView
    from ionq_direct.options import Connection as Connection
    from ionq_direct.options import RetryPolicy as RetryPolicy
    from ionq_direct.options import Throttle as Throttle
    from ionq_direct.options import Timeouts as Timeouts
    from ionq_direct.packing import Pack as Pack
    from ionq_direct.packing import PackLimits as PackLimits
    from ionq_direct.packing import pack_circuits as pack_circuits
    from ionq_direct.progress import Progress as Progress
    from ionq_direct.progress import WaitProgress as WaitProgress
    from ionq_direct.results import MultiResult as MultiResult
    from ionq_direct.results import Result as Result
    from ionq_direct.results import ShotList as ShotList
    from ionq_direct.submissions import SubmissionOutcome as SubmissionOutcome
    from ionq_direct.submissions import SubmissionProgress as SubmissionProgress
    from ionq_direct.validation import Problem as Problem
    from ionq_direct.validation import problems as problems
    from ionq_direct.validation import validate_payload as validate_payload

_HOMES = {
    "_async.backends": ("AsyncBackends", "AsyncCharacterizations"),
    "_async.client": ("AsyncIonQ",),
    "_async.group": ("AsyncJobGroup",),
    "_async.job": ("AsyncJob",),
    "_async.jobs": ("AsyncJobs",),
    "_async.many": ("AsyncJobStream",),
    "_async.paging": ("AsyncPager",),
    "_async.sessions": ("AsyncSession", "AsyncSessions"),
    "_async.waiting": ("async_wait_for_job",),
    "_cursors": ("Page",),
    "_histogram": ("histogram",),
    "_job_view": ("Failure",),
    "_origin": ("InsecureTransportWarning",),
    "_polling": ("PollPolicy",),
    "_sessions": ("SessionLimits",),
    "_settings": ("Options",),
    "_submission": ("SubmissionPolicy",),
    "_sync.backends": ("Backends", "Characterizations"),
    "_sync.client": ("IonQ",),
    "_sync.group": ("JobGroup",),
    "_sync.job": ("Job",),
    "_sync.jobs": ("Jobs",),
    "_sync.many": ("JobStream",),
    "_sync.paging": ("Pager",),
    "_sync.sessions": ("Session", "Sessions"),
    "_sync.waiting": ("wait_for_job",),
    "account": ("Health", "UsageGroup", "UsagePeriod", "UsageReport", "Whoami"),
    "artifacts": ("Artifact", "ArtifactPointer"),
    "backends": ("Backend", "Characterization", "Fidelity"),
    "bulk": ("BulkOutcome", "BulkReport"),
    "circuits": ("Circuit", "JobOptions", "NativeCircuit", "as_payload"),
    "costs": ("Cost", "Estimate", "Money", "Rate"),
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
        "CircuitUnavailable",
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
        "JobDeleted",
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
    "hooks": ("Hooks", "RequestView", "ResponseView", "RetryView"),
    "options": ("Connection", "RetryPolicy", "Throttle", "Timeouts"),
    "packing": ("Pack", "PackLimits", "pack_circuits"),
    "progress": ("Progress", "WaitProgress"),
    "results": ("MultiResult", "Result", "ShotList"),
    "submissions": ("SubmissionOutcome", "SubmissionProgress"),
    "validation": ("Problem", "problems", "validate_payload"),
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
