"""What a user can watch of each attempt: views without secrets, and where to hand in functions.

May import: the standard library. Values only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["SAFE_HEADERS", "Hooks", "RequestView", "ResponseView", "RetryView"]

SAFE_HEADERS = (
    "x-request-id",
    "content-type",
    "content-length",
    "retry-after",
    "date",
    "server",
    "cf-ray",
)
"""Names of the headers that hooks and log records show. All others may hold what is private."""


@dataclass(frozen=True, slots=True)
class RequestView:
    """An attempt that is about to be sent.

    Attributes:
        method: HTTP method.
        url: Where it goes, without query.
        attempt: 1 for the first.
        elapsed: Seconds since the call began, waits included.
        headers: Those of `SAFE_HEADERS` that it has, names in lower case.
    """

    method: str
    url: str
    attempt: int
    elapsed: float
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ResponseView:
    """An attempt that was answered, its body read.

    Attributes:
        method: HTTP method.
        url: Where it went, without query.
        attempt: 1 for the first.
        elapsed: Seconds since the call began, waits included.
        status: HTTP status.
        headers: Those of `SAFE_HEADERS` that the answer has, names in lower case.
    """

    method: str
    url: str
    attempt: int
    elapsed: float
    status: int
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RetryView:
    """An attempt that will be followed by another.

    Attributes:
        method: HTTP method.
        url: Where it went, without query.
        attempt: Number of the attempt that has ended, from 1.
        elapsed: Seconds since the call began.
        status: HTTP status; None when there was no answer.
        reason: Why it is repeated.
        delay: Seconds until the next attempt, at least.
    """

    method: str
    url: str
    attempt: int
    elapsed: float
    status: int | None
    reason: str
    delay: float


RequestHook: TypeAlias = Callable[[RequestView], object]
ResponseHook: TypeAlias = Callable[[ResponseView], object]
RetryHook: TypeAlias = Callable[[RetryView], object]


@dataclass(frozen=True, slots=True)
class Hooks:
    """Functions to call around each attempt. With an async client they may be async.

    They watch and cannot interfere: what they raise is logged, and the call goes on, for a job
    may already be paid for.

    Attributes:
        on_request: Called before an attempt is sent.
        on_response: Called after an attempt was answered.
        on_retry: Called before the wait for the next attempt.
    """

    on_request: RequestHook | None = None
    on_response: ResponseHook | None = None
    on_retry: RetryHook | None = None
