"""The statuses of a job, in one place. May import: the standard library.

Source: IonQ's v0.4 document and its user manual on jobs. v0.3 says `running` for `started`.
"""

from __future__ import annotations

from typing import Final

__all__ = ["CANCELED", "COMPLETED", "DELETED", "ENDED", "FAILED", "STARTED", "has_ended"]

STARTED: Final = "started"
COMPLETED: Final = "completed"
FAILED: Final = "failed"
CANCELED: Final = "canceled"
DELETED: Final = "deleted"
"""What IonQ answers to a DELETE. A job that is gone has no other status to show."""

ENDED: Final = frozenset({COMPLETED, FAILED, CANCELED, DELETED})
"""A job in one of these will not change. An unknown status is none of them: it is waited on."""


def has_ended(status: object) -> bool:
    """Whether a status, as text or enum member, is one that a job ends in."""
    return isinstance(status, str) and str(status) in ENDED
