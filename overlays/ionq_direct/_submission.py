"""Decisions of a submission, apart from any I/O. May import: errors and the standard library.

IonQ has no idempotency key (facts 1.0). A submission is therefore marked by a tag, and when the
outcome of a POST is not known the tag is looked for before anything is sent again.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any, Final

from ionq_direct._checks import require_not_negative, require_whole
from ionq_direct._reconciliation import Wanted
from ionq_direct.errors import (
    APIError,
    ConfigurationError,
    ConnectionFailed,
    DecodeError,
    IonQError,
    RequestTimeout,
)

__all__ = ["TIME_FOR_A_LOOK", "Fate", "Receipt", "SubmissionPolicy", "Trial", "fate_of"]

# Answers below 500 that do not tell whether the request was carried out: given by proxies too,
# which may have passed the request on. 429 should be a refusal, but a look is cheap and a second
# job is not.
_UNTELLING: Final = frozenset({408, 409, 425, 429})

# Answers by which a proxy says that the server behind it did not answer in time (499: that we hung
# up): that server may still be at work on the request.
_NOT_ANSWERED: Final = frozenset({408, 499, 504, 522, 524})


TIME_FOR_A_LOOK: Final = 15.0
"""Seconds that a search may take beyond its time, to read the list once when its turn comes."""


@dataclass(frozen=True, slots=True)
class SubmissionPolicy:
    """How hard a submission tries to learn what became of a job.

    IonQ publishes no figure for how late a job may appear on the list. The defaults are cautious:
    a job that is sent again costs these seconds, one that is sent twice costs money.

    Attributes:
        settle: Seconds for which a job may be missing from the list although IonQ has it. After
            an answer that does not tell (a 502, say) whatever was to happen has happened, and a
            job that stays unlisted for so long is taken to be absent. Three times the lag of 2 s
            that the library is tested against.
        settle_unanswered: The same when there was no answer: the connection broke, the time was
            up, or a proxy said that the server did not answer. The server may still be at work
            on the request and list the job later. Allows 14 s for that beside the list's lag;
            checking a large job takes IonQ a few.
        deadline: Seconds from the first sending after which nothing is sent again and no search
            goes on, save that every sending is looked for as long as `settle` says.
        attempts: How often the job is sent at most, each time but the first known to be absent.
        max_pages: Pages of the job list (25 jobs each) that one look reads at most.

    Raises:
        ConfigurationError: A value is out of range.
    """

    settle: float = 6.0
    settle_unanswered: float = 20.0
    deadline: float = 120.0
    attempts: int = 10
    max_pages: int = 1000

    def __post_init__(self) -> None:
        for name in ("settle", "settle_unanswered", "deadline"):
            require_not_negative(f"submission.{name}", getattr(self, name))
        for name in ("attempts", "max_pages"):
            require_whole(f"submission.{name}", getattr(self, name), minimum=1)
        seconds = (self.settle, self.settle_unanswered, self.deadline)
        if not self.settle <= self.settle_unanswered <= self.deadline:
            raise ConfigurationError(
                "submission.settle, .settle_unanswered and .deadline: must be seconds, "
                f"0 <= settle <= settle_unanswered <= deadline (got {seconds!r})"
            )

    def settle_after(self, fate: Fate) -> float:
        """Seconds for which a job may be unlisted after an attempt that ended so."""
        return self.settle_unanswered if fate is Fate.UNANSWERED else self.settle


class Fate(enum.Enum):
    """What an error says about the job that was sent."""

    CERTAIN = "the job is not there: it was refused, or never left"
    ANSWERED = "the answer does not tell: look before anything is sent again"
    UNANSWERED = "no answer: look before anything is sent again"


def fate_of(error: Exception) -> Fate:
    """What became of a job whose POST ended with this error."""
    if isinstance(error, ConnectionFailed | RequestTimeout):
        # True: an answer had begun, and was lost on the way.
        known = {False: Fate.CERTAIN, None: Fate.UNANSWERED, True: Fate.ANSWERED}
        return known[error.sent]
    if isinstance(error, APIError):
        if error.status == 409 and error.details.get("statusCode") == 409:
            return Fate.CERTAIN  # in IonQ's words, a refusal; Cloudflare's own 409 is no such JSON
        if error.status in _NOT_ANSWERED:
            return Fate.UNANSWERED
        untelling = error.status in _UNTELLING or error.status >= 500
        return Fate.ANSWERED if untelling else Fate.CERTAIN
    if isinstance(error, DecodeError):
        return Fate.ANSWERED  # a success whose body, and so the job's id, cannot be read
    return Fate.CERTAIN


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came of a submission.

    Attributes:
        job: The job as the server told of it: `id`, `status` and more.
        resent: Whether it was sent more than once, each time but the first known to be absent.
    """

    job: dict[str, Any]
    resent: bool


class Trial:
    """One submission, from its first sending to its end. Times are those of a monotonic clock.

    Args:
        tag: Its tag.
        policy: The limits.
        now: The time.

    Attributes:
        sent: How often it was sent.
    """

    def __init__(self, tag: str, policy: SubmissionPolicy, now: float) -> None:
        self.sent = 0
        self._tag = tag
        self._policy = policy
        self._begun = now
        self._failed = now

    def send(self, now: float) -> None:
        """It is about to be sent."""
        if not self.sent:
            self._begun = now
        self.sent += 1

    def after(self, error: IonQError, now: float) -> Wanted:
        """What to look for after a sending that failed.

        Raises:
            IonQError: The error, when the job is certainly not there. What was never sent is not
                sent anew here: the transport has tried that as often as it is told to.
        """
        fate = fate_of(error)
        if fate is Fate.CERTAIN:
            raise error
        self._failed = now
        return Wanted(self._tag, self._begun, now + self._policy.settle_after(fate))

    def end_of(self, wanted: Wanted) -> float:
        """When to give up a search: at the deadline, but not before it could be decided."""
        return max(self._begun + self._policy.deadline, wanted.absent_from + TIME_FOR_A_LOOK)

    def pause_before_next(self, error: IonQError, now: float) -> float:
        """Seconds before it is sent again, now that it is known not to be there.

        Raises:
            IonQError: The error, when it is not to be sent again.
        """
        asked = error.retry_after if isinstance(error, APIError) else None
        pause = max(self._failed + (asked or 0.0) - now, 0.0)
        late = now + pause >= self._begun + self._policy.deadline
        if late or self.sent >= self._policy.attempts:
            error.add_note(f"the job was sent {self.sent} times and is not at IonQ")
            raise error
        return pause
