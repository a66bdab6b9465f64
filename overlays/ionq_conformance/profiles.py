"""What a run may send: the profiles, and the judgement of every single request.

May import: the contract; the standard library.
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal, cast
from urllib.parse import urlsplit

from ionq_conformance.contract import Contract, Json, Operation
from ionq_conformance.ledger import MARK, Ledger

__all__ = [
    "FREE_BACKEND",
    "OF_MANY_JOBS",
    "PROFILES",
    "ForbiddenError",
    "Profile",
    "ProfileName",
    "allows",
    "is_loopback",
    "judge",
]

ProfileName = Literal["read-only", "simulator", "full"]

FREE_BACKEND: Final = "simulator"
"""Jobs on it cost nothing (IonQ pricing)."""


class ForbiddenError(Exception):
    """The profile does not allow a request; the message says which rule."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a run does, and what it must not do.

    Attributes:
        name: Its name.
        writes: `none`: GET only. `own-jobs`: jobs may be created on the free simulator or as dry
            runs, and those jobs cancelled and deleted. `all`: everything.
        per_second: Most requests a second unless told otherwise; None: no limit.
        max_examples: Generated cases for an operation unless told otherwise.
        client_examples: The same of the phase `client`, each sent twice: sync and async.
        max_jobs: Most jobs to create unless told otherwise; None: no limit.
    """

    name: ProfileName
    writes: Literal["none", "own-jobs", "all"]
    per_second: float | None
    max_examples: int
    client_examples: int
    max_jobs: int | None


PROFILES: Final[dict[str, Profile]] = {
    "read-only": Profile("read-only", "none", 1.0, 5, 2, 0),
    "simulator": Profile("simulator", "own-jobs", 5.0, 5, 2, 40),
    "full": Profile("full", "all", None, 280, 25, None),
}
_OF_ONE_JOB: Final = frozenset({"CancelJob", "DeleteJob"})
OF_MANY_JOBS: Final = frozenset({"CancelJobs", "DeleteJobs"})
"""Operations whose body holds the ids of jobs."""
_OVERRIDES: Final = frozenset({"x-http-method-override", "x-http-method", "x-method-override"})
"""Headers by which some servers take one method for another."""


def is_loopback(url: str) -> bool:
    """Whether a URL's host is this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def allows(profile: Profile, operation: Operation) -> bool:
    """Whether requests of an operation may be sent at all; `judge` looks at each of them."""
    if profile.writes == "all" or operation.method == "GET":
        return True
    own = {"CreateJob"} | _OF_ONE_JOB | OF_MANY_JOBS
    return profile.writes == "own-jobs" and operation.operation_id in own


def judge(
    profile: Profile,
    contract: Contract,
    ledger: Ledger,
    *,
    method: str,
    path: str,
    body: bytes,
    headers: Iterable[str] = (),
) -> None:
    """Let a request pass, or say why not. A job that passes is counted in the ledger.

    Args:
        profile: The profile in force.
        contract: The document.
        ledger: What this run has created.
        method: Upper-case.
        path: Below the base URL, without the query.
        body: As it would be sent.
        headers: Names of its headers.

    Raises:
        ForbiddenError: The profile does not allow it.
    """
    if profile.writes == "all":
        return
    if {name.lower() for name in headers} & _OVERRIDES:
        raise ForbiddenError(f"{method} {path}: a header that changes the method")
    operation = contract.find(method, path)
    if method != "GET" and profile.writes == "none":
        raise ForbiddenError(f"{method} {path}: only GET is allowed")
    if operation is None:
        raise ForbiddenError(f"{method} {path}: the document has no such operation")
    if method != "GET":
        _judge_write(ledger, operation, path, body)


def _judge_write(ledger: Ledger, operation: Operation, path: str, body: bytes) -> None:
    if operation.operation_id == "CreateJob":
        _judge_job(body, ledger.run)
        if not ledger.reserve():
            raise ForbiddenError(f"POST /jobs: {ledger.most} jobs are the most that may be created")
        return
    if operation.operation_id in _OF_ONE_JOB:
        job_ids: list[object] = [path.split("/")[2]]
    elif operation.operation_id in OF_MANY_JOBS:
        ids: object = _object(body).get("ids")
        job_ids = cast("list[object]", ids) if isinstance(ids, list) else []
    else:
        raise ForbiddenError(f"{operation.label}: creates or changes more than jobs")
    strange = [str(job_id) for job_id in job_ids if not ledger.made_here(job_id)]
    if strange or not job_ids:
        raise ForbiddenError(f"{operation.label}: not a job of this run: {', '.join(strange)}")


def _judge_job(body: bytes, run: str) -> None:
    payload = _object(body)
    if payload.get("session_id") is not None:
        raise ForbiddenError("POST /jobs: a job of a session")
    metadata: object = payload.get("metadata")
    if not isinstance(metadata, dict) or cast("Json", metadata).get(MARK) != run:
        raise ForbiddenError("POST /jobs: without the mark of this run it could not be found again")
    if payload.get("backend") == FREE_BACKEND or payload.get("dry_run") is True:
        return
    raise ForbiddenError(f"POST /jobs: neither on {FREE_BACKEND} nor a dry run")


class _TwiceError(ValueError):
    """A name is twice in an object: who reads it may take the other value."""


def _once(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _TwiceError
    return found


def _object(body: bytes) -> Json:
    """The object that a body is; empty, and so without any permission, where it is none."""
    try:
        found: object = json.loads(body.decode("utf-8"), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return {}
    return cast("Json", found) if isinstance(found, dict) else {}
