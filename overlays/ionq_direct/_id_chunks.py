"""Asks for more ids than one request takes: which ids come next, in one cursor.

May import: errors and the standard library. No I/O.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ionq_direct.errors import InvalidArgument

__all__ = ["PAGE_SIZE", "Place", "chunks_of"]

PAGE_SIZE: Final = 25
"""Jobs to a page, and ids to a request: the most IonQ gives (facts 1.6)."""


def chunks_of(ids: Sequence[str]) -> list[list[str]]:
    """The ids, 25 or fewer to a request."""
    return [list(ids[start : start + PAGE_SIZE]) for start in range(0, len(ids), PAGE_SIZE)]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list of many ids: which request, and the server's cursor within its answers.

    Attributes:
        chunk: Number of the request, from 0.
        cursor: The server's cursor; None: the request's first page.
    """

    chunk: int = 0
    cursor: str | None = None

    @classmethod
    def read(cls, text: str | None, chunks: int) -> Place:
        """Read what `text` wrote.

        Raises:
            InvalidArgument: It is no such text, or there are fewer requests.
        """
        if text is None:
            return cls()
        number, colon, cursor = text.partition(":")
        if not colon or not number.isdecimal() or int(number) >= chunks:
            raise InvalidArgument(
                name="cursor", value=text, rule="must be the `next` of a page for the same ids"
            )
        return cls(int(number), cursor or None)

    def text(self) -> str:
        """The place as one cursor."""
        return f"{self.chunk}:{self.cursor or ''}"
