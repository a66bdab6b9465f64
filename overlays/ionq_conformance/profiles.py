"""What a run may send: the profiles, and the judgement of every single request.

May import: the contract; the standard library.
"""

from __future__ import annotations

import ipaddress
import json
from dataclasses import dataclass
from typing import Any, Final, Literal, cast
from urllib.parse import urlsplit

from ionq_conformance.contract import Contract, Operation
from ionq_conformance.ledger import Ledger

__all__ = [
    "FREE_BACKEND",
    "PROFILES",
    "ForbiddenError",
    "Profile",
    "ProfileName",
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
        max_jobs: Most jobs to create unless told otherwise; None: no limit.
    """

    name: ProfileName
    writes: Literal["none", "own-jobs", "all"]
    per_second: float | None
    max_examples: int
    max_jobs: int | None


PROFILES: Final[dict[str, Profile]] = {
    "read-only": Profile("read-only", "none", 1.0, 5, 0),
    "simulator": Profile("simulator", "own-jobs", 5.0, 5, 10),
    "full": Profile("full", "all", None, 250, None),
}


def is_loopback(url: str) -> bool:
    """Whether a URL's host is this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def judge(
    profile: Profile,
    contract: Contract,
    ledger: Ledger,
    *,
    method: str,
    path: str,
    body: bytes,
) -> None:
    """Let a request pass, or say why not. A job that passes is counted in the ledger.

    Args:
        profile: The profile in force.
        contract: The document.
        ledger: What this run has created.
        method: Upper-case.
        path: Below the base URL, without the query.
        body: As it would be sent.

    Raises:
        ForbiddenError: The profile does not allow it.
    """
    if profile.writes == "all":
        return
    operation = contract.find(method, path)
    if method == "GET":
        return
    if profile.writes == "none":
        raise ForbiddenError(f"{method} {path}: only GET is allowed")
    if operation is None:
        raise ForbiddenError(f"{method} {path}: the document has no such operation")
    _judge_write(ledger, operation, path, body)


def _judge_write(ledger: Ledger, operation: Operation, path: str, body: bytes) -> None:
    if operation.operation_id == "CreateJob":
        _judge_job(body)
        if not ledger.reserve():
            raise ForbiddenError(f"POST /jobs: {ledger.most} jobs are the most that may be created")
        return
    if operation.operation_id in {"CancelJob", "DeleteJob"}:
        job_ids = [path.split("/")[2]]
    elif operation.operation_id in {"CancelJobs", "DeleteJobs"}:
        job_ids = _ids_in(body)
    else:
        raise ForbiddenError(f"{operation.label}: creates or changes more than jobs")
    strange = [job_id for job_id in job_ids if job_id not in ledger.jobs]
    if strange or not job_ids:
        raise ForbiddenError(f"{operation.label}: not a job of this run: {', '.join(strange)}")


def _judge_job(body: bytes) -> None:
    payload = _object(body)
    if payload.get("session_id") is not None:
        raise ForbiddenError("POST /jobs: a job of a session")
    if payload.get("backend") == FREE_BACKEND or payload.get("dry_run") is True:
        return
    raise ForbiddenError(f"POST /jobs: neither on {FREE_BACKEND} nor a dry run")


def _ids_in(body: bytes) -> list[str]:
    ids: object = _object(body).get("ids")
    return [str(one) for one in cast("list[object]", ids)] if isinstance(ids, list) else []


def _object(body: bytes) -> dict[str, Any]:
    try:
        found: object = json.loads(body)
    except ValueError:
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}
