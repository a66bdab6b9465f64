"""What the exit codes of these commands mean. May import: the standard library."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["Exit"]


class Exit(IntEnum):
    """The exit codes; those that `ionq-direct` has as well mean the same."""

    OK = 0
    FAILURES = 1
    USAGE = 2
    CONFIGURATION = 3
    INVALID = 4
    UNAVAILABLE = 9
    INCOMPLETE = 15
    INTERRUPTED = 130
