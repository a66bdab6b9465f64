"""Decisions of a submission, apart from any I/O. May import: errors and the standard library.

IonQ has no idempotency key (facts 1.0). A submission is therefore marked by a tag, and when the
outcome of a POST is not known the tag is looked for before anything is sent again.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from ionq_direct._tags import tag_of
from ionq_direct.errors import (
    APIError,
    ConfigurationError,
    ConnectionFailed,
    DecodeError,
    RequestTimeout,
)

__all__ = ["Fate", "JobPage", "SubmissionPolicy", "fate_of"]

# Answers of servers and proxies that do not tell whether the request was carried out. 429 is a
# refusal, but costs only one look to be sure of.
_UNTELLING = frozenset({408, 409, 425, 429})


@dataclass(frozen=True, slots=True)
class SubmissionPolicy:
    """How hard a submission tries to learn what became of a job.

    Attributes:
        settle: Seconds for which a job may be missing from the list although IonQ has it. Only
            after looking for so long is a submission taken to be absent and sent again.
        deadline: Seconds after which the submission is given up as unknown.
        attempts: How often the job is sent at most, each time but the first known to be absent.
        max_pages: Pages of the job list (25 jobs each) that one look reads at most.

    Raises:
        ConfigurationError: A value is out of range.
    """

    settle: float = 6.0
    deadline: float = 120.0
    attempts: int = 6
    max_pages: int = 200

    def __post_init__(self) -> None:
        if not 0 <= self.settle <= self.deadline < float("inf"):
            raise ConfigurationError(
                f"submission.settle and .deadline: must be seconds, 0 <= settle <= deadline "
                f"(got {self.settle!r} and {self.deadline!r})"
            )
        if self.attempts < 1 or self.max_pages < 1:
            raise ConfigurationError(
                f"submission.attempts and .max_pages: must be 1 or more "
                f"(got {self.attempts!r} and {self.max_pages!r})"
            )


class Fate(enum.Enum):
    """What an error says about the job that was sent."""

    REFUSED = "the server has refused it: sending it again changes nothing"
    UNSENT = "it never left: it can be sent again"
    UNKNOWN = "the server may have it: look before anything is sent again"


def fate_of(error: Exception) -> Fate:
    """What became of a job whose POST ended with this error."""
    if isinstance(error, ConnectionFailed | RequestTimeout):
        return Fate.UNSENT if error.sent is False else Fate.UNKNOWN
    if isinstance(error, APIError):
        untelling = error.status in _UNTELLING or error.status >= 500
        return Fate.UNKNOWN if untelling else Fate.REFUSED
    if isinstance(error, DecodeError):
        return Fate.UNKNOWN  # a success whose body, and so the job's id, was lost on the way
    return Fate.REFUSED


class JobPage:
    """One page of the job list, read for tags and for how far back it goes.

    Args:
        jobs: The page's jobs as JSON objects.
        server_date: The answer's `Date` header: times are compared by the server's clock only.
    """

    def __init__(self, jobs: Iterable[Mapping[str, Any]], server_date: str | None) -> None:
        self._jobs = list(jobs)
        self._now = _http_date(server_date)

    def with_tag(self, tag: str) -> list[Mapping[str, Any]]:
        """The page's jobs that carry a tag."""
        return [job for job in self._jobs if tag_of(job.get("metadata")) == tag]

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
        return parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
