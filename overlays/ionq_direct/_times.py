"""Times as IonQ writes them, and dates as people do.

May import: errors, _shapes, the standard library; python-dateutil, when a text needs it.
"""

from __future__ import annotations

import datetime
from datetime import timedelta

from ionq_direct._shapes import is_number
from ionq_direct.errors import InvalidArgument

__all__ = [
    "Day",
    "as_date",
    "as_wire_time",
    "check_order",
    "microseconds",
    "milliseconds",
    "moment_or_none",
]

Day = datetime.date | datetime.datetime | str
"""A day or a moment: an object of the standard library, or text such as `2026-09-14`."""


def moment_or_none(value: object) -> datetime.datetime | None:
    """The moment that a JSON value tells, with its time zone; None if it tells none.

    IonQ writes RFC 3339 in UTC; a time without a zone is taken as UTC.
    """
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def milliseconds(value: object) -> timedelta | None:
    """A span that JSON tells in milliseconds; None for anything but a finite number."""
    return _span(value, 1_000)


def minutes(value: object) -> timedelta | None:
    """A span that JSON tells in minutes; None for anything but a finite number."""
    return _span(value, 60_000_000)


def microseconds(value: object) -> timedelta | None:
    """A span that JSON tells in microseconds; None for anything but a finite number."""
    return _span(value, 1)


def _span(value: object, unit: int) -> timedelta | None:
    try:
        return timedelta(microseconds=float(value) * unit) if is_number(value) else None
    except OverflowError:
        return None


def as_date(name: str, value: Day) -> datetime.date:
    """The day of an argument.

    Raises:
        InvalidArgument: The text is no date, lacks a part of one, or can be read as two.
    """
    read = _read(name, value)
    return read.date() if isinstance(read, datetime.datetime) else read


def as_wire_time(name: str, value: Day) -> str:
    """A day or moment as IonQ takes it: `2026-09-14`, or `2026-09-14T10:00:00Z`.

    Raises:
        InvalidArgument: The text is no date, lacks a part of one, or can be read as two.
    """
    read = _read(name, value)
    if not isinstance(read, datetime.datetime):
        return read.isoformat()
    if read.tzinfo is not None:
        read = read.astimezone(datetime.UTC).replace(tzinfo=None)
    return read.isoformat() + "Z"


def check_order(start: Day, end: Day) -> None:
    """Refuse a span that ends on a day before it begins.

    Raises:
        InvalidArgument: It does.
    """
    if as_date("end", end) < as_date("start", start):
        raise InvalidArgument(name="end", value=end, rule=f"must not be before start ({start})")


def _read(name: str, value: object) -> datetime.date | datetime.datetime:
    if isinstance(value, datetime.date):  # a datetime is one, too
        return value
    if isinstance(value, str):
        text = value.strip()
        for read in (datetime.date.fromisoformat, datetime.datetime.fromisoformat):
            try:
                return read(text)
            except ValueError:
                continue
        return _read_freely(name, text)
    raise InvalidArgument(name=name, value=value, rule="must be a date, a datetime or text")


def _read_freely(name: str, text: str) -> datetime.date | datetime.datetime:
    """Any spelling that python-dateutil knows, if it is a whole date and can mean one only."""
    from dateutil import parser  # noqa: PLC0415 - only for texts that are not ISO 8601

    # What the text leaves out is filled in from the default: two defaults show it.
    one = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - holds no time, fills gaps
    other = datetime.datetime(2004, 2, 2, 1, 1)  # noqa: DTZ001
    try:
        readings = {
            parser.parse(text, default=one, dayfirst=dayfirst) for dayfirst in (False, True)
        }
        second = parser.parse(text, default=other)
    except (ValueError, OverflowError) as error:
        raise InvalidArgument(
            name=name, value=text, rule="must be a date such as 2026-09-14"
        ) from error
    if len(readings) > 1:
        raise InvalidArgument(
            name=name, value=text, rule="must name its day and month so that they cannot be swapped"
        )
    (read,) = readings
    if read.date() != second.date():
        raise InvalidArgument(name=name, value=text, rule="must name a year, a month and a day")
    return read if read == second else read.date()
