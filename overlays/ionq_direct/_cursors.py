"""Guards a walk through a list's pages against a server that never ends it.

May import: errors and the standard library. No I/O.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from ionq_direct.errors import DecodeError, InvalidArgument

__all__ = ["CursorGuard", "Page", "check_cursor", "check_max_items"]

T = TypeVar("T")

_log = logging.getLogger("ionq_direct.paging")

_MOST_EMPTY_PAGES: Final = 20


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A page of a list.

    Attributes:
        items: What is on it, in the server's order.
        next: Cursor of the page after it, to go on from, in another process too; None: there is
            none after it.
    """

    items: tuple[T, ...]
    next: str | None

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


class CursorGuard:
    """Reads the cursors of one walk.

    Args:
        first: The cursor that the walk begins with, if not with the first page.
    """

    def __init__(self, first: str | None = None) -> None:
        self._seen = {first} if first is not None else set[str]()
        self._empty = 0

    def following(self, cursor: object, items: int) -> str | None:
        """The cursor to go on with, or None at the end.

        An empty cursor ends the walk as null does, with a warning in the log.

        Args:
            cursor: The page's `next` as it came.
            items: How many items the page had.

        Raises:
            DecodeError: It is no text, or leads back to a page seen before, or leads on and on
                through empty pages: the walk would never end.
        """
        if cursor is None:
            return None
        if cursor == "":
            _log.warning("a page has an empty cursor instead of none: taken as the end of the list")
            return None
        if not isinstance(cursor, str):
            raise DecodeError(f"a page's cursor is no text but {cursor!r:.80}", path="$.next")
        if cursor in self._seen:
            raise DecodeError(
                f"the cursor {cursor!r:.80} leads back to a page already read: the list would "
                "never end",
                path="$.next",
            )
        self._empty = 0 if items else self._empty + 1
        if self._empty > _MOST_EMPTY_PAGES:
            raise DecodeError(
                f"{self._empty} empty pages in a row: the list would never end", path="$.next"
            )
        self._seen.add(cursor)
        return cursor


def check_cursor(cursor: object) -> str | None:
    """A cursor to resume from.

    Raises:
        InvalidArgument: It is no text, or empty: the server would begin anew.
    """
    if cursor is None or (isinstance(cursor, str) and cursor.strip()):
        return cursor
    raise InvalidArgument(name="cursor", value=cursor, rule="must be the `next` of an earlier page")


def check_max_items(number: object) -> int | None:
    """A limit on the number of items.

    Raises:
        InvalidArgument: It is no whole number, or below 0.
    """
    if number is None:
        return None
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise InvalidArgument(name="max_items", value=number, rule="must be a whole number >= 0")
    return number
