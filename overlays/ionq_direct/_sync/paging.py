# Generated from overlays/ionq_direct/_async/paging.py by scripts.sync_from_async. Do not edit.
"""Walk through the pages of a list. May import: _cursors, _concurrency, the standard library."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Generic, TypeVar

from ionq_direct._concurrency import Return
from ionq_direct._cursors import CursorGuard, Page, check_cursor, check_max_items

__all__ = ["Pager"]

T = TypeVar("T")


class Pager(Generic[T]):
    """A list on the server: its items one by one, or page by page, fetched as they are asked for.

        for job in ionq.jobs.iter(status="completed"):
            ...
        for page in ionq.jobs.iter().pages():
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
        fetch: Callable[[str | None, int], Return[Page[T]]],
        *,
        page_size: int,
        max_items: int | None = None,
        cursor: str | None = None,
    ) -> None:
        self._fetch = fetch
        self._page_size = page_size
        self._max_items = check_max_items(max_items)
        self._cursor = check_cursor(cursor)

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            for item in page.items:
                yield item

    def pages(self) -> Generator[Page[T]]:
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
            page = self._fetch(cursor, size)
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

    def all(self) -> list[T]:
        """All items.

        Raises:
            APIError: The server refused a page.
            DecodeError: The list would never end.
        """
        return [item for item in self]
