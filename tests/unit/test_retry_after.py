"""Retry-After: seconds or a date, never longer than five minutes, gibberish ignored."""

from __future__ import annotations

import time
from email.utils import formatdate

import pytest

from ionq_direct._retry_after import parse_retry_after, retry_after_from

NOON = 784_111_777.0  # Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("5", 5.0),
        (" 2.5 ", 2.5),
        ("0", 0.0),
        ("-3", 0.0),
        ("301", 300.0),
        ("9" * 60, 300.0),
        ("", None),
        (None, None),
        ("inf", None),
        ("nan", None),
        ("1e3", None),
        ("1_0", None),
        ("soon", None),
        ("9" * 65, None),
        ("Sun, 99 Nov 1994 08:49:37 GMT", None),
    ],
)
def test_seconds(value: str | None, seconds: float | None) -> None:
    assert parse_retry_after(value) == seconds


@pytest.mark.parametrize(
    "date",
    [
        "Sun, 06 Nov 1994 08:50:37 GMT",
        "Sunday, 06-Nov-94 08:50:37 GMT",
        "Sun Nov  6 08:50:37 1994",
        "Sun, 06 Nov 1994 08:50:37 -0000",
    ],
)
def test_every_spelling_of_a_date(date: str) -> None:
    assert parse_retry_after(date, now=NOON) == 60.0


def test_a_date_in_the_past_means_now_and_a_far_one_is_clamped() -> None:
    assert parse_retry_after("Sun, 06 Nov 1994 08:50:37 GMT") == 0.0
    assert parse_retry_after("Sun, 06 Nov 1994 08:50:37 GMT", now=0) == 300.0


def test_a_date_counts_from_the_servers_clock_when_it_tells_it() -> None:
    headers = {
        "retry-after": "Sun, 06 Nov 1994 08:50:07 GMT",
        "date": "Sun, 06 Nov 1994 08:49:37 GMT",
    }
    assert retry_after_from(headers) == 30.0


def test_a_date_counts_from_the_local_clock_otherwise() -> None:
    waited = retry_after_from({"retry-after": formatdate(time.time() + 60, usegmt=True)})
    assert waited == pytest.approx(60, abs=2)


def test_no_header_no_wait() -> None:
    assert retry_after_from({}) is None
