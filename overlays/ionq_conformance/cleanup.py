"""Leave no job behind: cancel and delete what a run made, whatever has happened to the run.

May import: requests, the contract's types, the ledger.
"""

from __future__ import annotations

import time
from typing import Any, Final, cast
from urllib.parse import quote

import requests

from ionq_conformance.contract import Json
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
    if not ledger.sent:
        return []
    with requests.Session() as session:
        session.headers["Authorization"] = f"apiKey {api_key}"
        left = _take_in_strays(session, url, ledger)
        kept = {job_id for job_id in list(ledger.jobs) if not _remove(session, url, job_id)}
        # A server may say that it has deleted what it has not.
        still = _marked(session, url, ledger.run)
        if still is None:
            left.append("the jobs could not be listed, to see that none of this run is left")
    return [*dict.fromkeys(left), *sorted(kept | (still or set()))]


def _take_in_strays(session: requests.Session, url: str, ledger: Ledger) -> list[str]:
    """Find jobs of this run that no answer has named; what is not known afterwards."""
    marked = _marked(session, url, ledger.run)
    if marked is None:
        return ["the jobs could not be listed, to look for some of this run"]
    strays = marked - ledger.jobs.keys()
    for job_id in strays:
        ledger.found(job_id)
    missing = ledger.unanswered - len(strays)
    if missing <= 0:
        return []
    return [f"{missing} submissions were not answered with an id, and no job of theirs was found"]


def _remove(session: requests.Session, url: str, job_id: str) -> bool:
    """Cancel, then delete; True when the job is gone."""
    address = f"{url}/jobs/{quote(job_id, safe='')}"
    for attempt in range(_TRIES):
        time.sleep(attempt)
        try:
            session.put(f"{address}/status/cancel", timeout=_TIMEOUT, allow_redirects=False)
            gone = session.delete(address, timeout=_TIMEOUT, allow_redirects=False)
            if gone.status_code in {200, 204, 404}:
                return True
        except requests.RequestException:
            continue
    return False


def _marked(session: requests.Session, url: str, run: str) -> set[str] | None:
    """Ids of the jobs with the mark of a run among the most recent; None: they cannot be listed."""
    found: set[str] = set()
    query = {"limit": "25"}
    for _ in range(_PAGES):
        page = _page(session, url, query)
        if page is None:
            return None
        found |= {str(job["id"]) for job in _objects(page.get("jobs")) if _mark_of(job) == run}
        if not isinstance(page.get("next"), str):
            break
        query["next"] = page["next"]
    return found


def _page(session: requests.Session, url: str, query: dict[str, str]) -> Json | None:
    try:
        reply = session.get(f"{url}/jobs", params=query, timeout=_TIMEOUT, allow_redirects=False)
        page: Any = reply.json()
    except (requests.RequestException, ValueError):
        return None
    if reply.status_code != 200 or not isinstance(page, dict):
        return None
    found = cast("Json", page)
    return found if isinstance(found.get("jobs"), list) else None


def _objects(value: object) -> list[Json]:
    if not isinstance(value, list):
        return []
    return [cast("Json", one) for one in cast("list[object]", value) if isinstance(one, dict)]


def _mark_of(job: Json) -> object:
    metadata: object = job.get("metadata")
    if "id" not in job or not isinstance(metadata, dict):
        return None
    return cast("Json", metadata).get(MARK)
