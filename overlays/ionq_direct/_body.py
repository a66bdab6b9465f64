"""Takes in the body of an answer piece by piece, decoded, within limits. No I/O.

May import: the standard library.

Encodings are gzip and deflate, which the client asks for, since zlib can stop in the middle of a
piece: a bomb never unfolds beyond the limit. Brotli and zstd are not asked for, and refused.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["ACCEPTED_ENCODINGS", "BodyReader", "BrokenBody", "RefusedBody"]

ACCEPTED_ENCODINGS: Final = "gzip, deflate"
ERROR_STATUS: Final = 400
MAX_ERROR_BYTES: Final = 64 * 1024
MAX_RATIO: Final = 200
"""How many bytes one received byte may become, once the body exceeds `RATIO_FLOOR`."""
RATIO_FLOOR: Final = 32 * 1024 * 1024
"""Below it any ratio is fine: a million equal shots shrink a thousandfold, and are 2 MB."""

_STEP = 1024 * 1024


class RefusedBody(Exception):  # noqa: N818 - what happened to the body
    """The body breaks a limit; asking again would bring the same."""


class BrokenBody(Exception):  # noqa: N818 - what happened to the body
    """The body is damaged or cut off."""


class BodyReader:
    """Collects one body.

    The body of an error (status 400 and up) is cut off at 64 KiB and never refused: whatever its
    body, the status is what the caller needs.
    """

    def __init__(
        self, status: int, encoding: str | None, length: str | None, *, max_bytes: int
    ) -> None:
        """Begin.

        Args:
            status: HTTP status.
            encoding: The Content-Encoding header.
            length: The Content-Length header.
            max_bytes: Longest body, decoded, of a success.

        Raises:
            RefusedBody: The headers already tell that the body breaks a limit.
        """
        self._tolerant = status >= ERROR_STATUS
        self._limit = MAX_ERROR_BYTES if self._tolerant else max_bytes
        self._pieces: list[bytes] = []
        self.received = 0
        self._size = 0
        self.truncated = False
        self._inflate: _Inflate | None = None
        coding = (encoding or "identity").strip().lower()
        self.encoded = coding != "identity"
        if self.encoded:
            if coding in _WINDOW_BITS:
                self._inflate = _Inflate(*_WINDOW_BITS[coding])
            else:
                self._refuse(f"its encoding, {coding[:40]!r}, was not asked for")
        elif length is not None and length.isdecimal() and int(length) > self._limit:
            self._refuse(f"its {length} bytes are more than the {self._limit} allowed")

    def feed(self, piece: bytes) -> bool:
        """Take a piece as received; False: no more is wanted.

        Raises:
            RefusedBody: The body breaks a limit.
            BrokenBody: The piece cannot be decoded.
        """
        self.received += len(piece)
        if not self.encoded:
            return self._add(piece)
        if self._inflate is None:  # an error's body that cannot be read
            return False
        try:
            for part in self._inflate.parts(piece, self._step):
                if not self._add(part):
                    return False
        except zlib.error as error:
            if self._tolerant:
                return False
            raise BrokenBody(f"the answer's body cannot be decoded: {error}") from None
        return True

    def finish(self) -> bytes:
        """The whole body, decoded.

        Raises:
            BrokenBody: Its end is missing.
        """
        cut_off = self._inflate is not None and self.received and not self._inflate.ended
        if cut_off and not self._tolerant:
            raise BrokenBody("the answer's body is cut off")
        return b"".join(self._pieces)

    def _step(self) -> int:
        return min(_STEP, self._limit - self._size + 1)

    def _add(self, part: bytes) -> bool:
        size = self._size + len(part)
        if size > self._limit:
            self._refuse(f"it is longer than the {self._limit} bytes allowed")
            part = part[: self._limit - self._size]
            self.truncated = True
        elif self.encoded and size > max(RATIO_FLOOR, MAX_RATIO * self.received):
            self._refuse(f"{self.received} bytes of it became {size}: a decompression bomb")
        self._pieces.append(part)
        self._size += len(part)
        return not self.truncated

    def _refuse(self, why: str) -> None:
        if not self._tolerant:
            raise RefusedBody(f"the answer's body was refused: {why}")


class _Inflate:
    """zlib's incremental decoder, giving its output in steps of a chosen size."""

    def __init__(self, *window_bits: int) -> None:
        self._decoder = zlib.decompressobj(window_bits[0])
        self._others = window_bits[1:]

    @property
    def ended(self) -> bool:
        return self._decoder.eof

    def parts(self, piece: bytes, step: Callable[[], int]) -> Iterator[bytes]:
        """What the piece becomes, in parts of at most `step()` bytes."""
        while not self._decoder.eof:  # what follows the end is nothing of ours
            most = step()
            part = self._decompress(piece, most)
            piece = self._decoder.unconsumed_tail
            yield part
            # A full part may mean that more is waiting inside, even with no input left.
            if not piece and len(part) < most:
                return

    def _decompress(self, piece: bytes, most: int) -> bytes:
        try:
            part = self._decoder.decompress(piece, most)
        except zlib.error:
            if not self._others:
                raise
            self._decoder = zlib.decompressobj(self._others[0])
            part = self._decoder.decompress(piece, most)
        self._others = ()  # its beginning has told which of them it is
        return part


# "deflate" means zlib's format; some servers send it without zlib's header.
_WINDOW_BITS: Final = {
    "gzip": (zlib.MAX_WBITS | 16,),
    "x-gzip": (zlib.MAX_WBITS | 16,),
    "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS),
}
