"""What an organization's QPU jobs used: by job, project or user, by day, week or month.

May import: records and the standard library.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ionq_emulator.records import Job
    from ionq_emulator.values import Json


__all__ = ["Grouping", "Modality", "Usage", "usage"]

Grouping = Literal["job", "project", "user"]
Modality = Literal["daily", "weekly", "monthly"]

_TOP = 5  # groups listed per period (IonQ API reference, Usage.group_usages)


@dataclass(slots=True)
class Usage:
    """A sum over jobs: USD, number of jobs, µs on the machine."""

    amount: float = 0.0
    jobs: int = 0
    time_us: int = 0

    def add(self, job: Job) -> None:
        """Count a job in."""
        self.amount += job.cost or 0.0
        self.jobs += 1
        self.time_us += job.stats.get("billed_quantum_compute_time_us", 0)


def usage(
    jobs: Iterable[Job], *, start: date, end: date, group_by: Grouping, modality: Modality
) -> Json:
    """Usage of completed QPU jobs between two days.

    Args:
        jobs: Completed jobs of the organization, children of multi-circuit jobs left out.
        start: First day.
        end: The day after the last one.
        group_by: What a group is.
        modality: How long a period is; weeks begin on Monday, periods are cut at `start`.

    Returns:
        `usage_data` (newest period first) and the totals, as version 0.4 names them.
    """
    periods: dict[date, dict[str, Usage]] = defaultdict(lambda: defaultdict(Usage))
    names: dict[str, str] = {}
    total = Usage()
    for job in jobs:
        day = datetime.fromtimestamp((job.completed_at or 0) / 1000, UTC).date()
        if job.dry_run or not start <= day < end:
            continue
        key, name = _GROUPS[group_by](job)
        names[key] = name
        periods[max(start, _begin(day, modality))][key].add(job)
        total.add(job)
    return {
        "amount_total": round(total.amount, 4),
        "job_count": total.jobs,
        "time_us_total": total.time_us,
        "usage_data": [_period(begin, periods[begin], names) for begin in sorted(periods)[::-1]],
    }


_GROUPS: dict[Grouping, Callable[[Job], tuple[str, str]]] = {
    "job": lambda job: (job.id, job.name or job.id),
    "project": lambda job: (job.project_id, job.project_name),
    "user": lambda job: (job.submitter_id, job.user_name),
}


def _begin(day: date, modality: Modality) -> date:
    if modality == "weekly":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if modality == "monthly" else day


def _period(begin: date, groups: dict[str, Usage], names: dict[str, str]) -> Json:
    ranked = sorted(groups.items(), key=lambda group: (-group[1].amount, group[0]))
    return {
        "from": f"{begin.isoformat()}T00:00:00Z",
        "amount": round(sum(group.amount for group in groups.values()), 4),
        "job_count": sum(group.jobs for group in groups.values()),
        "time_us": sum(group.time_us for group in groups.values()),
        "group_usages": [
            {
                "group_id": key,
                "group_name": names[key],
                "amount": round(group.amount, 4),
                "job_count": group.jobs,
                "time_us": group.time_us,
            }
            for key, group in ranked[:_TOP]
        ],
    }
