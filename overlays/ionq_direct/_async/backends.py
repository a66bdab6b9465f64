"""`ionq.backends` and `ionq.characterizations`.

May import: the generated client, the rest of _async, and of this package what has no I/O.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from ionq_api.v0_4.api.backends import get_backend, get_backends
from ionq_api.v0_4.api.characterizations import (
    get_characterization,
    get_characterizations_for_backend,
)
from ionq_api.v0_4.types import UNSET, Unset
from ionq_direct._answers import checked
from ionq_direct._async.paging import AsyncPager
from ionq_direct._cursors import Page
from ionq_direct._paths import check_path_argument
from ionq_direct._shapes import json_object, objects_in, whole_or_none
from ionq_direct._times import Day, as_wire_time, check_order
from ionq_direct.backends import Backend, Characterization
from ionq_direct.errors import DecodeError, InvalidArgument, NotFound

if TYPE_CHECKING:
    from ionq_direct._async.client import AsyncIonQ

__all__ = ["AsyncBackends", "AsyncCharacterizationListing", "AsyncCharacterizations"]

_PAGE_SIZE: Final = 10  # the most IonQ gives (facts 1.6)


class AsyncBackends:
    """The quantum computers and simulators; `ionq.backends`. IonQ asks no key for them."""

    def __init__(self, ionq: AsyncIonQ) -> None:
        self._ionq = ionq

    async def list(self) -> list[Backend]:
        """All backends.

        Raises:
            APIError: The server refused.
        """
        response = await get_backends.asyncio_detailed(client=self._ionq.api)
        answer = checked(response, method="GET", path="/backends")
        return [Backend.read(data) for item in answer if (data := json_object(item))]

    async def get(self, name: str) -> Backend:
        """One backend, by its name: `simulator`, `qpu.forte-1`, ...

        Raises:
            NotFound: There is none of that name.
            InvalidArgument: This cannot be a name.
        """
        name = check_path_argument("name", name)
        response = await get_backend.asyncio_detailed(name, client=self._ionq.api)
        return Backend.read(json_object(checked(response, method="GET", path=f"/backends/{name}")))

    async def __aiter__(self) -> AsyncIterator[Backend]:
        for backend in await self.list():
            yield backend


class AsyncCharacterizations:
    """Measurements of the backends' fidelity and timing; `ionq.characterizations`."""

    def __init__(self, ionq: AsyncIonQ) -> None:
        self._ionq = ionq

    async def __call__(
        self,
        backend: str,
        *,
        start: Day | None = None,
        end: Day | None = None,
        max_items: int | None = None,
    ) -> list[Characterization]:
        """The same as `list`."""
        return await self.list(backend, start=start, end=end, max_items=max_items)

    async def list(
        self,
        backend: str,
        *,
        start: Day | None = None,
        end: Day | None = None,
        max_items: int | None = None,
    ) -> list[Characterization]:
        """A backend's characterizations, all at once; see `iter`.

        Raises:
            NotFound: There is no such backend.
            InvalidArgument: An argument cannot be sent.
        """
        return await self.iter(backend, start=start, end=end, max_items=max_items).all()

    def iter(
        self,
        backend: str,
        *,
        start: Day | None = None,
        end: Day | None = None,
        max_items: int | None = None,
        cursor: str | None = None,
    ) -> AsyncPager[Characterization]:
        """A backend's characterizations in the server's order, fetched as they are asked for.

        Args:
            backend: Its name.
            start: Not before this: a `date`, a `datetime` (UTC if it has no zone), or text such as
                `2026-09-14` or `14 September 2026`.
            end: Not after this.
            max_items: At most so many.
            cursor: Go on from here: the `next` of a page, which is a page number.

        Raises:
            InvalidArgument: An argument cannot be sent.
        """
        listing = AsyncCharacterizationListing(
            self._ionq,
            check_path_argument("backend", backend),
            start=UNSET if start is None else as_wire_time("start", start),
            end=UNSET if end is None else as_wire_time("end", end),
            limit=min(max_items or _PAGE_SIZE, _PAGE_SIZE),
            first=cursor,
        )
        if start is not None and end is not None:
            check_order(start, end)
        return AsyncPager(listing.fetch, page_size=_PAGE_SIZE, max_items=max_items, cursor=cursor)

    async def latest(self, backend: str) -> Characterization | None:
        """A backend's latest characterization; None if it has none (simulators, for example).

        The one that the backend itself names; where it names none, the latest by date of the
        first ones listed.

        Raises:
            NotFound: There is no such backend.
            InvalidArgument: This cannot be a name.
        """
        named = (await AsyncBackends(self._ionq).get(backend)).characterization_id
        if named:
            try:
                return await self.get(backend, named)
            except NotFound:
                pass  # it names one that is gone: see the list
        found = await self.list(backend, max_items=_PAGE_SIZE)
        dated = [one for one in found if one.date is not None]
        return max(dated, key=lambda one: one.date or _NEVER, default=next(iter(found), None))

    async def get(self, backend: str, characterization_id: str) -> Characterization:
        """One characterization.

        Raises:
            NotFound: There is none with that id.
            InvalidArgument: This cannot be a name or an id.
        """
        backend = check_path_argument("backend", backend)
        wanted = check_path_argument("characterization_id", characterization_id)
        response = await get_characterization.asyncio_detailed(
            backend, wanted, client=self._ionq.api
        )
        path = f"/backends/{backend}/characterizations/{wanted}"
        return Characterization.read(json_object(checked(response, method="GET", path=path)))


class AsyncCharacterizationListing:
    """The pages of one list of characterizations, by their numbers from 1.

    Args:
        ionq: The client.
        backend: Whose characterizations.
        start: Not before this, as IonQ takes it.
        end: Not after this.
        limit: Characterizations to a page; the same for all, or the numbers would not fit.
        first: Cursor of the page that a walk begins with.
    """

    def __init__(
        self,
        ionq: AsyncIonQ,
        backend: str,
        *,
        start: str | Unset,
        end: str | Unset,
        limit: int,
        first: str | None,
    ) -> None:
        self._ionq = ionq
        self._backend = backend
        self._start = start
        self._end = end
        self._limit = limit
        self._first = first
        self._seen: set[str] = set()

    async def fetch(self, cursor: str | None, _size: int) -> Page[Characterization]:
        """The page that a cursor means."""
        number = _page_number(cursor)
        path = f"/backends/{self._backend}/characterizations"
        response = await get_characterizations_for_backend.asyncio_detailed(
            self._backend,
            client=self._ionq.api,
            start=self._start,
            end=self._end,
            limit=self._limit,
            page=number,
        )
        answer = json_object(checked(response, method="GET", path=path))
        items = objects_in(answer.get("characterizations"))  # null where there are none
        found = tuple(Characterization.read(item) for item in items)
        if cursor == self._first:
            self._seen.clear()
        ids = {one.id for one in found}
        if ids and ids <= self._seen:
            raise DecodeError(
                f"page {number} repeats earlier ones: the list would never end",
                path="$.characterizations",
            )
        self._seen |= ids
        # `pages` says how many are left; where it is missing, a page that is not full is the last.
        left = whole_or_none(answer.get("pages"))
        at_end = not found or left == 0 or (left is None and len(found) < self._limit)
        return Page(found, None if at_end else str(number + 1))


_NEVER: Final = datetime.min.replace(tzinfo=UTC)


def _page_number(cursor: str | None) -> int:
    if cursor is None:
        return 1
    if not cursor.isdecimal() or int(cursor) < 1:
        raise InvalidArgument(name="cursor", value=cursor, rule="must be the `next` of a page")
    return int(cursor)
