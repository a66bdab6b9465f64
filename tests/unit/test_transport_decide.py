"""The retry decision, as a table: method and outcome, then what the limits make of it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionq_direct._retry import COST, RETRIED_STATUSES, TIMEOUT_COST, Failure, decide
from ionq_direct.options import RetryPolicy

POLICY = RetryPolicy(attempts=4, base=1.0, cap=8.0)
METHODS = ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "POST", "PATCH"]
REPEATED = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"}

# Written out from the issue, not from the code: 408/425/429/5xx/520-529, less what lasts.
TRANSIENT = [408, 425, 429, 500, 502, 503, 504, 507, *range(520, 531), 598, 599]
FINAL = [200, 201, 204, 301, 400, 401, 402, 403, 404, 410, 413, 422, 501, 505, 506, 508, 510, 511]


def retried(method, outcome, attempt=1, **more):
    return decide(method, outcome, attempt, policy=POLICY, rand=lambda: 0.5, **more).retry


@pytest.mark.parametrize("status", TRANSIENT)
@pytest.mark.parametrize("method", METHODS)
def test_a_transient_status_is_retried_for_what_may_be_repeated(method, status):
    assert retried(method, status) == (method in REPEATED)


@pytest.mark.parametrize("status", FINAL)
@pytest.mark.parametrize("method", METHODS)
def test_any_other_status_is_final(method, status):
    assert not retried(method, status)
    assert status not in RETRIED_STATUSES


@pytest.mark.parametrize("method", METHODS)
def test_409_is_retried_for_get_alone(method):
    assert retried(method, 409) == (method == "GET")


@pytest.mark.parametrize(
    ("failure", "methods"),
    [
        (Failure.NOT_SENT, set(METHODS)),  # nothing has left: harmless even for POST
        (Failure.LOST, REPEATED),
        (Failure.TIMED_OUT, REPEATED),
        (Failure.HOPELESS, set()),
    ],
)
@pytest.mark.parametrize("method", METHODS)
def test_a_failure_is_retried_where_it_does_no_harm(method, failure, methods):
    assert retried(method, failure) == (method in methods)


@pytest.mark.parametrize(
    ("method", "status", "expected"),
    [("POST", 429, True), ("POST", 503, False), ("POST", 425, False), ("POST", 409, False)],
)
def test_a_refused_post_is_resent_only_when_asked_and_only_after_429(method, status, expected):
    assert retried(method, status, resend_refused=True) == expected
    assert not retried(method, status)


def test_attempts_are_counted_with_the_first():
    assert [retried("GET", 503, attempt) for attempt in (1, 2, 3, 4, 5)] == [
        True,
        True,
        True,
        False,
        False,
    ]
    one = decide("GET", 503, 1, policy=RetryPolicy(attempts=1))
    assert (one.retry, one.delay) == (False, 0.0)
    assert "attempts" in one.reason


@pytest.mark.parametrize(
    ("attempt", "rand", "delay"),
    [(1, 0.0, 0.0), (1, 0.5, 0.5), (1, 0.999, 0.999), (2, 0.5, 1.0), (3, 0.5, 2.0)],
)
def test_the_wait_is_a_random_part_of_a_doubling_bound(attempt, rand, delay):
    decision = decide("GET", 503, attempt, policy=POLICY, rand=lambda: rand)
    assert decision.delay == pytest.approx(delay)


def test_the_bound_is_capped_and_never_overflows():
    patient = RetryPolicy(attempts=100_000, base=1.0, cap=8.0)
    for attempt in (4, 5, 64, 5000, 99_999):
        assert decide("GET", 503, attempt, policy=patient, rand=lambda: 0.5).delay == 4.0


@pytest.mark.parametrize(
    ("retry_after", "delay"),
    [
        (None, 0.5),
        (0.0, 0.5),
        (0.25, 0.5),  # shorter than the jitter's draw
        (7.0, 7.0),
        (300.0, 300.0),
        (301.0, 300.0),
        (1e12, 300.0),
        (math.inf, 0.5),
        (-math.inf, 0.5),
        (math.nan, 0.5),
        (-5.0, 0.5),
    ],
)
def test_the_server_can_ask_for_a_longer_wait_up_to_300_s(retry_after, delay):
    decision = decide("GET", 429, 1, policy=POLICY, retry_after=retry_after, rand=lambda: 0.5)
    assert (decision.retry, decision.delay) == (True, delay)


@pytest.mark.parametrize(
    ("remaining", "expected"),
    [(0.51, True), (0.5, False), (0.1, False), (0.0, False), (-3.0, False), (math.inf, True)],
)
def test_no_wait_reaches_the_deadline(remaining, expected):
    assert retried("GET", 503, remaining=remaining) == expected


def test_a_retry_after_beyond_the_deadline_is_not_waited_for():
    decision = decide("GET", 429, 1, policy=POLICY, retry_after=60, remaining=59)
    assert not decision.retry
    assert "deadline" in decision.reason


def test_a_timeout_costs_more_of_the_budget():
    assert decide("GET", 503, 1, policy=POLICY).cost == COST == 5
    assert decide("GET", Failure.LOST, 1, policy=POLICY).cost == 5
    assert decide("GET", Failure.TIMED_OUT, 1, policy=POLICY).cost == TIMEOUT_COST == 10
    assert decide("GET", 404, 1, policy=POLICY).cost == 0


@pytest.mark.parametrize(
    ("method", "outcome", "words"),
    [
        ("POST", 503, ["503", "POST", "not repeated"]),
        ("GET", 404, ["404", "final"]),
        ("POST", Failure.LOST, ["connection broke", "POST"]),
        ("GET", Failure.HOPELESS, ["same would happen"]),
        ("GET", 503, ["503"]),
    ],
)
def test_the_reason_tells_why(method, outcome, words):
    reason = decide(method, outcome, 1, policy=POLICY).reason
    assert all(word in reason for word in words)


@given(
    method=st.sampled_from(METHODS),
    outcome=st.one_of(st.integers(100, 599), st.sampled_from(Failure)),
    attempt=st.integers(1, 200),
    retry_after=st.none() | st.floats(),
    remaining=st.floats(allow_nan=False),
    rand=st.floats(0, 1, exclude_max=True),
)
def test_every_decision_keeps_the_promises(
    *, method, outcome, attempt, retry_after, remaining, rand
):
    decision = decide(
        method,
        outcome,
        attempt,
        policy=POLICY,
        retry_after=retry_after,
        remaining=remaining,
        rand=lambda: rand,
    )
    assert 0 <= decision.delay <= 300
    if decision.retry:
        assert decision.delay < remaining
        assert attempt < POLICY.attempts
        assert decision.cost > 0
        assert method in REPEATED or outcome is Failure.NOT_SENT
    else:
        assert (decision.delay, decision.cost) == (0, 0)
