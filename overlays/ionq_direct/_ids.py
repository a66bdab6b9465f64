"""Job ids as callers give them, and which refusals concern a job rather than the client.

May import: errors, _paths, the standard library.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, TypeGuard, runtime_checkable

from ionq_direct._paths import check_path_argument
from ionq_direct.errors import APIError, InvalidArgument, IonQError

__all__ = ["HasId", "check_id", "collection_of", "is_about_the_job", "unique_ids"]


@runtime_checkable
class HasId(Protocol):
    """A job: what it is known by is its id."""

    id: str


def check_id(name: str, value: object) -> str:
    """An id, given as text or as the thing that has it.

    Raises:
        InvalidArgument: It is neither, or the text cannot be an id: it is empty or holds a slash.
    """
    found = value.id if isinstance(value, HasId) else value
    if not isinstance(found, str):
        raise InvalidArgument(name=name, value=value, rule="must be a job or a job's id")
    return check_path_argument(name, found)


def unique_ids(name: str, values: object) -> dict[str, object]:
    """What was given for each id, in the order given, each id once.

    Raises:
        InvalidArgument: It is no collection of ids and jobs; a single text is none.
    """
    found: dict[str, object] = {}
    for value in collection_of(name, "jobs or ids", values):
        found.setdefault(check_id(name, value), value)
    return found


def collection_of(name: str, what: str, values: object) -> Iterable[object]:
    """Several things, as a caller gives them.

    Args:
        name: The argument.
        what: What the things are, for the error.
        values: The argument's value.

    Raises:
        InvalidArgument: It is no collection; a text, a mapping and a job are each one thing.
    """
    if not _is_collection(values):
        rule = f"must be a collection of {what}, such as a list"
        raise InvalidArgument(name=name, value=values, rule=rule)
    return values


def _is_collection(values: object) -> TypeGuard[Iterable[object]]:
    return isinstance(values, Iterable) and not isinstance(values, str | bytes | Mapping | HasId)


def is_about_the_job(error: IonQError) -> bool:
    """Whether a refusal may hold for this job alone, so that others are worth trying.

    No answer at all, 401, 403, 429 and 5xx are not about the job.
    """
    return isinstance(error, APIError) and error.status < 500 and error.status not in _NOT_THE_JOB


_NOT_THE_JOB = frozenset({401, 403, 408, 425, 429})
