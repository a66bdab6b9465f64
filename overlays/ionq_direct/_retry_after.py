"""Reads the Retry-After header, in seconds or as an HTTP date.

May import: the standard library only.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MAX_RETRY_AFTER_S", "parse_retry_after", "retry_after_from"]

MAX_RETRY_AFTER_S = 300.0
"""Longest wait, in seconds, that a server can ask this client for."""

_SECONDS = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?")
_LONGEST_HEADER = 64


def parse_retry_after(value: str | None, *, now: float | None = None) -> float | None:
    """Read a Retry-After value.

    Args:
        value: The header as sent: a number of seconds, or an HTTP date.
        now: Unix time, in seconds, that a date counts from; the local clock by default.

    Returns:
        Seconds to wait, from 0 to `MAX_RETRY_AFTER_S`, or None when the header says nothing
        that can be used (absent, `inf`, `nan`, gibberish).
    """
    text = (value or "").strip()
    if not text or len(text) > _LONGEST_HEADER:
        return None
    if _SECONDS.fullmatch(text):
        return _clamp(float(text))
    when = _http_date(text)
    if when is None:
        return None
    return _clamp(when - (time.time() if now is None else now))


def retry_after_from(headers: Mapping[str, str]) -> float | None:
    """Read Retry-After out of lower-case headers; a date counts from the server's own Date.

    Args:
        headers: Response headers with lower-case names.

    Returns:
        Seconds to wait, as `parse_retry_after` gives them.
    """
    value = headers.get("retry-after")
    if not value:
        return None
    return parse_retry_after(value, now=_http_date(headers.get("date", "")))


def _clamp(seconds: float) -> float:
    return min(max(seconds, 0.0), MAX_RETRY_AFTER_S)


def _http_date(text: str) -> float | None:
    """Unix time of an HTTP date in any of its three spellings (RFC 9110, section 5.6.7)."""
    from datetime import UTC  # noqa: PLC0415 - loaded when a server sends a date, which is rare
    from email.utils import parsedate_to_datetime  # noqa: PLC0415

    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.timestamp()
