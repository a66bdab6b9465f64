"""Query parameters of lists, as API v0.3 takes them and as v0.4 does.

May import: errors, _legacy_views, _times. Facts: IonQ docs, v0.3 get-jobs and
get-all-backend-characterizations.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from ionq_direct._legacy_views import status_from_v0_3, status_to_v0_3
from ionq_direct._shapes import whole_or_none
from ionq_direct._times import moment_or_none
from ionq_direct.errors import InvalidArgument

__all__ = [
    "characterizations_query_from_v0_3",
    "characterizations_query_to_v0_3",
    "jobs_query_from_v0_3",
    "jobs_query_to_v0_3",
]

_JOBS: Final = {"id": "ids", "status": "status", "limit": "limit", "next": "next"}
_CHARACTERIZATIONS: Final = ("start", "end", "limit", "page")


def jobs_query_from_v0_3(query: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of `GET /v0.4/jobs` that ask for what these ask of `GET /v0.3/jobs`.

    Raises:
        InvalidArgument: v0.3 has no such parameter.
    """
    told = _known(query, _JOBS, "is no parameter of v0.3's list of jobs")
    if "status" in told:
        told["status"] = status_from_v0_3(told["status"])
    return {_JOBS[name]: value for name, value in told.items()}


def jobs_query_to_v0_3(query: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of `GET /v0.3/jobs` that ask for what these ask of `GET /v0.4/jobs`.

    Raises:
        InvalidArgument: v0.3 cannot filter so: by parent, backend, session or submitter.
    """
    names = {new: old for old, new in _JOBS.items()}
    told = _known(query, names, "is a filter that v0.3 does not have")
    if "status" in told:
        told["status"] = status_to_v0_3(told["status"])
    return {names[name]: value for name, value in told.items()}


def characterizations_query_from_v0_3(query: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of v0.4's list of characterizations; Unix milliseconds become instants.

    Raises:
        InvalidArgument: v0.3 has no such parameter, or `start` or `end` is no time in ms.
    """
    told = _known(query, _CHARACTERIZATIONS, "is no parameter of v0.3's list of characterizations")
    for name in told.keys() & {"start", "end"}:
        told[name] = _instant(name, told[name])
    return told


def characterizations_query_to_v0_3(query: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of v0.3's list of characterizations; instants and days become Unix milliseconds.

    Raises:
        InvalidArgument: v0.3 has no such parameter, or `start` or `end` is no ISO 8601 time.
    """
    told = _known(query, _CHARACTERIZATIONS, "is no parameter of v0.3's list of characterizations")
    for name in told.keys() & {"start", "end"}:
        moment = moment_or_none(told[name])
        if moment is None:
            rule = "must be a time as ISO 8601 writes it"
            raise InvalidArgument(name=name, value=told[name], rule=rule)
        told[name] = round(moment.timestamp() * 1000)
    return told


def _instant(name: str, value: object) -> str:
    """Milliseconds since 1970 UTC as v0.4 takes an instant; a day where it is midnight."""
    ms = whole_or_none(value)
    try:
        if ms is None:
            raise ValueError
        moment = datetime.fromtimestamp(ms // 1000, UTC).replace(microsecond=ms % 1000 * 1000)
    except (OverflowError, OSError, ValueError):
        rule = "must be a time in milliseconds since 1970 UTC"
        raise InvalidArgument(name=name, value=value, rule=rule) from None
    if ms % 86_400_000 == 0:
        return moment.date().isoformat()
    spec = "milliseconds" if ms % 1000 else "seconds"
    return moment.replace(tzinfo=None).isoformat(timespec=spec) + "Z"


def _known(query: Mapping[str, Any], names: Any, rule: str) -> dict[str, Any]:
    told = {name: value for name, value in query.items() if value is not None}
    for name in sorted(told.keys() - set(names)):
        raise InvalidArgument(name=name, value=told[name], rule=rule)
    return told
