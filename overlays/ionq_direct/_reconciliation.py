"""What a look at the job list says about the submissions that are looked for, apart from any I/O.

May import: errors and the standard library.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from typing import Any, Final

from ionq_direct._status import CANCELED
from ionq_direct._tags import tag_of
from ionq_direct.errors import IonQError

__all__ = ["JobPage", "Look", "Query", "Sighting", "Wanted", "rightful"]

# Seconds. A job's time and the list's `Date` come from different machines. A look that may declare
# a job absent allows for a minute of difference; one that merely hopes to find it reads less.
_SURE_SLACK: Final = 60.0
_QUICK_SLACK: Final = 5.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A submission that is looked for on the job list. Times are those of a monotonic clock.

    Attributes:
        tag: Its tag.
        since: When it was first sent, or earlier; None: not known, all jobs are looked at.
        absent_from: A look that begins now or later and does not find the tag settles that the
            job is not there.
        thorough: Whether all jobs with the tag are wanted, not just one.
    """

    tag: str
    since: float | None
    absent_from: float
    thorough: bool = False

    def after(self, sighting: Sighting, latest: float) -> Wanted:
        """What is still wanted after a look that did not find it.

        Args:
            sighting: What the look says.
            latest: Seconds for which a job may be unlisted. Nothing older can turn up any more
                once the list was read to its end.
        """
        if self.since is not None or sighting.whole_at is None:
            return self
        return replace(self, since=sighting.whole_at - latest)

    def is_decided_by_look_at(self, now: float) -> bool:
        """Whether a whole look that begins now can tell that the job is not there."""
        return now >= self.absent_from

    def age_to_reach(self, now: float) -> float:
        """How old the jobs must be, in seconds, at which a look that begins now may stop."""
        if self.since is None:
            return math.inf
        slack = _SURE_SLACK if self.is_decided_by_look_at(now) else _QUICK_SLACK
        return max(now - self.since, 0.0) + slack


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a look at the job list says about one submission.

    Attributes:
        jobs: The jobs with its tag, newest first.
        absent: Whether there certainly is none.
        error: Why the look could not be finished.
        whole_at: When a look began that read as far back as was wanted; None: it did not.
    """

    jobs: tuple[Mapping[str, Any], ...] = ()
    absent: bool = False
    error: IonQError | None = None
    whole_at: float | None = None


def rightful(jobs: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Of several jobs with one tag, newest first: the one that counts, for every process alike.

    The oldest that is not canceled. Others are duplicates, and are canceled.
    """
    oldest_first = list(jobs)[::-1]
    alive = [job for job in oldest_first if job.get("status") != CANCELED]
    return (alive or oldest_first)[0]


class JobPage:
    """One page of the job list, read for tags and for how far back it goes.

    Args:
        jobs: The page's jobs as JSON objects.
        server_date: The answer's `Date` header: times are compared by the server's clock only.
    """

    def __init__(self, jobs: Iterable[Mapping[str, Any]], server_date: str | None) -> None:
        self._jobs = list(jobs)
        self._now = _http_date(server_date)

    def __len__(self) -> int:
        return len(self._jobs)

    def with_tags(self, tags: Collection[str]) -> list[tuple[str, Mapping[str, Any]]]:
        """The page's jobs that carry one of these tags, each with its tag.

        The parts of a multi-circuit job are left out, should they share their parent's metadata.
        """
        tagged = ((tag_of(job.get("metadata")), job) for job in self._jobs)
        return [
            (tag, job)
            for tag, job in tagged
            if tag is not None and tag in tags and job.get("parent_job_id") is None
        ]

    def reaches_back(self, seconds: float) -> bool:
        """Whether all jobs on later pages were submitted more than so many seconds ago.

        Only a page that is in order, newest first, tells this, and only with the server's time.
        """
        if self._now is None:
            return False
        ages = [self._age(job) for job in self._jobs]
        known = [age for age in ages if age is not None]
        in_order = len(known) == len(ages) and known == sorted(known)
        return bool(known) and in_order and known[-1] > seconds

    def _age(self, job: Mapping[str, Any]) -> float | None:
        try:
            submitted = datetime.datetime.fromisoformat(job["submitted_at"])
        except (KeyError, TypeError, ValueError):
            return None
        if self._now is None or submitted.tzinfo is None:
            return None
        return (self._now - submitted).total_seconds()


def _http_date(text: str | None) -> datetime.datetime | None:
    try:
        date = parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
    # "-0000" for a zone gives a time without one, which cannot be compared.
    return date if date is None or date.tzinfo else date.replace(tzinfo=datetime.UTC)


class Query:
    """Somebody's question, and its answer once there is one."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.answer: Sighting | None = None


class Look:
    """One passage through the job list, page by page, that answers many queries.

    Args:
        queries: What is asked.
        began: When it began, by the clock of the queries.
    """

    def __init__(self, queries: Iterable[Query], began: float) -> None:
        self._queries = list(queries)
        self._began = began
        self._found: dict[str, dict[str, Mapping[str, Any]]] = {}
        self._tags = {query.wanted.tag for query in self._queries}
        self._age = max((query.wanted.age_to_reach(began) for query in self._queries), default=0.0)
        self._is_whole = False
        self.pages = 0

    @property
    def is_finished(self) -> bool:
        """Whether later pages can tell nothing that is wanted."""
        return self._is_whole or all(
            query.wanted.tag in self._found and not query.wanted.thorough for query in self._queries
        )

    def take(self, page: JobPage, *, at_end: bool) -> None:
        """Read the next page."""
        self.pages += 1
        for tag, job in page.with_tags(self._tags):
            # The list may move while it is read, and show a job twice.
            self._found.setdefault(tag, {}).setdefault(str(job.get("id")), job)
        self._is_whole = at_end or page.reaches_back(self._age)

    def answer_all(self, error: IonQError | None) -> None:
        """Answer the queries by what was read until the end, or until the error."""
        for query in self._queries:
            jobs = tuple(self._found.get(query.wanted.tag, {}).values())
            decided = self._is_whole and query.wanted.is_decided_by_look_at(self._began)
            whole_at = self._began if self._is_whole else None
            query.answer = Sighting(jobs, not jobs and decided, error, whole_at)
