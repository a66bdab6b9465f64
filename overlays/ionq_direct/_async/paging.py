"""Walk through the pages of a list. May import: _cursors, _concurrency, the standard library."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import Generic, TypeVar

from ionq_direct._concurrency import AsyncReturn
from ionq_direct._cursors import CursorGuard, Page, check_cursor, check_max_items

__all__ = ["AsyncPager"]

T = TypeVar("T")


class AsyncPager(Generic[T]):
    """A list on the server: its items one by one, or page by page, fetched as they are asked for.

        async for job in ionq.jobs.iter(status="completed"):
            ...
        async for page in ionq.jobs.iter().pages():
            save(page.next)  # ionq.jobs.iter(cursor=...) goes on from there

    Each walk begins anew. A list that leads back to a page already read, or on and on through
    empty ones, ends with a `DecodeError` rather than never.

    Args:
        fetch: Given a cursor (None: the first page) and a number of items, gives a page, whose
            `next` is as the server sent it.
        page_size: Items asked for at a time.
        max_items: Most items to give; None: all.
        cursor: Where to begin.
    """

    def __init__(
        self,
        fetch: Callable[[str | None, int], AsyncReturn[Page[T]]],
        *,
        page_size: int,
        max_items: int | None = None,
        cursor: str | None = None,
    ) -> None:
        self._fetch = fetch
        self._page_size = page_size
        self._max_items = check_max_items(max_items)
        self._cursor = check_cursor(cursor)

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page.items:
                yield item

    async def pages(self) -> AsyncGenerator[Page[T]]:
        """The pages, each with the cursor of the next.

        Raises:
            APIError: The server refused a page.
            DecodeError: The list would never end.
        """
        guard = CursorGuard(self._cursor)
        cursor = self._cursor
        left = self._max_items
        while left is None or left > 0:
            # The last page is asked for no longer than it is needed: its cursor then leads on
            # from the last item given.
            size = self._page_size if left is None else min(self._page_size, left)
            page = await self._fetch(cursor, size)
            here, cursor = cursor, guard.following(page.next, len(page))
            if left is None:
                yield Page(page.items, cursor)
            else:
                items = page.items[:left]
                left -= len(items)
                # Of a page that was cut off here, rather read some again than miss some.
                cut_off = len(items) < len(page)
                yield Page(items, (here or cursor) if cut_off else cursor)
            if cursor is None:
                return

    async def all(self) -> list[T]:
        """All items.

        Raises:
            APIError: The server refused a page.
            DecodeError: The list would never end.
        """
        return [item async for item in self]
