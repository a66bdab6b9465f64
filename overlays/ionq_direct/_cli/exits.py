"""What the exit codes mean, and which error leads to which. May import: the standard library.

The errors are named, not imported: `ionq-direct --help` needs none of them.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

__all__ = ["Exit", "exit_of", "table"]


class Exit(IntEnum):
    """The exit codes."""

    OK = 0
    FAILED = 1
    USAGE = 2
    CONFIGURATION = 3
    INVALID = 4
    DENIED = 5
    NOT_FOUND = 6
    LIMITED = 7
    REFUSED = 8
    UNAVAILABLE = 9
    SUBMISSION_UNKNOWN = 10
    JOB_FAILED = 11
    JOB_CANCELED = 12
    JOB_TIMEOUT = 13
    UNREADABLE = 14
    INTERRUPTED = 130


_MEANINGS: Final[dict[Exit, str]] = {
    Exit.OK: "done",
    Exit.FAILED: "something else went wrong",
    Exit.USAGE: "the command line is wrong",
    Exit.CONFIGURATION: "no API key, a bad setting, or an extra that is not installed",
    Exit.INVALID: "the job or an argument was refused before anything was sent",
    Exit.DENIED: "the API key is not valid or lacks the right (401, 403)",
    Exit.NOT_FOUND: "there is no such thing, or not for this key (404); no such result",
    Exit.LIMITED: "too many requests (429)",
    Exit.REFUSED: "the server refused otherwise (400, 409, 413, ...)",
    Exit.UNAVAILABLE: "no answer, or the service failed (5xx)",
    Exit.SUBMISSION_UNKNOWN: "the job may or may not have been submitted; its tag is shown",
    Exit.JOB_FAILED: "a job failed",
    Exit.JOB_CANCELED: "a job was canceled or deleted",
    Exit.JOB_TIMEOUT: "a job had not ended in time; it goes on",
    Exit.UNREADABLE: "the server's answer cannot be read",
    Exit.INTERRUPTED: "interrupted (Ctrl-C)",
}

_OF_ERROR: Final[dict[str, Exit]] = {
    "ConfigurationError": Exit.CONFIGURATION,
    "MissingExtra": Exit.CONFIGURATION,
    "InvalidArgument": Exit.INVALID,
    "InvalidJob": Exit.INVALID,
    "InvalidDistribution": Exit.UNREADABLE,
    "DecodeError": Exit.UNREADABLE,
    "ShotsUnknown": Exit.INVALID,
    "Unauthorized": Exit.DENIED,
    "Forbidden": Exit.DENIED,
    "NotFound": Exit.NOT_FOUND,
    "NoResults": Exit.NOT_FOUND,
    "CircuitUnavailable": Exit.NOT_FOUND,
    "RateLimited": Exit.LIMITED,
    "ServerError": Exit.UNAVAILABLE,
    "APIError": Exit.REFUSED,
    "ConnectionFailed": Exit.UNAVAILABLE,
    "RequestTimeout": Exit.UNAVAILABLE,
    "SubmissionUnknown": Exit.SUBMISSION_UNKNOWN,
    "JobFailed": Exit.JOB_FAILED,
    "JobCanceled": Exit.JOB_CANCELED,
    "JobDeleted": Exit.JOB_CANCELED,
    "JobTimeout": Exit.JOB_TIMEOUT,
}


def exit_of(error: BaseException) -> Exit:
    """The exit code of an error of the library: that of its class, or of the nearest above it."""
    for cls in type(error).__mro__:
        if cls.__name__ in _OF_ERROR:
            return _OF_ERROR[cls.__name__]
    return Exit.FAILED


def table() -> str:
    """The codes with their meanings, a line each."""
    return "\n".join(f"  {code.value:>3}  {meaning}" for code, meaning in _MEANINGS.items())
