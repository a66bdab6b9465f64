# Generated from overlays/ionq_direct/_async/jobs.py by scripts.sync_from_async. Do not edit.
"""`ionq.jobs`: list, get, cancel and delete jobs.

May import: the generated client, the rest of _sync, and of this package what has no I/O.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ionq_api.v0_4.api.jobs import get_jobs
from ionq_api.v0_4.types import UNSET
from ionq_direct._answers import checked
from ionq_direct._concurrency import Return
from ionq_direct._cursors import Page
from ionq_direct._id_chunks import PAGE_SIZE, Place, chunks_of
from ionq_direct._ids import HasId, check_id, unique_ids
from ionq_direct._shapes import json_object, objects_in, text_or_none
from ionq_direct._sync.bulk import CANCEL, DELETE, bulk
from ionq_direct._sync.job import Job
from ionq_direct._sync.paging import Pager
from ionq_direct.bulk import BulkReport
from ionq_direct.errors import InvalidArgument

if TYPE_CHECKING:
    from ionq_direct._sync.client import IonQ

__all__ = ["Jobs", "Listing"]

_GONE = 410


class Jobs:
    """The project's jobs; `ionq.jobs`."""

    def __init__(self, ionq: IonQ) -> None:
        self._ionq = ionq

    def iter(
        self,
        *,
        status: str | None = None,
        backend: str | Iterable[str] | None = None,
        target: str | Iterable[str] | None = None,
        session_id: str | None = None,
        submitter_id: str | None = None,
        parent_job_id: str | None = None,
        ids: Iterable[str | HasId] | None = None,
        max_items: int | None = None,
        cursor: str | None = None,
    ) -> Pager[Job]:
        """Jobs that meet all conditions, newest first, fetched as they are asked for.

        Args:
            status: With this status: `submitted`, `ready`, `started`, `completed`, `failed` or
                `canceled`.
            backend: On this backend, or one of these.
            target: The same by the API's own name for it; give one of the two.
            session_id: In this session.
            submitter_id: Submitted by this user; ignored by IonQ if that is no project member.
            parent_job_id: Parts of this multi-circuit job.
            ids: These jobs. They are asked for 25 at a time, in the order given.
            max_items: At most so many.
            cursor: Go on from here: the `next` of a page of the same list.

        Returns:
            An iterator over jobs, and with `.pages()` over pages. Jobs from a list do not know
            their children; `refresh()` brings them.

        Raises:
            InvalidArgument: An argument cannot be sent.
        """
        if backend is not None and target is not None:
            raise InvalidArgument(name="target", value=target, rule="is another name of `backend`")
        filters = {
            "status": status,
            "target": _joined(target if backend is None else backend),
            "session_id": session_id,
            "submitter_id": submitter_id,
            "parent_job_id": parent_job_id,
        }
        listing = Listing(self._ionq, get_jobs.sync_detailed, "/jobs", filters, ids)
        return listing.pager(max_items, cursor)

    def list(self, **conditions: Any) -> list[Job]:
        """The jobs that `iter` with the same arguments gives, all at once.

        Raises:
            APIError: The server refused a page.
            InvalidArgument: An argument cannot be sent.
        """
        return self.iter(**conditions).all()

    def get(self, job_id: str) -> Job:
        """A job by its id.

        Raises:
            NotFound: There is none, or it belongs to another project.
            InvalidArgument: This cannot be an id.
        """
        return Job(self._ionq, {"id": check_id("job_id", job_id)}).refresh()

    def cancel(self, jobs: Iterable[str | HasId]) -> BulkReport:
        """Cancel jobs, in few requests.

        Whether a job that has completed can be canceled is not known of IonQ (its clients
        disagree); the emulator leaves it as it is.

        Args:
            jobs: Jobs or their ids.

        Returns:
            What the server said of each, refusals included: nothing is raised for those.

        Raises:
            InvalidArgument: There is something else among the jobs; nothing was sent.
        """
        return bulk(self._ionq.api, CANCEL, unique_ids("jobs", jobs))

    def delete(self, jobs: Iterable[str | HasId]) -> BulkReport:
        """Delete jobs with their results and history, in few requests. This cannot be undone.

        Args:
            jobs: Jobs or their ids.

        Returns:
            What the server said of each, refusals included: nothing is raised for those.

        Raises:
            InvalidArgument: There is something else among the jobs; nothing was sent.
        """
        return bulk(self._ionq.api, DELETE, unique_ids("jobs", jobs))


class Listing:
    """One list of jobs: the project's, or a session's, as filtered.

    Args:
        ionq: The client.
        operation: The generated function.
        path: Its path, for errors.
        filters: Arguments of the function; None: not given.
        ids: Only these jobs; more than a request takes are asked for in several.
        instead: The function, and its path, that gives the same list with the same filters, for
            when the server answers 410: IonQ has withdrawn operations before.

    Raises:
        InvalidArgument: The ids are no collection of ids.
    """

    def __init__(
        self,
        ionq: IonQ,
        operation: Callable[..., Return[Any]],
        path: str,
        filters: Mapping[str, Any],
        ids: Iterable[str | HasId] | None,
        *,
        instead: tuple[Callable[..., Return[Any]], str] | None = None,
    ) -> None:
        self._ionq = ionq
        self._operation = operation
        self._path = path
        self._instead = instead
        self._filters = {name: value for name, value in filters.items() if value is not None}
        self._chunks = None if ids is None else chunks_of(list(unique_ids("ids", ids)))

    def pager(self, max_items: int | None, cursor: str | None) -> Pager[Job]:
        """The list as an iterator."""
        fetch = self._fetch if self._chunks is None else self._fetch_chunk
        return Pager(fetch, page_size=PAGE_SIZE, max_items=max_items, cursor=cursor)

    def _fetch(self, cursor: str | None, size: int, ids: Sequence[str] | None = None) -> Page[Job]:
        response = self._operation(
            **self._filters,
            client=self._ionq.api,
            limit=size,
            next_=UNSET if cursor is None else cursor,
            ids=UNSET if ids is None else ids,
        )
        if response.status_code == _GONE and self._instead is not None:
            (self._operation, self._path), self._instead = self._instead, None
            return self._fetch(cursor, size, ids)
        answer = json_object(checked(response, method="GET", path=self._path))
        jobs = [job for job in objects_in(answer.get("jobs")) if text_or_none(job.get("id"))]
        return Page(tuple(Job(self._ionq, job) for job in jobs), answer.get("next"))

    def _fetch_chunk(self, cursor: str | None, size: int) -> Page[Job]:
        """A page of the list of many ids; requests that bring nothing are passed over."""
        chunks = self._chunks or []
        place = Place.read(cursor, len(chunks))
        while place.chunk < len(chunks):
            page = self._fetch(place.cursor, size, chunks[place.chunk])
            if page.next:
                return Page(page.items, Place(place.chunk, page.next).text())
            place = Place(place.chunk + 1)
            if page.items:
                following = place.text() if place.chunk < len(chunks) else None
                return Page(page.items, following)
        return Page((), None)


def _joined(names: str | Iterable[str] | None) -> str | None:
    """One name or several as the API takes them: separated by commas."""
    return names if names is None or isinstance(names, str) else ",".join(names)
