"""Times as IonQ writes them and dates as people do; what could mean two things is refused."""

from __future__ import annotations

import datetime
from datetime import UTC, timedelta, timezone

import pytest

from ionq_direct._times import (
    as_date,
    as_wire_time,
    check_order,
    microseconds,
    milliseconds,
    moment_or_none,
)
from ionq_direct.errors import InvalidArgument

DAY = datetime.date(2026, 9, 14)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-09-14T10:02:11Z", datetime.datetime(2026, 9, 14, 10, 2, 11, tzinfo=UTC)),
        ("2026-09-14T10:02:11.482Z", datetime.datetime(2026, 9, 14, 10, 2, 11, 482000, UTC)),
        ("2026-09-14T12:02:11+02:00", datetime.datetime(2026, 9, 14, 10, 2, 11, tzinfo=UTC)),
        ("2026-09-14T10:02:11", datetime.datetime(2026, 9, 14, 10, 2, 11, tzinfo=UTC)),
        ("2026-09-14", datetime.datetime(2026, 9, 14, tzinfo=UTC)),
    ],
)
def test_ionqs_times_are_read_with_their_zone(text: str, moment: datetime.datetime) -> None:
    assert moment_or_none(text) == moment
    read = moment_or_none(text)
    assert read is not None
    assert read.tzinfo is not None


@pytest.mark.parametrize("value", [None, "", "soon", 1757844131, [], {}, "2026-13-40T00:00:00Z"])
def test_what_is_no_time_is_none(value: object) -> None:
    assert moment_or_none(value) is None


def test_spans_have_the_unit_of_the_wire() -> None:
    assert milliseconds(96250) == timedelta(seconds=96.25)
    assert milliseconds(0) == timedelta(0)
    assert microseconds(912345.5) == timedelta(microseconds=912345.5)


@pytest.mark.parametrize("value", [None, True, "5", float("nan"), float("inf"), 1e300, []])
def test_what_is_no_span_is_none(value: object) -> None:
    assert milliseconds(value) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (DAY, "2026-09-14"),
        ("2026-09-14", "2026-09-14"),
        (" 2026-09-14 ", "2026-09-14"),
        ("14 September 2026", "2026-09-14"),
        ("Sep 14, 2026", "2026-09-14"),
        ("2026/09/14", "2026-09-14"),
        ("20260914", "2026-09-14"),
        (datetime.datetime(2026, 9, 14, 10), "2026-09-14T10:00:00Z"),  # noqa: DTZ001 - as users do
        (datetime.datetime(2026, 9, 14, 10, tzinfo=UTC), "2026-09-14T10:00:00Z"),
        (
            datetime.datetime(2026, 9, 14, 10, tzinfo=timezone(timedelta(hours=2))),
            "2026-09-14T08:00:00Z",
        ),
        ("2026-09-14T10:00:00+02:00", "2026-09-14T08:00:00Z"),
        ("14 Sep 2026 10:00 UTC", "2026-09-14T10:00:00Z"),
    ],
)
def test_dates_of_people_are_read(value: object, text: str) -> None:
    assert as_wire_time("start", value) == text  # type: ignore[arg-type]  # that is the point


def test_a_date_is_the_day_of_a_moment() -> None:
    assert as_date("start", "14 Sep 2026 10:00") == DAY
    assert as_date("start", datetime.datetime(2026, 9, 14, 23, tzinfo=UTC)) == DAY
    assert as_date("start", DAY) == DAY


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("03/04/2026", "cannot be swapped"),
        ("7", "must name a year, a month and a day"),
        ("September 2026", "must name a year, a month and a day"),
        ("10:30", "must name a year, a month and a day"),
        ("2026", "must name a year, a month and a day"),
        ("last week", "must be a date such as"),
        ("", "must be a date such as"),
        (20260914, "must be a date, a datetime or text"),
        (None, "must be a date, a datetime or text"),
    ],
)
def test_what_is_no_whole_date_or_two_is_refused(value: object, rule: str) -> None:
    with pytest.raises(InvalidArgument, match=rule) as caught:
        as_wire_time("start", value)  # type: ignore[arg-type]  # that is the point
    assert caught.value.name == "start"


def test_a_span_does_not_end_before_it_begins() -> None:
    check_order("2026-09-14", DAY)
    with pytest.raises(InvalidArgument, match="end: must not be before start"):
        check_order("2026-09-15", DAY)
