"""Leave no job behind: cancel and delete what a run made, whatever has happened to the run.

May import: requests, the contract, the ledger.
"""

from __future__ import annotations

import time
from typing import Any, Final, cast
from urllib.parse import quote

import requests

from ionq_conformance.ledger import MARK, Ledger

__all__ = ["clean_up"]

_TRIES: Final = 3
_TIMEOUT: Final = 30.0
_PAGES: Final = 4


def clean_up(url: str, api_key: str, ledger: Ledger) -> list[str]:
    """Cancel and delete every job of this run, those of unanswered submissions included.

    Args:
        url: Where requests go: the gate, which knows whose jobs they are.
        api_key: Of the owner.
        ledger: What the run has made.

    Returns:
        What could not be done: ids of jobs that are left, or why it is not known.
    """
    with requests.Session() as session:
        session.headers["Authorization"] = f"apiKey {api_key}"
        left: list[str] = []
        if ledger.unanswered > 0 and not _look_for_strays(session, url, ledger):
            left.append("a submission had no answer, and its job was not found")
        left += [job_id for job_id in list(ledger.jobs) if not _remove(session, url, job_id)]
    return left


def _remove(session: requests.Session, url: str, job_id: str) -> bool:
    """Cancel, then delete; True when the job is gone."""
    address = f"{url}/jobs/{quote(job_id, safe='')}"
    for attempt in range(_TRIES):
        time.sleep(attempt)
        try:
            session.put(f"{address}/status/cancel", timeout=_TIMEOUT)
            if session.delete(address, timeout=_TIMEOUT).status_code in {200, 204, 404}:
                return True
        except requests.RequestException:
            continue
    return False


def _look_for_strays(session: requests.Session, url: str, ledger: Ledger) -> bool:
    """Find jobs of this run by their mark among the most recent ones; True when there are any."""
    found = False
    query: dict[str, str] = {"limit": "25"}
    for _ in range(_PAGES):
        try:
            page: Any = session.get(f"{url}/jobs", params=query, timeout=_TIMEOUT).json()
        except (requests.RequestException, ValueError):
            return found
        for job in cast("list[dict[str, Any]]", page.get("jobs") or []):
            metadata = cast("dict[str, Any]", job.get("metadata") or {})
            if metadata.get(MARK) == ledger.run and job["id"] not in ledger.jobs:
                ledger.found(str(job["id"]))
                found = True
        if not page.get("next"):
            return found
        query["next"] = page["next"]
    return found
