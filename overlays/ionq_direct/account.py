"""Who one is to IonQ, what was used, and whether the service is well.

May import: costs, _shapes, _times, the standard library. Values only; public.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ionq_direct._shapes import objects_in, text_or_none, whole_or_none
from ionq_direct._times import microseconds, moment_or_none
from ionq_direct.costs import Money, money_of

__all__ = ["Health", "UsageGroup", "UsagePeriod", "UsageReport", "Whoami"]


@dataclass(frozen=True, slots=True)
class Whoami:
    """The API key in use.

    Attributes:
        key_id: Its id.
        key_name: The name it was given.
        project_id: The project that its jobs belong to; None where the server does not say.
        console_url: The console's list of jobs; None when the API is not IonQ's own cloud.
        data: The answer's JSON.
    """

    key_id: str | None
    key_name: str | None
    project_id: str | None
    console_url: str | None
    data: Mapping[str, Any] = field(repr=False)

    @classmethod
    def read(cls, data: Mapping[str, Any], console_url: str | None = None) -> Whoami:
        """Read the answer of `GET /whoami`."""
        return cls(
            key_id=text_or_none(data.get("key_id")),
            key_name=text_or_none(data.get("key_name")),
            project_id=text_or_none(data.get("project_id")),
            console_url=console_url,
            data=data,
        )


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the service answers that it is well.

    Attributes:
        ok: Whether it says `pass`.
        status: What it says.
        data: The answer's JSON.
    """

    ok: bool
    status: str | None
    data: Mapping[str, Any] = field(repr=False)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Health:
        """Read the answer of `GET /health`."""
        status = text_or_none(data.get("status"))
        return cls(ok=status == "pass", status=status, data=data)


@dataclass(frozen=True, slots=True)
class UsageGroup:
    """What one job, project or user used in a period; IonQ lists the five that used most.

    Attributes:
        id: The job, project or user.
        name: Its name.
        amount: What it cost.
        job_count: How many jobs it ran.
        quantum_time: Time on quantum computers (µs on the wire).
    """

    id: str | None
    name: str | None
    amount: Money | None
    job_count: int | None
    quantum_time: timedelta | None


@dataclass(frozen=True, slots=True)
class UsagePeriod:
    """What was used in one day, week or month.

    Attributes:
        start: When it begins.
        amount: What it cost.
        job_count: How many jobs ran.
        quantum_time: Time on quantum computers (µs on the wire).
        groups: The five that used most.
    """

    start: datetime | None
    amount: Money | None
    job_count: int | None
    quantum_time: timedelta | None
    groups: tuple[UsageGroup, ...]


@dataclass(frozen=True, slots=True)
class UsageReport:
    """What an organization used.

    Attributes:
        organization: Its id, such as `com.example`.
        start: Begin of what is reported.
        end: End of what is reported.
        group_by: What `groups` are: `job`, `project` or `user`.
        modality: What periods are: `daily`, `weekly` or `monthly`.
        amount: What it all cost.
        job_count: How many jobs ran.
        quantum_time: Time on quantum computers (µs on the wire).
        periods: The days, weeks or months.
        data: The answer's JSON, numbers with a fraction as `Decimal`.
    """

    organization: str | None
    start: datetime | None
    end: datetime | None
    group_by: str | None
    modality: str | None
    amount: Money | None
    job_count: int | None
    quantum_time: timedelta | None
    periods: tuple[UsagePeriod, ...]
    data: Mapping[str, Any] = field(repr=False)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> UsageReport:
        """Read the answer of `GET /organizations/{id}/usage`."""
        unit = text_or_none(data.get("usage_unit"))
        return cls(
            organization=text_or_none(data.get("organization")),
            start=moment_or_none(data.get("usage_from")),
            end=moment_or_none(data.get("usage_to")),
            group_by=text_or_none(data.get("group_type")),
            modality=text_or_none(data.get("modality")),
            amount=money_of(data.get("amount_total"), unit),
            job_count=whole_or_none(data.get("job_count")),
            quantum_time=microseconds(data.get("time_us_total")),
            periods=tuple(_period(period, unit) for period in objects_in(data.get("usage_data"))),
            data=data,
        )


def _period(data: Mapping[str, Any], unit: str | None) -> UsagePeriod:
    unit = text_or_none(data.get("amount_unit")) or unit
    return UsagePeriod(
        start=moment_or_none(data.get("from")),
        amount=money_of(data.get("amount"), unit),
        job_count=whole_or_none(data.get("job_count")),
        quantum_time=microseconds(data.get("time_us")),
        groups=tuple(_group(group, unit) for group in objects_in(data.get("group_usages"))),
    )


def _group(data: Mapping[str, Any], unit: str | None) -> UsageGroup:
    return UsageGroup(
        id=text_or_none(data.get("group_id")),
        name=text_or_none(data.get("group_name")),
        amount=money_of(data.get("amount"), unit),
        job_count=whole_or_none(data.get("job_count")),
        quantum_time=microseconds(data.get("time_us")),
    )
