"""One call: its attempts so far, what it tells hooks and logs, the error it ends with. No I/O.

May import: the standard library and this package's modules without I/O.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ionq_direct.errors import ConnectionFailed, RequestTimeout
from ionq_direct.hooks import SAFE_HEADERS, RequestView, ResponseView, RetryView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ionq_direct._retry import Decision, Failure

__all__ = ["Call", "Fault", "logger"]

logger: Final = logging.getLogger("ionq_direct.http")


@dataclass(frozen=True, slots=True)
class Fault:
    """How an attempt ended that brought no usable answer.

    Attributes:
        kind: What the retry decision needs to know.
        message: What the user gets to know, without secrets.
        timeout: The limit that passed, in seconds; None: it was no timeout.
        sent: As in `ConnectionFailed.sent`, for this attempt alone.
    """

    kind: Failure
    message: str
    timeout: float | None = None
    sent: bool | None = None


class Call:
    """What is known of one call.

    Attributes:
        method: HTTP method.
        url: Where it goes, without query.
        total: Seconds it may take.
        attempt: Number of the present attempt; 0 before the first.
        spent: What its retries took from the budget.
        sent: As in `ConnectionFailed.sent`, for all attempts so far.
    """

    __slots__ = ("_began", "_clock", "attempt", "method", "sent", "spent", "total", "url")

    def __init__(self, method: str, url: str, total: float, clock: Callable[[], float]) -> None:
        self.method = method
        self.url = url
        self.total = total
        self.attempt = 0
        self.spent = 0
        self.sent: bool | None = False
        self._clock = clock
        self._began = clock()

    @property
    def elapsed(self) -> float:
        """Seconds since it began."""
        return self._clock() - self._began

    @property
    def remaining(self) -> float:
        """Seconds to its deadline; negative after it."""
        return self.total - self.elapsed

    # --- Views ---

    def request_view(self, headers: Mapping[str, str]) -> RequestView:
        """The present attempt, before it is sent."""
        return RequestView(self.method, self.url, self.attempt, self.elapsed, _safe(headers))

    def response_view(self, status: int, headers: Mapping[str, str]) -> ResponseView:
        """The present attempt, answered."""
        return ResponseView(
            self.method, self.url, self.attempt, self.elapsed, status, _safe(headers)
        )

    def retry_view(self, status: int | None, decision: Decision) -> RetryView:
        """The present attempt, to be followed by another."""
        return RetryView(
            self.method,
            self.url,
            self.attempt,
            self.elapsed,
            status,
            decision.reason,
            decision.delay,
        )

    # --- Log records ---

    def log_answer(self, status: int, headers: Mapping[str, str]) -> None:
        """Record an answered attempt."""
        if logger.isEnabledFor(logging.DEBUG):
            fields = self._fields(status=status, headers=_safe(headers))
            logger.debug("%s %s: status %d", self.method, self.url, status, extra=fields)

    def log_fault(self, fault: Fault) -> None:
        """Record an attempt without an answer."""
        if logger.isEnabledFor(logging.DEBUG):
            fields = self._fields(failure=fault.kind.name)
            logger.debug("%s %s: %s", self.method, self.url, fault.message, extra=fields)

    def log_retry(self, decision: Decision) -> None:
        """Record that another attempt follows."""
        logger.info(
            "%s %s: %s; attempt %d follows in %.2f s",
            self.method,
            self.url,
            decision.reason,
            self.attempt + 1,
            decision.delay,
            extra=self._fields(reason=decision.reason, delay_s=decision.delay),
        )

    def log_end(self, reason: str) -> None:
        """Record that a call ends in failure although it may be repeated, or was."""
        logger.warning(
            "%s %s: given up after attempt %d: %s",
            self.method,
            self.url,
            self.attempt,
            reason,
            extra=self._fields(reason=reason),
        )

    def log_hook_failure(self, error: Exception) -> None:
        """Record that a function of the user's failed; its traceback is the user's own."""
        logger.error("a hook failed, the call goes on", exc_info=error, extra=self._fields())

    def _fields(self, **more: object) -> dict[str, Any]:
        fields = {
            "method": self.method,
            "url": self.url,
            "attempt": self.attempt,
            "elapsed_s": round(self.elapsed, 6),
            **more,
        }
        return {"ionq": fields}

    # --- Ends ---

    def redirect(self, url: str) -> None:
        """Go on elsewhere, counting attempts anew."""
        self.url = url
        self.attempt = 0

    def note(self, fault: Fault) -> None:
        """Remember what a failed attempt may have done at the server's end."""
        if fault.sent is not False and self.sent is not True:
            self.sent = fault.sent

    def error(self, fault: Fault) -> ConnectionFailed | RequestTimeout:
        """The error for a call whose last attempt ended so."""
        if fault.timeout is None:
            return ConnectionFailed(
                fault.message,
                method=self.method,
                url=self.url,
                attempts=self.attempt,
                sent=self.sent,
            )
        return self.timed_out(fault.message, fault.timeout)

    def timed_out(self, message: str, timeout: float) -> RequestTimeout:
        """The error for a call that ran out of time."""
        return RequestTimeout(
            message,
            method=self.method,
            url=self.url,
            attempts=self.attempt,
            timeout=timeout,
            sent=self.sent,
        )


def _safe(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name in SAFE_HEADERS if (value := headers.get(name)) is not None}
