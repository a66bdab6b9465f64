"""When to look again: growing waits, shortened looks towards a predicted end, what ends waiting."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionq_direct._polling import (
    Pace,
    PollPolicy,
    check_timeout,
    is_passing,
    jittered,
    predicted_seconds,
    retry_after,
)
from ionq_direct.errors import (
    APIError,
    BadRequest,
    ConfigurationError,
    ConnectionFailed,
    DecodeError,
    InvalidArgument,
    NotFound,
    RateLimited,
    RequestTimeout,
    ServerError,
    Unauthorized,
)

POLICY = PollPolicy(first=0.2, longest=15)


def looks(pace: Pace, until: float, job: dict[str, object]) -> list[float]:
    """The times of the looks at a job that stays as it is, from 0 on."""
    now, times = 0.0, [0.0]
    while now < until:
        now += pace.next(job, now)
        times.append(now)
    return times


def test_without_a_prediction_the_waits_grow_with_the_time_that_has_passed() -> None:
    times = looks(Pace(POLICY), 10, {"status": "ready"})
    waits = [later - earlier for earlier, later in pairwise(times)]
    assert waits[0] == 0.2
    assert all(later > earlier for earlier, later in pairwise(waits))
    # Found late by a third of the whole at most: a wait is first + passed / 2.
    assert all(wait <= 0.2 + 0.5 * at + 1e-9 for wait, at in zip(waits, times, strict=False))


def test_looks_that_another_job_brought_about_do_not_make_the_waits_longer() -> None:
    often, seldom = Pace(POLICY), Pace(POLICY)
    for step in range(50):
        often.next({}, step / 50)
    seldom.next({}, 0.0)
    assert often.next({}, 1.0) == seldom.next({}, 1.0)


def test_a_long_prediction_is_slept_through_up_to_the_longest_wait() -> None:
    job = {"status": "ready", "predicted_wait_time_ms": 3_600_000}
    assert Pace(POLICY).next(job, 0.0) == 15


def test_looks_draw_closer_as_the_predicted_end_does() -> None:
    job = {"status": "started", "predicted_execution_duration_ms": 16_000}
    times = looks(Pace(POLICY), 16, job)
    # Half of what is left each time, until the waits that grow on their own are longer.
    assert times[:3] == [0.0, 8.0, 12.2]
    assert len(times) < 8


def test_a_prediction_that_changes_counts_anew() -> None:
    pace = Pace(POLICY)
    assert pace.next({"status": "ready", "predicted_wait_time_ms": 4_000}, 0.0) == 2.0
    assert pace.next({"status": "ready", "predicted_wait_time_ms": 4_000}, 2.0) == 1.2
    assert pace.next({"status": "ready", "predicted_wait_time_ms": 20_000}, 3.0) == 10.0


@given(
    st.lists(
        st.tuples(
            st.floats(0, 1e4),
            st.dictionaries(
                st.sampled_from(
                    ["status", "predicted_wait_time_ms", "predicted_execution_duration_ms"]
                ),
                st.one_of(
                    st.none(), st.text(), st.booleans(), st.floats(), st.integers(), st.just([])
                ),
            ),
        ),
        max_size=20,
    )
)
def test_whatever_a_server_predicts_the_waits_stay_in_bounds(
    seen: list[tuple[float, dict[str, object]]],
) -> None:
    pace = Pace(POLICY)
    now = 0.0
    for passed, job in seen:
        wait = pace.next(job, now)
        assert POLICY.first <= wait <= POLICY.longest
        now += passed


@pytest.mark.parametrize(
    ("job", "seconds"),
    [
        ({}, None),
        ({"predicted_wait_time_ms": None, "predicted_execution_duration_ms": None}, None),
        ({"predicted_wait_time_ms": 1500}, 1.5),
        ({"predicted_wait_time_ms": 1500, "predicted_execution_duration_ms": 500}, 2.0),
        ({"predicted_wait_time_ms": -5, "predicted_execution_duration_ms": 500}, 0.5),
        ({"predicted_wait_time_ms": True}, None),
        ({"predicted_wait_time_ms": "12"}, None),
        ({"predicted_wait_time_ms": math.inf}, None),
        ({"status": "started", "predicted_wait_time_ms": 9000}, None),
        (
            {
                "status": "started",
                "predicted_wait_time_ms": 9000,
                "predicted_execution_duration_ms": 250,
            },
            0.25,
        ),
    ],
)
def test_predictions_are_read_with_care(job: dict[str, object], seconds: float | None) -> None:
    assert predicted_seconds(job) == seconds


@given(st.floats(0, 1e6), st.floats(0, 1))
def test_jitter_is_a_fifth_at_most(seconds: float, chance: float) -> None:
    assert 0.8 * seconds <= jittered(seconds, lambda: chance) <= 1.2 * seconds


@pytest.mark.parametrize(
    ("error", "passing"),
    [
        (ServerError("x", status=502), True),
        (RateLimited("x", status=429), True),
        (APIError("x", status=408), True),
        (APIError("x", status=425), True),
        (APIError("DNS at Cloudflare", status=409), True),
        (ConnectionFailed("x"), True),
        (RequestTimeout("x"), True),
        (TimeoutError(), True),
        (DecodeError("half a body", path="$"), True),
        (DecodeError("what strict mode objects to", path="$.status"), False),
        (BadRequest("x", status=400), False),
        (Unauthorized("x", status=401), False),
        (NotFound("x", status=404), False),
        (ConfigurationError("x"), False),
        (InvalidArgument(name="x", value=1, rule="y"), False),
        (RuntimeError("a bug"), False),
    ],
)
def test_only_what_says_nothing_of_the_job_is_waited_out(error: Exception, passing: bool) -> None:
    assert is_passing(error) is passing


@pytest.mark.parametrize("timeout", [math.nan, math.inf, -1, "5", None, True, -math.inf])
def test_waiting_ends(timeout: object) -> None:
    with pytest.raises(InvalidArgument, match="timeout: must be seconds") as caught:
        check_timeout(timeout)
    assert caught.value.value is timeout


def test_zero_seconds_are_one_look() -> None:
    assert check_timeout(0) == 0.0


@pytest.mark.parametrize(
    ("first", "longest"), [(0, 1), (2, 1), (1, math.inf), (math.nan, 1), (1, math.nan), (-1, 1)]
)
def test_a_policy_out_of_range_is_refused(first: float, longest: float) -> None:
    with pytest.raises(ConfigurationError, match=r"poll\.(first|longest)"):
        PollPolicy(first=first, longest=longest)


def test_what_the_server_asks_to_wait() -> None:
    assert retry_after(RateLimited("x", status=429, retry_after=7.0)) == 7.0
    assert retry_after(ServerError("x", status=500)) == 0.0
    assert retry_after(TimeoutError()) == 0.0
    assert retry_after(None) == 0.0
