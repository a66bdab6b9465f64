"""What a session's request says, and what its JSON tells. May import: what has no I/O.

`SessionView` is common to `Session` and `AsyncSession`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from ionq_direct._shapes import is_number, object_or_none, text_or_none, whole_or_none
from ionq_direct._times import minutes, moment_or_none
from ionq_direct.circuits import as_payload
from ionq_direct.costs import Money, money_of
from ionq_direct.errors import InvalidArgument, InvalidJob

__all__ = ["SessionLimits", "SessionView", "in_session", "session_request"]

_ENDED: Final = "ended"


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """When a session ends by itself; None: that does not end it.

    Attributes:
        max_jobs: After so many jobs.
        max_time: After so long.
        max_cost: When it has cost so much.
        expires_at: At this time.
    """

    max_jobs: int | None
    max_time: timedelta | None
    max_cost: Money | None
    expires_at: datetime | None


class SessionView:
    """A session as last seen.

    Attributes:
        data: The session's JSON.
    """

    data: dict[str, Any]

    @property
    def status(self) -> str | None:
        """`created`, `started` or `ended`, or another word of the server's."""
        return text_or_none(self.data.get("status"))

    @property
    def has_ended(self) -> bool:
        """Whether it takes no more jobs."""
        return (
            self.status == _ENDED or self.data.get("active") is False or self.ended_at is not None
        )

    @property
    def backend(self) -> str | None:
        """The backend that it reserves."""
        return text_or_none(self.data.get("backend"))

    @property
    def organization_id(self) -> str | None:
        """Its organization."""
        return text_or_none(self.data.get("organization_id"))

    @property
    def project_id(self) -> str | None:
        """Its project."""
        return text_or_none(self.data.get("project_id"))

    @property
    def created_at(self) -> datetime | None:
        """When it was opened."""
        return moment_or_none(self.data.get("created_at"))

    @property
    def started_at(self) -> datetime | None:
        """When its time began to run."""
        return moment_or_none(self.data.get("started_at"))

    @property
    def ended_at(self) -> datetime | None:
        """When it ended."""
        return moment_or_none(self.data.get("ended_at"))

    @property
    def limits(self) -> SessionLimits:
        """When it ends by itself."""
        settings = object_or_none(self.data.get("settings")) or {}
        cost = object_or_none(settings.get("cost_limit")) or {}
        return SessionLimits(
            max_jobs=whole_or_none(settings.get("job_count_limit")),
            max_time=minutes(settings.get("duration_limit_min")),
            max_cost=money_of(cost.get("value"), cost.get("unit")),
            expires_at=moment_or_none(settings.get("expires_at")),
        )


def session_request(
    backend: str,
    *,
    max_jobs: int | None = None,
    max_time: timedelta | float | None = None,
    max_cost: Money | Decimal | float | None = None,
) -> dict[str, Any]:
    """The body of `POST /sessions`.

    Raises:
        InvalidArgument: A limit is none: not positive, or not whole where IonQ counts in whole
            ones (jobs, minutes).
    """
    if not text_or_none(backend):
        raise InvalidArgument(name="backend", value=backend, rule="must name a backend")
    settings: dict[str, Any] = {}
    if max_jobs is not None:
        settings["job_count_limit"] = _whole("max_jobs", max_jobs, max_jobs, "jobs")
    if max_time is not None:
        count = max_time / timedelta(minutes=1) if isinstance(max_time, timedelta) else max_time
        settings["duration_limit_min"] = _whole("max_time", max_time, count, "minutes")
    if max_cost is not None:
        money = max_cost if isinstance(max_cost, Money) else None
        amount = money.amount if money else max_cost
        if not is_number(amount) or amount <= 0:
            raise InvalidArgument(name="max_cost", value=max_cost, rule="must be a positive amount")
        unit = (money.unit if money else None) or "usd"
        settings["cost_limit"] = {"unit": unit, "value": _json_number(amount)}
    return {"backend": backend} | ({"settings": settings} if settings else {})


def _whole(name: str, given: object, value: object, of_what: str) -> int:
    number = whole_or_none(value)
    if number is None or number < 1:
        raise InvalidArgument(
            name=name, value=given, rule=f"must be a whole number of {of_what}, 1 or more"
        )
    return number


def _json_number(amount: float | Decimal) -> float:
    # The shortest decimal that reads back as this float is what JSON gets: 100.1 stays 100.1.
    return int(amount) if amount == int(amount) else float(amount)


def in_session(
    payload: object, options: Mapping[str, Any], session_id: str, backend: str | None
) -> dict[str, Any]:
    """The payload of a job in a session; the one given stays as it is.

    Args:
        payload: Whatever describes a job.
        options: What will be set in place of what the payload says.
        session_id: The session.
        backend: The session's backend, for payloads that name none.

    Raises:
        InvalidJob: It names another session or another backend, or is no job.
    """
    body: dict[str, Any] = as_payload(payload)
    for path, wanted in (("session_id", session_id), ("backend", backend)):
        given = options.get(path) or body.get(path)
        if given is not None and wanted is not None and given != wanted:
            raise InvalidJob(path=f"$.{path}", value=given, rule=f"the session's is {wanted!r}")
        if given is None and wanted is not None:
            body[path] = wanted
    return body
